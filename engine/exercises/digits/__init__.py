"""Programming exercises of the experiment ``digits`` (handwritten digits)."""
