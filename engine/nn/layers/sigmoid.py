"""Sigmoid as a layer: it keeps its output, which is all that its derivative needs."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import sigmoid


class Sigmoid:
    """z = 1/(1 + exp(−a)), elementwise on any shape; it has no parameters."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._z: np.ndarray

    def forward(self, x: np.ndarray) -> np.ndarray:
        """The same shape, from 0 to 1."""
        self._z = sigmoid(x)
        return self._z

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The same shape, in a new array."""
        # ∂z/∂a = z·(1 − z)
        return dout * self._z * (1.0 - self._z)
