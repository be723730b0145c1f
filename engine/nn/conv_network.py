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
    """Convolution – ReLU – MaxPool – FC – ReLU – FC, then softmax and cross entropy; ``sizes`` (C, H, W) of a picture.

    ``params`` are W1 (filters, C, kernel, kernel), b1, W2 (what is pooled, hidden), b2, W3 (hidden, classes), b3.
    ``std`` is the standard deviation of all weights, or a function of the number of a neuron's inputs; biases are 0.
    Without ``random`` all weights are 0, to be replaced. The weights do not depend on ``batch_norm`` (before both
    ReLUs) or ``dropout`` (after the hidden layer, its ``masks`` drawn by a generator of their own).

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


@dataclass(frozen=True)
class ReceptiveField:
    """Which cells of the input a cell of the output depends on, along one side and without padding: cell i sees
    ``side`` cells from i · ``jump`` on.
    """

    side: int
    jump: int

    def start(self, cell: int) -> int:
        """The first cell of the input in the field of a cell of the output."""
        return cell * self.jump

    def cell_around(self, place: int, cells: int) -> int:
        """Of ``cells`` cells of the output, the one whose field has its middle nearest to a place of the input."""
        nearest = round((place - (self.side - 1) / 2) / self.jump)
        return min(max(nearest, 0), cells - 1)


def receptive_field(windows: Sequence[tuple[int, int]]) -> ReceptiveField:
    """The receptive field behind layers of windows, each (size, stride), the first layer first.

    A window of k cells that lie ``jump`` apart reaches over (k − 1)·jump cells more; strides multiply. If a stride is
    larger than its window, the cells in between are not seen.
    """
    side, jump = 1, 1
    for size, stride in windows:
        side += (size - 1) * jump
        jump *= stride
    return ReceptiveField(side, jump)


def covered(picture: np.ndarray, top: int, left: int, side: int, fill: float) -> np.ndarray:
    """A copy of a picture (H, W) with a square of ``fill`` over it, whose upper left cell is (``top``, ``left``)."""
    made = picture.copy()
    made[top : top + side, left : left + side] = fill
    return made


def covered_everywhere(picture: np.ndarray, side: int, fill: float) -> Iterator[np.ndarray]:
    """Pictures with a square of ``fill`` at every place: each item is an array (P, H, W), with the square at each place
    along one row.

    A picture of H rows has H − ``side`` + 1 such rows; P is the number of places along one.
    """
    height, width = picture.shape
    for top in range(height - side + 1):
        yield np.stack([covered(picture, top, left, side, fill) for left in range(width - side + 1)])
