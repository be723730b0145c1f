"""Surfaces of two variables seen from above, and paths over them."""
