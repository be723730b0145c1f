"""Programming exercises of the experiment ``optimizers``."""
