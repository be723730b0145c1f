"""Programming exercises of the experiment ``layers``."""
