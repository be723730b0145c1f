"""The guide panel: its tries (runs to apply with one click, often with a question), their answers and reasons."""
