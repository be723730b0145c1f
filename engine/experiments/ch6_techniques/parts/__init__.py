"""What belongs to an experiment of chapter 6 and has a file of its own; not experiments themselves."""
