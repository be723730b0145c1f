"""RMSProp: AdaGrad that forgets, so that its steps do not shrink for ever."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.nn.optimizers.state import EPSILON, remembered


class RMSProp:
    """h ← ρ·h + (1 − ρ)·(∂L/∂W)², W ← W − η·∂L/∂W / (√h + ε); ρ is ``decay``, ``squares`` is h by names, ε is 1e-7.

    h begins at 0 and is not corrected for it, so the first step is η/√(1 − ρ) long, ten times η with ρ = .99. PyTorch
    calls ρ alpha, .99 as well, and adds ε = 1e-8 after the root
    (pytorch.org/docs/stable/generated/torch.optim.RMSprop.html); TensorFlow adds it under the root.
    """

    def __init__(self, learning_rate: float = 0.01, decay: float = 0.99) -> None:
        self.learning_rate, self.decay = learning_rate, decay
        self.squares: dict[str, np.ndarray] = {}

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            h, grad = remembered(self.squares, name, values), grads[name]
            h *= self.decay
            h += (1.0 - self.decay) * (grad * grad)
            values -= self.learning_rate * grad / (np.sqrt(h) + EPSILON)
