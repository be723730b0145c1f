"""What is derived beside the experiment of batch normalization."""
