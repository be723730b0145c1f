"""What is derived beside the experiment of activation functions."""
