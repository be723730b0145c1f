"""Derivations of the experiment ``optimizers``."""
