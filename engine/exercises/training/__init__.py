"""Programming exercises of the experiment ``training``."""
