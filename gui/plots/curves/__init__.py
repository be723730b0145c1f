"""Curves over one axis, with what is marked on them."""
