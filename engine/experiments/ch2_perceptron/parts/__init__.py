"""What belongs to an experiment of chapter 2 and has a file of its own; not experiments themselves."""
