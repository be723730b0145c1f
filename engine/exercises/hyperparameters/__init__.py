"""What is written beside the experiment of the hyperparameter search."""
