"""The computation of a convolutional network for one image: each layer's output, and how a chosen value came about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.nn.layers import Affine, BatchNormalization, Convolution, Dropout, MaxPooling, ReLU
from engine.nn.losses import softmax
from engine.nn.network import Layer, Network


def parts_of_sum(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The products of inputs and weights whose sum, plus the bias, is a neuron's weighted sum.

    ``x`` and ``weights`` have the same shape, and so has the result.
    """
    return x * weights


def strongest_parts(parts: np.ndarray, count: int = 1) -> list[tuple[int, ...]]:
    """The indices of the ``count`` largest products, in descending order; equal ones in row-major order."""
    order = np.argsort(-parts, axis=None, kind="stable")[:count]
    return [tuple(place) for place in np.stack(np.unravel_index(order, parts.shape), axis=1).tolist()]


Cell = tuple[int, int]


@dataclass(frozen=True, eq=False)
class WholeNetwork:
    """All intermediate results for one image, with F filters of k×k, feature maps of M×M, pooled maps of P×P and H
    hidden neurons.

    For the ``digit`` and the hidden neuron ``unit`` (indices from 0) that are traced, it also has the products in their
    weighted sums.
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
        """The feature maps after ReLU (F, M, M)."""
        return ReLU().forward(self.sums)

    @property
    def kernel(self) -> int:
        """The side length k of a filter."""
        return self.filters.shape[1]

    def made_of(self, traced: str) -> int:
        """The number of values in the previous layer from which a value is computed. ``traced`` says what it is: a
        ``digit``, a ``hidden`` neuron, or a cell of a feature map (``conv``) or of a pooled map (``pool``).
        """
        counts = {"digit": self.hidden.size, "hidden": self.pooled.size, "pool": self.pool**2, "conv": self.kernel**2}
        return counts[traced]

    def winner(self, number: int, pooled: Cell) -> Cell:
        """The cell (row, column) of feature map ``number`` with the maximum in the window of the ``pooled`` cell; of
        equal ones the first. All indices count from 0.
        """
        top, left = pooled[0] * self.pool, pooled[1] * self.pool
        window = self.rectified[number, top : top + self.pool, left : left + self.pool]
        row, column = divmod(int(window.argmax()), window.shape[1])
        return top + row, left + column

    def pooled_of(self, cell: Cell) -> Cell:
        """The pooled cell whose window contains a cell of a feature map; the last one if the cell is outside of all
        windows.
        """
        last = self.pooled.shape[1] - 1
        return min(cell[0] // self.pool, last), min(cell[1] // self.pool, last)


def whole_network(network: Network, picture: np.ndarray, digit: int | None, neuron: int | None) -> WholeNetwork:
    """Computes the results of a network (convolution, ReLU and pooling, two fully connected layers) for an image (S, S)
    with values from 0 to 1.

    Without ``digit``, the network's prediction is traced; without ``neuron``, the hidden neuron that contributes most
    to the digit's score. The batch normalization of a trained network is a factor and a shift for each sum, and is
    folded into weights and biases.
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
    # The values after the weighted sums and, if there is one, after their batch normalization.
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
    """The weights and biases of layer ``number``, with the batch normalization after it folded in."""
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
    """The path from a selected value back to the image: a digit and a hidden neuron, or None for these, then a feature
    map, a cell of its pooled map, and the cell of the feature map that has the maximum in its window. All indices count
    from 0.
    """

    digit: int | None
    unit: int | None
    map: int
    pooled: Cell
    cell: Cell


def products_at(whole: WholeNetwork, number: int, cell: Cell) -> tuple[np.ndarray, np.ndarray]:
    """The window of the image from which ``cell`` of feature map ``number`` (from 0) is computed, and its products with
    the filter, both (k, k).
    """
    (row, column), k = cell, whole.kernel
    window = whole.inputs[row : row + k, column : column + k]
    return window, parts_of_sum(window, whole.filters[number])


def trace(whole: WholeNetwork, traced: str, number: int, window: Cell) -> Trace:
    """Follows the largest products back from a ``digit``, a ``hidden`` neuron or a cell. The cell is ``window`` of map
    ``number`` (from 0): of the pooled map if ``traced`` is ``pool``, of the feature map itself if it is ``conv``.
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
