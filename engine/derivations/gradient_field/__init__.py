"""What is derived beside the experiment of the gradient's direction."""
