"""Programming exercises of the experiment ``initialization`` (initial weights)."""
