"""Multiplication as a layer: on the way back each input gets the upstream gradient times the other input."""

from __future__ import annotations

import numpy as np


class Multiply:
    """z = x·y, elementwise on two arrays of one shape; it has no parameters."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._x: np.ndarray
        self._y: np.ndarray

    def forward(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """The same shape; both inputs are kept, because each is the other's derivative."""
        self._x, self._y = x, y
        return x * y

    def backward(self, dout: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The gradients of x and of y, in the same shape and in new arrays."""
        # ∂z/∂x = y and ∂z/∂y = x: the inputs change places
        return dout * self._y, dout * self._x
