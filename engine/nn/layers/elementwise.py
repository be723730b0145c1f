"""Layers of activation functions that need nothing but the function and its slope."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


class Elementwise:
    """z = function(a), elementwise on any shape; it has no parameters.

    It keeps the slopes: an output need not tell from which sum it came.
    """

    function: Callable[[np.ndarray], np.ndarray]
    slope: Callable[[np.ndarray], np.ndarray]

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._slopes: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """The same shape."""
        self._slopes = self.slope(x)
        return self.function(x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The same shape, in a new array."""
        # ∂z/∂a is the slope of the function at a
        return dout * self._slopes


def layer_of(
    name: str, function: Callable[[np.ndarray], np.ndarray], slope: Callable[[np.ndarray], np.ndarray]
) -> type[Elementwise]:
    """The class ``name`` of the layers of a function."""
    return type(name, (Elementwise,), {"function": staticmethod(function), "slope": staticmethod(slope)})
