"""Calculus and geometry behind the experiments: separation of two classes by a line."""

from engine.calculus.separation import Separation, nearest_to_origin, separation

__all__ = ["Separation", "nearest_to_origin", "separation"]
