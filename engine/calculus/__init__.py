"""Calculus and geometry behind the experiments: typed functions, differences and gradients, separation by a line."""

from engine.calculus.expressions import Expression, ExpressionRefused
from engine.calculus.numerical_gradient import central_difference, forward_difference, numerical_gradient
from engine.calculus.separation import Separation, mending_flip, nearest_to_origin, separation, turning

__all__ = [
    "Expression",
    "ExpressionRefused",
    "Separation",
    "central_difference",
    "forward_difference",
    "mending_flip",
    "nearest_to_origin",
    "numerical_gradient",
    "separation",
    "turning",
]
