"""Programming exercises of the experiment ``gradient_field`` (the gradient)."""
