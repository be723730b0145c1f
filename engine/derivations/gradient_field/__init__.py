"""Derivations of the experiment ``gradient_field`` (the gradient)."""
