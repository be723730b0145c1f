"""A signal through many layers alike: activations on the way forward, gradients on the way back.

Both are generators that yield after every layer, because a hundred layers take longer than a window may wait.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

Elementwise = Callable[[np.ndarray], np.ndarray]


def activations_forward(
    x: np.ndarray, weights: Sequence[np.ndarray], function: Elementwise
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Of every layer the sums a = z·W, (N, neurons), and its activations z = function(a); z is ``x`` at first."""
    z = x
    for W in weights:
        a = z @ W
        z = function(a)
        yield a, z


def gradients_backward(
    dz: np.ndarray, weights: Sequence[np.ndarray], slopes: Sequence[np.ndarray]
) -> Iterator[np.ndarray]:
    """The gradients of every layer's activations, the last layer's first: that one is ``dz`` (N, neurons) itself.

    ``slopes`` are function′(a) of every layer, in the order of the layers.
    """
    yield dz
    for W, slope in zip(reversed(weights[1:]), reversed(slopes[1:]), strict=True):
        # ∂L/∂a = ∂L/∂z · function′(a), and a = z·W, so what is before it gets ∂L/∂a · Wᵀ.
        dz = (dz * slope) @ W.T
        yield dz
