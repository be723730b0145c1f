"""What is derived beside the experiment of optimizers."""
