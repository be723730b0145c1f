"""A slice through the loss landscape of a network: loss and accuracy along a straight line through its weights.

After Li, Xu, Taylor, Studer and Goldstein, "Visualizing the Loss Landscape of Neural Nets", 2018, arXiv:1712.09913,
section 4. The scale of weights differs from layer to layer, which a random direction ignores. So the direction is
scaled, neuron by neuron and filter by filter, to the length of the network's own weights.
"""

from __future__ import annotations

import copy
from collections.abc import Generator, Mapping

import numpy as np

from engine.nn.network import Network


def draw_direction(params: Mapping[str, np.ndarray], random: np.random.Generator) -> dict[str, np.ndarray]:
    """A random direction in the space of parameters: normally distributed values for all weights, 0 for biases, γ and
    β, as in the paper.
    """
    return {
        name: random.standard_normal(values.shape) if values.ndim > 1 else np.zeros(values.shape)
        for name, values in params.items()
    }


def filter_normalized(direction: Mapping[str, np.ndarray], params: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Scales a direction so that for every neuron and filter it has the length of that neuron's or filter's weights in
    ``params``.

    Weights (inputs, neurons) have a neuron in each column, weights (filters, channels, rows, columns) a filter at each
    first index. The dtype is that of ``params``.
    """
    scaled = {}
    for name, values in params.items():
        part = direction[name]
        if values.ndim > 1:
            one = 0 if values.ndim == 2 else tuple(range(1, values.ndim))
            part = part * (_lengths(values, one) / _lengths(part, one))
        scaled[name] = part.astype(values.dtype)
    return scaled


def _lengths(array: np.ndarray, axes: int | tuple[int, ...]) -> np.ndarray:
    return np.sqrt(np.sum(array.astype(np.float64) ** 2, axes, keepdims=True))


def slice_loss(
    network: Network,
    x: np.ndarray,
    t: np.ndarray,
    direction: Mapping[str, np.ndarray],
    steps: np.ndarray,
    rows: int = 1000,
) -> Generator[int, None, tuple[np.ndarray, np.ndarray]]:
    """Computes the loss and the accuracy, both (S,), on ``x`` with labels ``t`` for the parameters w + α·d, for each α
    of ``steps`` (S,); d is ``direction``.

    A generator that yields how many steps are done, and returns the two arrays. Scores are computed for ``rows``
    samples at a time. It works on a copy, so the network is unchanged and may continue training meanwhile.
    """
    moved, at = copy.deepcopy(network), {name: values.copy() for name, values in network.params.items()}
    losses, accuracies = np.zeros(len(steps)), np.zeros(len(steps))
    for place, step in enumerate(steps):
        for name, values in moved.params.items():
            values[...] = at[name] + values.dtype.type(step) * direction[name]
        # Far from its own weights, a network's scores may overflow.
        with np.errstate(over="ignore", invalid="ignore"):
            scores = np.concatenate([moved.predict(x[start : start + rows]) for start in range(0, len(x), rows)])
            losses[place] = moved.last.forward(scores, t)
        accuracies[place] = np.mean(np.argmax(scores, axis=1) == t)
        yield place + 1
    return losses, accuracies
