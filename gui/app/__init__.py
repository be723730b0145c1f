"""What runs once for the whole program: its start, faults, settings and the files that keep them, and the end."""
