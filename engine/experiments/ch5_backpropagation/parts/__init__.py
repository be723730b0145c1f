"""What belongs to an experiment of chapter 5 and has a file of its own; not experiments themselves."""
