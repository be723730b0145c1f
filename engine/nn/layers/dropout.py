"""Dropout: while a network learns, each of its activations is left out with a fixed chance."""

from __future__ import annotations

import numpy as np


class Dropout:
    """z = x·mask while training, z = x·(1 − ratio) afterwards; elementwise on any shape, without parameters.

    ``ratio`` is the share that is left out, from 0 up to but not including 1; ``random`` draws the mask. The factor
    1 − ratio is the share that was let through in training, so that sums keep their mean. After Srivastava et al.,
    "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
    """

    tells_training = True

    def __init__(self, ratio: float, random: np.random.Generator) -> None:
        if not 0.0 <= ratio < 1.0:
            raise ValueError(f"ratio {ratio}: must be at least 0 and below 1")
        self.params: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}
        self.ratio = ratio
        self.mask: np.ndarray | None = None  # True where an activation was let through; None after a test
        self.random = random

    def forward(self, x: np.ndarray, training: bool = True) -> np.ndarray:
        """The same shape; while training, every call draws a new mask."""
        if not training:
            self.mask = None
            return x * (1.0 - self.ratio)
        self.mask = self.random.random(x.shape) >= self.ratio
        return x * self.mask

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The same shape, in a new array: the gradient passes where the activation passed."""
        # ∂z/∂x = mask, the one that the forward pass drew
        return dout * ((1.0 - self.ratio) if self.mask is None else self.mask)
