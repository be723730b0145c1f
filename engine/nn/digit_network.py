"""The network 784-50-100-10 that classifies handwritten digits: two sigmoid layers, then softmax."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.nn.activations import sigmoid
from engine.nn.forward import forward
from engine.nn.initializers import gaussian, xavier, zeros
from engine.nn.losses import softmax

SIZES = (784, 50, 100, 10)
SEED = 7
"""The seed for the initial weights from which the shipped weights were trained."""


@dataclass(frozen=True, eq=False)
class DigitNetwork:
    """A network of three layers with weights (784, 50), (50, 100), (100, 10) and biases (50,), (100,), (10,)."""

    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray
    W3: np.ndarray
    b3: np.ndarray

    def forward(self, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The activations of all layers for ``x`` (N, 784): (N, 50), (N, 100) and the probabilities (N, 10)."""
        layers = (self.W1, self.b1), (self.W2, self.b2), (self.W3, self.b3)
        (_, z1), (_, z2), (_, y) = forward(x, layers, hidden=sigmoid, output=softmax)
        return z1, z2, y

    def answers(self, x: np.ndarray) -> np.ndarray:
        """The most probable digit for every row of ``x`` (N, 784), as an integer array (N,)."""
        return np.argmax(self.forward(x)[2], axis=1)


def initial_network() -> DigitNetwork:
    """The untrained network: random weights with Xavier's standard deviation, and biases of 0."""
    random = np.random.Generator(np.random.PCG64(SEED))
    layers: list[np.ndarray] = []
    for inputs, neurons in pairwise(SIZES):
        layers += [gaussian((inputs, neurons), xavier(inputs), random), zeros((neurons,))]
    return DigitNetwork(*layers)
