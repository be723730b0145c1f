"""Hyperbolic tangent as a layer: it keeps its output, which is all that its derivative needs."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import tanh


class Tanh:
    """z = tanh(a), elementwise on any shape; it has no parameters."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._z: np.ndarray

    def forward(self, x: np.ndarray) -> np.ndarray:
        """The same shape, from −1 to 1."""
        self._z = tanh(x)
        return self._z

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The same shape, in a new array."""
        # ∂z/∂a = 1 − z²
        return dout * (1.0 - self._z * self._z)
