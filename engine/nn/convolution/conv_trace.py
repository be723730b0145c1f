"""A convolutional network at work on one picture: what each layer makes of it, and from where a chosen number comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.nn.layers import Affine, BatchNormalization, Convolution, Dropout, MaxPooling, ReLU
from engine.nn.network import Layer, Network
from engine.nn.parts_of_sum import parts_of_sum, strongest_parts
from engine.nn.softmax import softmax

Cell = tuple[int, int]


@dataclass(frozen=True, eq=False)
class WholeNetwork:
    """Everything that happens to one picture, for F filters of k×k, maps of M×M, pooled ones of P×P, H hidden neurons.

    The digit and the hidden neuron that are traced, from 0, have their products beside them.
    """

    inputs: np.ndarray  # (S, S) from 0 to 1
    filters: np.ndarray  # (F, k, k)
    biases: np.ndarray  # (F,)
    sums: np.ndarray  # (F, M, M) products and bias, before ReLU
    pooled: np.ndarray  # (F, P, P)
    pool: int  # rows, and columns, of a window of the pooling
    hidden_sums: np.ndarray  # (H,)
    hidden: np.ndarray  # (H,)
    scores: np.ndarray  # (10,)
    probabilities: np.ndarray  # (10,)
    digit: int
    digit_weights: np.ndarray  # (H,)
    digit_bias: float
    digit_parts: np.ndarray  # (H,) what each hidden neuron adds to the score of the digit
    unit: int
    unit_weights: np.ndarray  # (F, P, P)
    unit_bias: float
    unit_parts: np.ndarray  # (F, P, P) what each pooled cell adds to the sum of the hidden neuron

    @cached_property
    def rectified(self) -> np.ndarray:
        """The maps behind ReLU (F, M, M)."""
        return ReLU().forward(self.sums)

    @property
    def kernel(self) -> int:
        """Rows, and columns, of a filter."""
        return self.filters.shape[1]

    def made_of(self, traced: str) -> int:
        """How many numbers of the layer before go into a ``digit``, ``hidden`` neuron, or cell (``conv``, ``pool``)."""
        counts = {"digit": self.hidden.size, "hidden": self.pooled.size, "pool": self.pool**2, "conv": self.kernel**2}
        return counts[traced]

    def winner(self, number: int, pooled: Cell) -> Cell:
        """The cell of a map, from 0, that is the largest in the window of a pooled one; the first of equal ones."""
        top, left = pooled[0] * self.pool, pooled[1] * self.pool
        window = self.rectified[number, top : top + self.pool, left : left + self.pool]
        row, column = divmod(int(window.argmax()), window.shape[1])
        return top + row, left + column

    def pooled_of(self, cell: Cell) -> Cell:
        """The pooled cell into whose window a cell of a map goes; the last one for what the windows do not reach."""
        last = self.pooled.shape[1] - 1
        return min(cell[0] // self.pool, last), min(cell[1] // self.pool, last)


def whole_network(network: Network, picture: np.ndarray, digit: int | None, neuron: int | None) -> WholeNetwork:
    """What the network (convolution, ReLU and pooling, two fully connected layers) makes of a picture (S, S) from 0 to
    1. Without a ``digit`` the answer is traced, and without a hidden ``neuron`` the one that adds most to the digit.

    Batch normalization that has learned is one factor and one shift for each sum: they are part of weights and biases.
    """
    layers, x, before = network.layers, picture[None, None], []
    for layer in layers:
        before.append(x[0])
        x = layer.forward(x, False) if isinstance(layer, (BatchNormalization, Dropout)) else layer.forward(x)
    scores = x[0]
    first, inner, last = (n for n, layer in enumerate(layers) if isinstance(layer, (Convolution, Affine)))
    pooling = next(layer for layer in layers if isinstance(layer, MaxPooling))
    filters, biases = _with_normalization(layers, first)
    dense, dense_biases = _with_normalization(layers, inner)
    digit_weights, digit_biases = layers[last].params["W"], layers[last].params["b"]
    # Behind the sums, and behind their normalization where there is one.
    sums, hidden_sums = (before[n + 1 + _is_normalized(layers, n)] for n in (first, inner))
    pooled, hidden = before[inner], before[last]
    digit = int(scores.argmax()) if digit is None else digit
    digit_parts = parts_of_sum(hidden, digit_weights[:, digit])
    unit = strongest_parts(digit_parts)[0][0] if neuron is None else min(neuron, len(hidden) - 1)
    unit_weights = dense[:, unit].reshape(pooled.shape)  # (F·P·P,) -> (F, P, P)
    return WholeNetwork(
        inputs=picture, filters=filters[:, 0], biases=biases, sums=sums,
        pooled=pooled, pool=pooling.height, hidden_sums=hidden_sums, hidden=hidden,
        scores=scores, probabilities=softmax(scores),
        digit=digit, digit_weights=digit_weights[:, digit], digit_bias=float(digit_biases[digit]),
        digit_parts=digit_parts, unit=unit, unit_weights=unit_weights, unit_bias=float(dense_biases[unit]),
        unit_parts=parts_of_sum(pooled, unit_weights),
    )  # fmt: skip


def _is_normalized(layers: Sequence[Layer], number: int) -> bool:
    return isinstance(layers[number + 1], BatchNormalization)


def _with_normalization(layers: Sequence[Layer], number: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights and biases of a layer, with the factor and the shift of the normalization behind it."""
    W, b = layers[number].params["W"], layers[number].params["b"]
    if not _is_normalized(layers, number):
        return W, b
    normalization = layers[number + 1]
    assert isinstance(normalization, BatchNormalization)
    shift, both = (normalization.forward(make((1, len(b)), b.dtype), False)[0] for make in (np.zeros, np.ones))
    factor = both - shift
    # Filters (F, C, k, k) come first in their array, neurons (inputs, neurons) last.
    along = (-1, 1, 1, 1) if W.ndim == 4 else (1, -1)
    return W * factor.reshape(along), b * factor + shift


@dataclass(frozen=True)
class Trace:
    """The way back from what is chosen: a digit and a hidden neuron, from 0, where it leads through them, then a map,
    its pooled cell and the cell that won there, under which lies the window of the picture.
    """

    digit: int | None
    unit: int | None
    map: int
    pooled: Cell
    cell: Cell


def products_at(whole: WholeNetwork, number: int, cell: Cell) -> tuple[np.ndarray, np.ndarray]:
    """The window of the picture under a cell of a map, from 0, and its products with the filter, both (k, k)."""
    (row, column), k = cell, whole.kernel
    window = whole.inputs[row : row + k, column : column + k]
    return window, parts_of_sum(window, whole.filters[number])


def trace(whole: WholeNetwork, traced: str, number: int, window: Cell) -> Trace:
    """The way back from the ``digit``, the ``hidden`` neuron, or the cell of a map (``number`` from 0) at a ``window``:
    that of the pooled map (``pool``) or of the map itself (``conv``). It follows the largest products.
    """
    if traced in ("digit", "hidden"):
        number, *place = strongest_parts(whole.unit_parts)[0]
        pooled = (place[0], place[1])
        digit = whole.digit if traced == "digit" else None
        return Trace(digit, whole.unit, number, pooled, whole.winner(number, pooled))
    last = whole.sums.shape[1] - 1
    number, cell = min(number, len(whole.sums) - 1), (min(window[0], last), min(window[1], last))
    pooled = whole.pooled_of(cell)
    return Trace(None, None, number, pooled, whole.winner(number, pooled) if traced == "pool" else cell)
