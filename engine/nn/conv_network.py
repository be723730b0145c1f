"""The small convolutional network of chapter 7: convolution, ReLU, max pooling, and two fully connected layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.nn.im2col import output_size
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
    """Convolution – ReLU – MaxPool – FC – ReLU – FC, then softmax and cross entropy; ``sizes`` (C, H, W) of an image.

    ``params`` are W1 (filters, C, kernel, kernel), b1, W2 (pooled values, hidden), b2, W3 (hidden, classes), b3.
    ``std`` is the standard deviation of all weights, or a function of the number of a neuron's inputs; biases are 0.
    Without ``random`` all weights are 0, to be replaced. The weights do not depend on ``batch_norm`` (before both
    ReLUs) or ``dropout`` (after the hidden layer, its ``masks`` drawn by a separate generator).

    ReLU is monotonic, so the largest value of a window stays the largest: with ``pooling_first``, pooling before ReLU
    gives the same outputs and gradients, and ReLU then has a quarter of the values to process.
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


@dataclass(frozen=True)
class ReceptiveField:
    """The input cells that an output cell depends on, along one side and without padding: output cell i depends on
    ``side`` input cells, beginning at i · ``jump``.
    """

    side: int
    jump: int

    def start(self, cell: int) -> int:
        """The index of the first input cell in the receptive field of the output ``cell``."""
        return cell * self.jump

    def cell_around(self, place: int, cells: int) -> int:
        """The index of the output cell, of ``cells`` ones, whose receptive field is centred nearest to the input cell
        ``place``.
        """
        nearest = round((place - (self.side - 1) / 2) / self.jump)
        return min(max(nearest, 0), cells - 1)


def receptive_field(windows: Sequence[tuple[int, int]]) -> ReceptiveField:
    """The receptive field of one output cell after several convolution or pooling layers, each given as (window size,
    stride), first layer first.

    A window of k cells that lie ``jump`` input cells apart adds (k − 1)·jump to the side of the field; strides
    multiply. If a stride is larger than its window, the cells in between are not seen.
    """
    side, jump = 1, 1
    for size, stride in windows:
        side += (size - 1) * jump
        jump *= stride
    return ReceptiveField(side, jump)


def covered(picture: np.ndarray, top: int, left: int, side: int, fill: float) -> np.ndarray:
    """A copy of an image (H, W) with a square of the value ``fill``; its upper left pixel is (``top``, ``left``)."""
    made = picture.copy()
    made[top : top + side, left : left + side] = fill
    return made


def covered_everywhere(picture: np.ndarray, side: int, fill: float) -> Iterator[np.ndarray]:
    """Copies of an image, each with a square of the value ``fill`` at another position. Yields one array (P, H, W) per
    row of positions, with P = W − ``side`` + 1.

    There are H − ``side`` + 1 such rows.
    """
    height, width = picture.shape
    for top in range(height - side + 1):
        yield np.stack([covered(picture, top, left, side, fill) for left in range(width - side + 1)])
