"""Derivations of the experiment ``batch_norm`` (batch normalization)."""
