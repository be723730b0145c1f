"""Programming exercises of the experiment ``forward`` (the forward pass)."""
