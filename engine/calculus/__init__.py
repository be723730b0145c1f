"""Calculus and geometry for the experiments: parsing of typed functions, numerical derivatives and gradients,
computational graphs, separation of classes by a line.
"""

from engine.calculus.expressions import Expression, ExpressionRefused
from engine.calculus.gradient_check import (
    compared,
    errors_over_steps,
    gradient_check,
    numerical_gradients,
    relative_error,
)
from engine.calculus.numerical_gradient import central_difference, forward_difference, numerical_gradient
from engine.calculus.separation import Separation, mending_flip, nearest_to_origin, separation, turning

__all__ = [
    "Expression",
    "ExpressionRefused",
    "Separation",
    "central_difference",
    "compared",
    "errors_over_steps",
    "forward_difference",
    "gradient_check",
    "mending_flip",
    "nearest_to_origin",
    "numerical_gradient",
    "numerical_gradients",
    "relative_error",
    "separation",
    "turning",
]
