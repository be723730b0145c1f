"""Programming exercises of the experiment ``pooling``."""
