"""The small convolutional network of chapter 7: convolution, ReLU, max pooling, and two fully connected layers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from engine.nn.convolution.windows import output_size
from engine.nn.initializers import gaussian, zeros
from engine.nn.layers import Affine, BatchNormalization, Convolution, Dropout, MaxPooling, ReLU, SoftmaxWithLoss
from engine.nn.network import Layer, Network


def conv_network(
    random: np.random.Generator | None = None,
    *,
    sizes: tuple[int, int, int] = (1, 28, 28),
    filters: int = 30,
    kernel: int = 5,
    stride: int = 1,
    padding: int = 0,
    pool: int = 2,
    hidden: int = 100,
    classes: int = 10,
    std: float | Callable[[int], float] = 0.01,
    batch_norm: bool = False,
    dropout: float = 0.0,
    masks: np.random.Generator | None = None,
    pooling_first: bool = False,
    dtype: type[np.floating] = np.float32,
) -> Network:
    """Convolution – ReLU – MaxPool – FC – ReLU – FC, then softmax and cross entropy; ``sizes`` (C, H, W) of a picture.

    ``params`` are W1 (filters, C, kernel, kernel), b1, W2 (what is pooled, hidden), b2, W3 (hidden, classes), b3.
    ``std`` is the standard deviation of all weights, or tells it from the number of a neuron's inputs; biases are 0.
    Without ``random`` all weights are 0, for whoever puts others in. The weights do not depend on ``batch_norm``
    (before both ReLUs) or ``dropout`` (after the hidden layer, its ``masks`` drawn by a generator of their own).

    ReLU never falls, so the largest of a window stays the largest: with ``pooling_first`` the same answers and
    gradients come from pooling before ReLU, which then has a quarter of the numbers to look at.
    """
    if dropout and masks is None:
        raise ValueError("dropout needs a generator for its masks")
    channels, height, width = sizes
    maps = tuple(output_size(side, kernel, stride, padding) for side in (height, width))
    pooled = filters * output_size(maps[0], pool, pool) * output_size(maps[1], pool, pool)

    def weights(shape: tuple[int, ...], inputs: int) -> np.ndarray:
        if random is None:
            return zeros(shape, dtype)
        return gaussian(shape, std(inputs) if callable(std) else std, random, dtype)

    def normalized(features: int) -> list[Layer]:
        if not batch_norm:
            return []
        return [BatchNormalization(np.ones(features, dtype), np.zeros(features, dtype))]

    W1 = weights((filters, channels, kernel, kernel), channels * kernel * kernel)
    W2, W3 = weights((pooled, hidden), pooled), weights((hidden, classes), hidden)
    between: list[Layer] = [ReLU(), MaxPooling(pool, pool, pool)]
    layers: list[Layer] = [
        Convolution(W1, zeros((filters,), dtype), stride, padding, input_gradient=False),
        *normalized(filters),
        *(reversed(between) if pooling_first else between),
        Affine(W2, zeros((hidden,), dtype)),
        *normalized(hidden),
        ReLU(),
        *([Dropout(dropout, masks)] if dropout and masks is not None else []),
        Affine(W3, zeros((classes,), dtype)),
    ]
    return Network(layers, SoftmaxWithLoss())
