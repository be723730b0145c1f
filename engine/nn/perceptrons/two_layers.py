"""Two layers of perceptrons: two hidden neurons that both see the input, and one that sees only their answers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.nn.perceptrons.perceptron import weighted_sum

Neuron = tuple[float, float, float]
"""The weights and the bias (w1, w2, b) of a neuron with two inputs."""
Activation = Callable[[np.ndarray], np.ndarray]


def neuron_sum(x: np.ndarray, neuron: Neuron) -> np.ndarray:
    """a = w1·x1 + w2·x2 + b for every row of ``x``: (N, 2) -> (N,)."""
    w1, w2, b = neuron
    return weighted_sum(x, np.array([w1, w2]), b)


def two_layers(
    x: np.ndarray, first: Neuron, second: Neuron, last: Neuron, activate: Activation
) -> tuple[np.ndarray, np.ndarray]:
    """The hidden points s = (s1, s2) and the outputs y for every row of ``x``: (N, 2) -> (N, 2), (N,)."""
    s1 = activate(neuron_sum(x, first))
    s2 = activate(neuron_sum(x, second))
    s = np.column_stack([s1, s2])
    y = activate(neuron_sum(s, last))
    return s, y


def outputs_over(
    square: tuple[float, float, float, float],
    cells: int,
    first: Neuron,
    second: Neuron,
    last: Neuron,
    activate: Activation,
) -> np.ndarray:
    """y in the middles of ``cells`` × ``cells`` equal cells of a square (left, bottom, width, height), rows upwards."""
    left, bottom, width, height = square
    middles = (np.arange(cells) + 0.5) / cells
    x1, x2 = np.meshgrid(left + width * middles, bottom + height * middles)
    _, y = two_layers(np.column_stack([x1.ravel(), x2.ravel()]), first, second, last, activate)
    return y.reshape(cells, cells)
