"""Nesterov's momentum: as Momentum, but with the gradient of the place to which the velocity is about to lead."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.nn.optimizers.state import remembered


class Nesterov:
    """v ← μ·v − η·∂L/∂W, W ← W + μ·v − η·∂L/∂W; η is ``learning_rate``, μ is ``momentum``, ``velocity`` is v by names.

    W is the place to which the velocity leads, not the ball's own: written so, the gradient is taken where the
    parameters stand (Bengio, Boulanger-Lewandowski and Pascanu, arXiv:1212.0901, equation 7). PyTorch keeps v without
    the learning rate, as in its Momentum, and walks W ← W − η·(∂L/∂W + μ·v)
    (pytorch.org/docs/stable/generated/torch.optim.SGD.html); the same as long as the rate stays.
    """

    def __init__(self, learning_rate: float = 0.01, momentum: float = 0.9) -> None:
        self.learning_rate, self.momentum = learning_rate, momentum
        self.velocity: dict[str, np.ndarray] = {}

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            v, step = remembered(self.velocity, name, values), self.learning_rate * grads[name]
            v *= self.momentum
            v -= step
            values += self.momentum * v
            values -= step
