"""Programming exercises of the experiment ``descent`` (gradient descent)."""
