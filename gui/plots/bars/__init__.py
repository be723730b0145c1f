"""Bars: scores, probabilities, counts."""
