"""Axes: how their numbers are written, how they look, and how they stand still."""
