"""Derivations of the experiment ``activations`` (activation functions)."""
