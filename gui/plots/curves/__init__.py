"""Plots of curves over one axis, with their marks."""
