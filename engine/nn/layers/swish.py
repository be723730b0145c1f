"""Swish as a layer: it keeps the slopes, since its output does not tell from which sum it came."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import sigmoid


class Swish:
    """z = a·sigmoid(a), elementwise on any shape; it has no parameters."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._slopes: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """The same shape."""
        s = sigmoid(x)
        z = x * s
        # With s = sigmoid(a) it is s + a·s·(1 − s), and a·s is z.
        self._slopes = s + z * (1.0 - s)
        return z

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The same shape, in a new array."""
        # ∂z/∂a = s + a·s·(1 − s)
        return dout * self._slopes
