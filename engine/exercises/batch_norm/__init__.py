"""Programming exercises of the experiment ``batch_norm`` (batch normalization)."""
