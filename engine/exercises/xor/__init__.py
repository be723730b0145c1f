"""Programming exercises of the experiment ``xor``."""
