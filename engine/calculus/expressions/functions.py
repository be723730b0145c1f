"""The functions that a typed expression may call, each with the derivative that the chain rule needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.nn.activations import relu, relu_slope, sigmoid, sigmoid_slope, step, step_slope, tanh, tanh_slope

Function = Callable[..., Any]
"""An elementwise function: an array gives an array of the same shape, a number gives a number."""


@dataclass(frozen=True)
class OneArgument:
    """A function of one argument and its derivative, both elementwise on arrays."""

    value: Function
    slope: Function


FUNCTIONS = {
    "sin": OneArgument(np.sin, np.cos),
    "cos": OneArgument(np.cos, lambda u: -np.sin(u)),
    "tan": OneArgument(np.tan, lambda u: 1 / np.cos(u) ** 2),
    "exp": OneArgument(np.exp, np.exp),
    "log": OneArgument(np.log, lambda u: np.where(u > 0, 1 / u, np.nan)),
    "ln": OneArgument(np.log, lambda u: np.where(u > 0, 1 / u, np.nan)),
    "sqrt": OneArgument(np.sqrt, lambda u: 0.5 / np.sqrt(u)),
    # At their corners abs and relu have no slope; 0 is returned: the mean of both sides for abs, the lower for relu.
    "abs": OneArgument(np.abs, np.sign),
    "tanh": OneArgument(tanh, tanh_slope),
    "sigmoid": OneArgument(sigmoid, sigmoid_slope),
    "relu": OneArgument(relu, relu_slope),
}


OF_WORKINGS = {"step": OneArgument(step, step_slope), "sign": OneArgument(np.sign, step_slope)}
"""Further functions for worked calculations; people cannot type them, since their slope is 0 everywhere."""


@dataclass(frozen=True)
class Choosing:
    """A function that returns one of its arguments, such as max; ``first(u, v)`` tells whether that is u."""

    value: np.ufunc
    first: np.ufunc


CHOOSING = {"min": Choosing(np.minimum, np.less_equal), "max": Choosing(np.maximum, np.greater_equal)}
CONSTANTS = {"pi": np.pi, "e": np.e}
