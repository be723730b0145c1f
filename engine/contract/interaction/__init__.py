"""What the hand does on a stage, and what is said of it."""
