"""What is written beside the experiment of batch normalization."""
