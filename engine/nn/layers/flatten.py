"""Flatten: pictures as rows of numbers, as a fully connected layer takes them."""

from __future__ import annotations

import numpy as np


class Flatten:
    """(N, C, H, W) -> (N, C·H·W), and back; it has no parameters and computes nothing."""

    def __init__(self) -> None:
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self._shape: tuple[int, ...] = ()

    def forward(self, x: np.ndarray) -> np.ndarray:
        """(N, …) -> (N, numbers of a sample)."""
        self._shape = x.shape
        return x.reshape(len(x), -1)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The gradient in the input's own shape."""
        return dout.reshape(self._shape)
