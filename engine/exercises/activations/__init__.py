"""Programming exercises of the experiment ``activations`` (activation functions)."""
