"""What is written beside the experiment of pooling."""
