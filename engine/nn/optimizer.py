"""What all optimizers have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np


class Optimizer(Protocol):
    """Moves parameters by their gradients; the ``settings`` beside the learning rate are those of its own rule."""

    learning_rate: float

    def __init__(self, learning_rate: float = 0.01, **settings: float) -> None: ...

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of ``params`` in place by the gradient of the same name."""
