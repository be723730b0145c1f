"""AdaGrad: every parameter has a rate of its own, which shrinks the more it has been moved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.nn.optimizers.state import EPSILON, remembered


class AdaGrad:
    """h ← h + (∂L/∂W)², W ← W − η·∂L/∂W / (√h + ε); η is ``learning_rate``, ``squares`` is h by names, ε is 1e-7.

    h only grows, so the steps shrink towards 0. PyTorch divides by √h + ε too, with ε = 1e-10
    (pytorch.org/docs/stable/generated/torch.optim.Adagrad.html).
    """

    def __init__(self, learning_rate: float = 0.01) -> None:
        self.learning_rate = learning_rate
        self.squares: dict[str, np.ndarray] = {}

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            h, grad = remembered(self.squares, name, values), grads[name]
            h += grad * grad
            values -= self.learning_rate * grad / (np.sqrt(h) + EPSILON)
