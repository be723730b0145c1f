"""Forward propagation: layer after layer, a weighted sum per neuron and then its activation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Activation = Callable[[np.ndarray], np.ndarray]
Layer = tuple[np.ndarray, np.ndarray]
"""The weights W (inputs, neurons) and the biases b (neurons,) of a layer."""


def affine(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """A = X·W + b: every neuron's weighted sum; x (inputs,) or (N, inputs) -> (neurons,) or (N, neurons).

    Row i of W belongs to input i, column j to neuron j; ValueError where the inputs do not match the rows of W.
    """
    if x.shape[-1] != W.shape[0]:
        raise ValueError(f"x has {x.shape[-1]} columns, W has {W.shape[0]} rows: they must be equal")
    return x @ W + b


def forward(
    x: np.ndarray, layers: Sequence[Layer], hidden: Activation, output: Activation
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The weighted sums a and the activations z of every layer, as a list of (a, z); the last z is the output y.

    The last layer uses the activation function ``output``, all others ``hidden``; each layer's z is the next layer's
    input.
    """
    found = []
    z = x
    for number, (W, b) in enumerate(layers, start=1):
        a = affine(z, W, b)
        z = output(a) if number == len(layers) else hidden(a)
        found.append((a, z))
    return found
