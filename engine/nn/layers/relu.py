"""ReLU as a layer: it lets positive sums through, and on the way back only their gradients."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import relu


class ReLU:
    """z = max(0, a), elementwise on any shape; it has no parameters."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.open: np.ndarray  # True where a sum was let through

    def forward(self, x: np.ndarray) -> np.ndarray:
        """The same shape; zero and what is below become 0."""
        self.open = x > 0
        return relu(x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The same shape, in a new array: the caller's stays as it is."""
        # ∂z/∂a = 1 where a > 0, otherwise 0
        return dout * self.open
