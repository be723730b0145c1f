"""Several layers of one neuron each, one after another: what they make of a number, and how steeply."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Elementwise = Callable[[np.ndarray], np.ndarray]


def stacked_layers(
    x: np.ndarray, function: Elementwise, slope: Elementwise, gain: float, bias: float, layers: int
) -> tuple[np.ndarray, np.ndarray]:
    """y ← function(gain·y + bias), done ``layers`` times from y = x.

    Gives the last y, like ``x``, and the slope of every layer, (layers, *x.shape). By the chain rule their product is
    the slope of the whole stack.
    """
    y = np.asarray(x, dtype=float)
    slopes = np.empty((layers, *y.shape))
    for layer in range(layers):
        a = gain * y + bias
        slopes[layer] = gain * slope(a)  # dy/d(previous y) = gain · function′(a)
        y = function(a)
    return y, slopes
