"""Programming exercises of the experiment ``losses`` (loss functions)."""
