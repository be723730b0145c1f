"""What is written beside the race of the optimizers."""
