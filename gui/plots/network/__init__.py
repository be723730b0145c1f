"""Drawings of networks, computational graphs and matrix products."""
