"""Surfaces of functions of two variables, as maps or as reliefs (three-dimensional views), and paths on them."""
