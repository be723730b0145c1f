"""Programming exercises of the experiment ``hyperparameters`` (hyperparameter search)."""
