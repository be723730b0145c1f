"""Calculus and geometry behind the experiments: separation of two classes by a line."""

from engine.calculus.separation import Separation, mending_flip, nearest_to_origin, separation, turning

__all__ = ["Separation", "mending_flip", "nearest_to_origin", "separation", "turning"]
