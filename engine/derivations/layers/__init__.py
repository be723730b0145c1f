"""What is derived beside the experiment of layers, forward and back."""
