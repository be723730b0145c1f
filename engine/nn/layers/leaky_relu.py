"""Leaky ReLU as a layer: what is below 0 passes too, but only a small share of it, forward and back."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import leaky_relu


class LeakyReLU:
    """z = a where a > 0, otherwise ``leak``·a, elementwise on any shape; it has no parameters."""

    def __init__(self, leak: float = 0.01) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.leak = leak
        self._slopes: np.ndarray

    def forward(self, x: np.ndarray) -> np.ndarray:
        """The same shape."""
        self._slopes = np.where(x > 0, x.dtype.type(1.0), x.dtype.type(self.leak))
        return leaky_relu(x, self.leak)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The same shape, in a new array."""
        # ∂z/∂a = 1 where a > 0, otherwise the leak
        return dout * self._slopes
