"""What is written beside the experiment of gradient descent."""
