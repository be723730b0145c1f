"""What is written beside the experiment of initial weights."""
