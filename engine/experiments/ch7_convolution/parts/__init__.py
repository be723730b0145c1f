"""What belongs to an experiment of chapter 7 and has a file of its own; not experiments themselves."""
