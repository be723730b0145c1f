"""Lion: each parameter moves by the same length, and only the sign of a mean of gradients says which way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.nn.optimizers.state import remembered


class Lion:
    """c = β1·m + (1 − β1)·∂L/∂W, m ← β2·m + (1 − β2)·∂L/∂W, W ← W − η·sign(c); where c is 0 nothing moves.

    Two means of the same memory: c, in which the newest gradient counts more, says which way, and m, which forgets more
    slowly, is what is remembered. So it needs half of Adam's memory, and since a step is η in every direction its η is
    usually three to ten times smaller. After Chen et al., "Symbolic Discovery of Optimization Algorithms"
    (arXiv:2302.06675, algorithm 2), who found it by a search over programs; its weight decay, which is AdamW's, is left
    out, as with λ = 0.

    ``means`` is m, by names.
    """

    def __init__(self, learning_rate: float = 0.0001, beta1: float = 0.9, beta2: float = 0.99) -> None:
        self.learning_rate, self.beta1, self.beta2 = learning_rate, beta1, beta2
        self.means: dict[str, np.ndarray] = {}

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place by the gradient of the same name."""
        for name, values in params.items():
            m, grad = remembered(self.means, name, values), grads[name]
            mixed = m + (1.0 - self.beta1) * (grad - m)
            m += (1.0 - self.beta2) * (grad - m)
            values -= self.learning_rate * np.sign(mixed)
