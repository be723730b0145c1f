"""Adam: momentum, and a rate of its own for every parameter; both are means that forget, corrected for their start."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.nn.optimizers.state import EPSILON, remembered


class Adam:
    """m ← β1·m + (1 − β1)·∂L/∂W, v ← β2·v + (1 − β2)·(∂L/∂W)², W ← W − η_t·m / (√v + ε), ε = 1e-7.

    η_t = η·√(1 − β2^t) / (1 − β1^t) at the t-th update corrects both means for their start at 0, in one factor, as the
    book has it and the paper in its section 2 (Kingma and Ba, arXiv:1412.6980). PyTorch corrects m and v themselves
    and adds ε = 1e-8 to the corrected root (pytorch.org/docs/stable/generated/torch.optim.Adam.html): so its ε counts
    √(1 − β2^t) times as much, which tells only where gradients are about as small as ε.

    ``means`` is m and ``squares`` is v, by names; ``updates`` is t.
    """

    def __init__(self, learning_rate: float = 0.001, beta1: float = 0.9, beta2: float = 0.999) -> None:
        self.learning_rate, self.beta1, self.beta2 = learning_rate, beta1, beta2
        self.means: dict[str, np.ndarray] = {}
        self.squares: dict[str, np.ndarray] = {}
        self.updates = 0

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place by the gradient of the same name."""
        self.updates += 1
        corrected = math.sqrt(1.0 - self.beta2**self.updates) / (1.0 - self.beta1**self.updates)
        for name, values in params.items():
            m, v, grad = remembered(self.means, name, values), remembered(self.squares, name, values), grads[name]
            m += (1.0 - self.beta1) * (grad - m)
            v += (1.0 - self.beta2) * (grad * grad - v)
            values -= self.learning_rate * corrected * m / (np.sqrt(v) + EPSILON)
