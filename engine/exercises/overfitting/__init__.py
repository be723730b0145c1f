"""Programming exercises of the experiment ``overfitting``."""
