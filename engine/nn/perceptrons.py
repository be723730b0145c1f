"""Perceptrons: a single one, its learning rule, two layers of them, and the best straight line between two classes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.nn.activations import step


def weighted_sum(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """a = x·w + b for every row of ``x``: (N, 2), (2,) -> (N,)."""
    return x @ w + b


def perceptron(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """y = step(x·w + b), 0 or 1 for every row of ``x``: (N, 2), (2,) -> (N,)."""
    a = weighted_sum(x, w, b)
    return step(a)


def distance_from_line(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """The signed distance of each row of ``x`` from the line x·w + b = 0, positive where the output is 1: (N, 2) ->
    (N,).

    It is the weighted sum divided by the length of w. Without a line (w = 0) every distance is nan.
    """
    length = np.linalg.norm(w)
    if length == 0:
        return np.full(len(x), np.nan)
    return weighted_sum(x, w, b) / length


def perceptron_update(
    x: np.ndarray, t: float, y: float, w: np.ndarray, b: float, learning_rate: float
) -> tuple[np.ndarray, float]:
    """The new weights (2,) and bias by the perceptron rule, for a sample ``x`` (2,) with label ``t`` and output ``y``,
    both 0 or 1.

    w ← w + η·(t − y)·x and b ← b + η·(t − y): if 1 was missed, η·x is added, if 1 was wrong, it is subtracted. The
    given arrays are not changed.
    """
    error = t - y
    if error == 0:
        return w, b
    return w + learning_rate * error * x, b + learning_rate * error


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
    """The outputs s = (s1, s2) of the hidden neurons and the outputs y for every row of ``x``: (N, 2) -> (N, 2),
    (N,).
    """
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
    """The outputs y at the centres of ``cells`` × ``cells`` equal cells of a square (left, bottom, width, height); the
    first row is the lowest.
    """
    left, bottom, width, height = square
    middles = (np.arange(cells) + 0.5) / cells
    x1, x2 = np.meshgrid(left + width * middles, bottom + height * middles)
    _, y = two_layers(np.column_stack([x1.ravel(), x2.ravel()]), first, second, last, activate)
    return y.reshape(cells, cells)


# Projections closer together than this count as equal: they differ by rounding only, and no bias could separate them.
_DECIMALS = 9


def best_bias(x: np.ndarray, t: np.ndarray, w: np.ndarray) -> tuple[float, int]:
    """The bias b for which step(x·w + b) agrees with most labels ``t``, and with how many: (N, 2), (N,), (2,) -> b,
    count.

    Only thresholds in the gaps between the projections x·w need trying, and one beyond either end: within a gap no
    output changes. Of equally good gaps the widest is taken, with the threshold in its middle; a threshold beyond an
    end only if it is better.
    """
    levels = np.unique(np.round(x @ w, _DECIMALS))
    cuts = np.concatenate([(levels[1:] + levels[:-1]) / 2, [levels[0] - 1.0, levels[-1] + 1.0]])
    widths = np.concatenate([np.diff(levels), [0.0, 0.0]])
    counts = np.array([np.sum(perceptron(x, w, -cut) == t) for cut in cuts])
    best = max(range(len(cuts)), key=lambda number: (counts[number], widths[number]))
    return float(-cuts[best]) + 0.0, int(counts[best])


def best_line(x: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, float, int]:
    """The unit weights w and bias b, of all lines, that agree with most labels ``t``, and with how many: (N, 2), (N,)
    -> w, b, count.

    The order of the projections changes only where w is at right angles to the difference of two points. One direction
    between every two such angles tries all orders; the differences themselves and their normals are tried too, since
    the line with the widest gap between two classes has one of these directions.
    """
    pairs = (x[:, None] - x[None, :]).reshape(-1, 2)
    pairs = pairs[np.hypot(*pairs.T) > 10.0**-_DECIMALS]
    along = np.arctan2(pairs[:, 1], pairs[:, 0])
    turned = np.unique(np.round(np.mod(np.concatenate([along + np.pi / 2, along - np.pi / 2]), 2 * np.pi), _DECIMALS))
    between = (turned + np.diff(turned, append=turned[0] + 2 * np.pi) / 2) if len(turned) else np.zeros(1)
    found = []
    for angle in np.unique(np.concatenate([between, turned, along])):
        w = np.array([np.cos(angle), np.sin(angle)])
        b, count = best_bias(x, t, w)
        found.append((count, float(np.min(np.abs(x @ w + b))), w, b))
    count, _, w, b = max(found, key=lambda line: line[:2])
    return w, b, count
