"""The guide panel: its tries, their answers and reasons."""
