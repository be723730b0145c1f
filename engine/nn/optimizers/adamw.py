"""AdamW: Adam, with a weight decay that no gradient knows of, so that it is not divided by the root of squares."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.nn.optimizers.adam import Adam


class AdamW(Adam):
    """W ← (1 − η·λ)·W, then as Adam; λ is ``weight_decay``.

    A decay that is added to the gradients, λ·W, goes through m and v: divided by √v, it hardly decays what has large
    gradients. Here all of W shrinks by the same share (Loshchilov and Hutter, arXiv:1711.05101, algorithm 2). There a
    schedule multiplies λ and the rate does not; as in PyTorch the rate multiplies it here
    (pytorch.org/docs/stable/generated/torch.optim.AdamW.html), which begins with λ = 0.01 too. ε is Adam's.
    """

    def __init__(
        self, learning_rate: float = 0.001, beta1: float = 0.9, beta2: float = 0.999, weight_decay: float = 0.01
    ) -> None:
        super().__init__(learning_rate, beta1, beta2)
        self.weight_decay = weight_decay

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place by the gradient of the same name."""
        for values in params.values():
            values -= self.learning_rate * self.weight_decay * values
        super().update(params, grads)
