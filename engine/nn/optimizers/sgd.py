"""Stochastic gradient descent: a step against the gradient, as long as the learning rate says."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


class SGD:
    """W ← W − η·∂L/∂W for every parameter; η is ``learning_rate``, which may be changed between two updates."""

    def __init__(self, learning_rate: float = 0.01) -> None:
        self.learning_rate = learning_rate

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            values -= self.learning_rate * grads[name]
