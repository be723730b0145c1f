"""What the program has once: its start and end, the handling of faults, and the settings with their file."""
