"""Frames as tables."""
