"""Derivations of the experiment ``layers``, forward and backward."""
