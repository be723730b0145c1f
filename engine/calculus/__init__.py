"""Calculus and geometry behind the experiments: differences and gradients, separation of two classes by a line."""

from engine.calculus.numerical_gradient import central_difference, forward_difference, numerical_gradient
from engine.calculus.separation import Separation, mending_flip, nearest_to_origin, separation, turning

__all__ = [
    "Separation",
    "central_difference",
    "forward_difference",
    "mending_flip",
    "nearest_to_origin",
    "numerical_gradient",
    "separation",
    "turning",
]
