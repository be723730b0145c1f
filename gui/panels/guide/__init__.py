"""The guide beside a stage: its tries, their answers and reasons."""
