"""The loss of a network on one batch as a function of its parameters, which a numerical gradient moves in place."""

from __future__ import annotations

import numpy as np

from engine.nn.layers import ReLU
from engine.nn.network import Network


class RecordedLoss:
    """Called with anything, it is the loss for the parameters as they are just then.

    ``values`` keeps every value that it took, ``patterns`` which units of ReLU were open then: two that differ have a
    corner between them.
    """

    def __init__(self, network: Network, x: np.ndarray, t: np.ndarray) -> None:
        self.network, self._batch = network, (x, t)
        self._corners = [layer for layer in network.layers if isinstance(layer, ReLU)]
        self.values: list[float] = []
        self.patterns: list[bytes] = []

    def gradients(self) -> dict[str, np.ndarray]:
        """Its gradients by backpropagation, by the names of the network's parameters."""
        return self.network.gradients(*self._batch)[1]

    def __call__(self, _: object = None) -> float:
        self.values.append(self.network.loss(*self._batch, training=True))
        self.patterns.append(b"".join(layer.open.tobytes() for layer in self._corners))
        return self.values[-1]
