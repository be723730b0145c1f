"""Momentum: the parameters roll like a ball, each gradient changes their velocity."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.nn.optimizers.state import remembered


class Momentum:
    """v ← μ·v − η·∂L/∂W, W ← W + v; η is ``learning_rate``, μ is ``momentum``, and ``velocity`` is v by names.

    As in the book, v holds the learning rate: a rate that changes works on the steps to come only. PyTorch's SGD keeps
    v ← μ·v + ∂L/∂W and walks W ← W − η·v, which is the same as long as the rate stays
    (pytorch.org/docs/stable/generated/torch.optim.SGD.html).
    """

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9) -> None:
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity: dict[str, np.ndarray] = {}

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            v = remembered(self.velocity, name, values)
            v *= self.momentum
            v -= self.learning_rate * grads[name]
            values += v
