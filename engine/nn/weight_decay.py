"""Weight decay: large weights cost something too, so that every update makes all of them a little smaller."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def penalty(params: Mapping[str, np.ndarray], decay: float) -> float:
    """½·λ·ΣW² over all weights, what is added to the loss; λ is ``decay``. Biases, γ and β cost nothing."""
    return 0.5 * decay * sum(float(np.sum(np.square(W))) for name, W in params.items() if name.startswith("W"))


def add_decay(grads: Mapping[str, np.ndarray], params: Mapping[str, np.ndarray], decay: float) -> None:
    """Add the penalty's derivative, ∂(½·λ·W²)/∂W = λ·W, to the gradient of every weight, in place."""
    for name, W in params.items():
        if name.startswith("W"):
            grads[name] += decay * W
