"""How a signal passes through many identical layers: activations in the forward pass, gradients in the backward pass.

Both functions are generators that yield after every layer, so that a hundred layers do not block the window.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

Elementwise = Callable[[np.ndarray], np.ndarray]


def activations_forward(
    x: np.ndarray, weights: Sequence[np.ndarray], function: Elementwise
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yields (a, z) for every layer: the sums a = z·W of the layer before, (N, neurons), and the activations z =
    function(a). ``x`` is the z before the first layer.
    """
    z = x
    for W in weights:
        a = z @ W
        z = function(a)
        yield a, z


def gradients_backward(
    dz: np.ndarray, weights: Sequence[np.ndarray], slopes: Sequence[np.ndarray]
) -> Iterator[np.ndarray]:
    """Yields the gradients of the activations for every layer, from the last, where they are ``dz`` (N, neurons), to
    the first.

    ``slopes`` are function′(a) of every layer, in the order of the layers.
    """
    yield dz
    for W, slope in zip(reversed(weights[1:]), reversed(slopes[1:]), strict=True):
        # ∂L/∂a = ∂L/∂z · function′(a), and a = z·W, so what is before it gets ∂L/∂a · Wᵀ.
        dz = (dz * slope) @ W.T
        yield dz


def stacked_layers(
    x: np.ndarray, function: Elementwise, slope: Elementwise, gain: float, bias: float, layers: int
) -> tuple[np.ndarray, np.ndarray]:
    """Applies y ← function(gain·y + bias) ``layers`` times, starting at y = x.

    Returns the last y, of the shape of ``x``, and the slope of every layer, (layers, *x.shape). By the chain rule the
    product of these is the slope of the whole stack.
    """
    y = np.asarray(x, dtype=float)
    slopes = np.empty((layers, *y.shape))
    for layer in range(layers):
        a = gain * y + bias
        slopes[layer] = gain * slope(a)  # dy/d(previous y) = gain · function′(a)
        y = function(a)
    return y, slopes
