"""Surfaces over two variables, as maps or reliefs, and paths on them."""
