"""Fully connected networks of any depth, built from Affine, optional batch normalization, activation and dropout
layers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.initializers import gaussian, zeros
from engine.nn.layers import Affine, BatchNormalization, Dropout, SoftmaxWithLoss
from engine.nn.network import Layer, Network

ACTIVATION_LAYERS = {one.id: one.layer for one in ACTIVATIONS.values() if one.layer is not None}


def deep_network(
    sizes: Sequence[int],
    activation: str,
    std: float | Callable[[int], float],
    random: np.random.Generator,
    *,
    batch_norm: bool = False,
    dropout: float = 0.0,
    masks: np.random.Generator | None = None,
    dtype: type[np.floating] = np.float32,
) -> Network:
    """A network with layer ``sizes`` (inputs, hidden …, classes), ending with softmax and cross entropy.

    ``std`` is the standard deviation of all weights, or a function of the number of a neuron's inputs, such as
    ``xavier`` and ``he``; biases are 0, γ is 1 and β 0. The weights are drawn from ``random`` in the order of the
    layers and do not depend on ``batch_norm`` or ``dropout``, so that networks that differ in these have the same
    initial weights. ``dropout`` is the ratio of the dropout layer after every hidden layer, and ``masks`` draws its
    masks.
    """
    if dropout and masks is None:
        raise ValueError("dropout needs a generator for its masks")
    layers: list[Layer] = []
    last = len(sizes) - 2
    for number, (inputs, neurons) in enumerate(pairwise(sizes)):
        width = std(inputs) if callable(std) else std
        W = gaussian((inputs, neurons), width, random, dtype)
        layers.append(Affine(W, zeros((neurons,), dtype), input_gradient=number > 0))
        if number == last:
            break
        if batch_norm:
            layers.append(BatchNormalization(np.ones(neurons, dtype), np.zeros(neurons, dtype)))
        layers.append(ACTIVATION_LAYERS[activation]())
        if dropout and masks is not None:
            layers.append(Dropout(dropout, masks))
    return Network(layers, SoftmaxWithLoss())
