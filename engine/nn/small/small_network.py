"""A small fully connected network that is trained very often: all its arrays are made once and written in place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from engine.nn.activation_registry import ACTIVATIONS, InPlace

Array = np.ndarray

KNOWN = tuple(one.id for one in ACTIVATIONS.values() if one.in_place)
"""The activations that are written in place."""
LOSSES = ("cross_entropy", "square")


def in_place(activation: str) -> InPlace:
    """How an activation is written in place; ValueError for one that is not known here."""
    if activation not in KNOWN:
        raise ValueError(f"activation {activation!r}: must be one of {', '.join(KNOWN)}")
    found = ACTIVATIONS[activation].in_place
    assert found is not None
    return found


class SmallNetwork:
    """Affine and activation, layer by layer, and at the end softmax with cross entropy or half the square error.

    ``parameters`` (P,) holds every weight and bias in a row, ``gradients`` (P,) their derivatives, and ``is_weight``
    (P,) tells which are weights. ``blocks[k]`` (inputs + 1, neurons) is layer k's part of the row: its last line are
    the biases, which belong to an input that is always 1. So one product gives a layer's sums, and one its gradients.

    In the layers of ``engine.nn.layers`` each step is an object with a call of its own and makes a new array; that is
    easier to read, and nothing beside products of large matrices. Here the matrices have a few dozen numbers, the
    calls are all that counts, and an update of 2-4-2-1 with a batch of 10 takes a third of the time.
    """

    def __init__(self, sizes: Sequence[int], activations: Sequence[str], loss: str = "cross_entropy") -> None:
        if len(sizes) < 2 or len(activations) != len(sizes) - 2:
            raise ValueError(f"{len(activations)} activations for layers of {tuple(sizes)}: one for each hidden layer")
        if not set(activations) <= set(KNOWN) or loss not in LOSSES:
            raise ValueError(f"{tuple(activations)} and {loss}: must be of {KNOWN} and {LOSSES}")
        self.sizes, self.activations, self.loss = tuple(sizes), tuple(activations), loss
        shapes = [(n + 1, m) for n, m in pairwise(sizes)]
        ends = np.cumsum([rows * columns for rows, columns in shapes]).tolist()
        self.parameters = np.zeros(ends[-1])
        self.gradients = np.zeros(ends[-1])
        self.starts = (0, *ends[:-1])
        cuts = list(zip(self.starts, ends, shapes, strict=True))
        self.blocks = tuple(self.parameters[a:b].reshape(shape) for a, b, shape in cuts)
        self.gradient_blocks = tuple(self.gradients[a:b].reshape(shape) for a, b, shape in cuts)
        self.is_weight = np.concatenate([np.arange(r * c) < (r - 1) * c for r, c in shapes])
        self._passes: dict[int, _Pass] = {}

    def begin(self, random: np.random.Generator) -> None:
        """Draw the weights anew, with mean 0 and Xavier's standard deviation √(1/inputs); the biases are 0."""
        for block in self.blocks:
            inputs = len(block) - 1
            block[:-1] = random.standard_normal((inputs, block.shape[1])) * np.sqrt(1.0 / inputs)
            block[-1] = 0.0

    def forward(self, x: Array) -> Array:
        """The outputs (N, outputs), scores before softmax, for rows ``x`` (N, inputs + 1) that end with a 1.

        The array is written again by the next pass over as many rows.
        """
        return self._pass(len(x)).forward(x)

    def backward(self, x: Array, t: Array, dropout: float = 0.0, random: np.random.Generator | None = None) -> None:
        """Fill ``gradients`` with those of the mean loss over ``x`` (N, inputs + 1) with targets ``t`` (N, outputs).

        With a ratio ``dropout`` the pass forward leaves out so many hidden outputs, drawn from ``random``, and makes
        the others larger by 1/(1 − ratio), so that without dropout nothing has to be scaled.
        """
        self._pass(len(x)).backward(x, t, dropout, random)

    def losses(self, x: Array, t: Array) -> Array:
        """The loss of every row, (N,)."""
        return self.losses_of(self.forward(x), t)

    def losses_of(self, y: Array, t: Array) -> Array:
        """The loss of every row of outputs ``y`` (N, outputs): −log of the answer at t, or ½Σ(y − t)²."""
        if self.loss == "square":
            return 0.5 * np.square(y - t).sum(axis=1)
        shifted = y - y.max(axis=1, keepdims=True)
        return np.log(np.exp(shifted).sum(axis=1)) - (shifted * t).sum(axis=1)

    def _pass(self, rows: int) -> _Pass:
        """The arrays for so many rows, which are kept: a run has two sizes of batch and one of all its points."""
        if rows not in self._passes:
            if len(self._passes) > _MOST_PASSES:
                self._passes.clear()
            self._passes[rows] = _Pass(self, rows)
        return self._passes[rows]


_MOST_PASSES = 8


class _Pass:
    """What a pass over N rows writes into: per layer the sums a, the outputs z with their 1, and ∂L/∂a."""

    def __init__(self, network: SmallNetwork, rows: int) -> None:
        self._softmax = network.loss == "cross_entropy"
        self._share = 1.0 / rows
        blocks, gradients = network.blocks, network.gradient_blocks
        hidden = network.sizes[1:-1]
        z = [np.ones((rows, n + 1)) for n in hidden]
        d = [np.empty((rows, n)) for n in network.sizes[1:]]
        rates = [np.empty((rows, n)) for n in hidden]
        masks = [np.empty((rows, n)) for n in hidden]
        self._last, self._d, self._first_gradient = blocks[-1], d[-1], gradients[0]
        self._first_d, self._column = d[0], np.empty((rows, 1))
        self._y = np.empty((rows, network.sizes[-1]))
        made = [in_place(name) for name in network.activations]
        # a lies where ∂L/∂a will be written on the way back, unless the slope is computed from it.
        a = [np.empty_like(d[k]) if one.needs_sums else d[k] for k, one in enumerate(made)]
        # (block, a, z with its 1, z, activation)
        self._layers = [(blocks[k], a[k], z[k], z[k][:, :-1], one.write, masks[k]) for k, one in enumerate(made)]
        # (zᵀ, ∂L/∂a of the layer above, its gradient, its Wᵀ, ∂L/∂a, dz/da, a, z, slope), from the last one down
        self._back = [
            (z[k].T, d[k + 1], gradients[k + 1], blocks[k + 1][:-1].T, d[k], rates[k], a[k], z[k][:, :-1],
             made[k].write_slope, masks[k])
            for k in range(len(hidden) - 1, -1, -1)
        ]  # fmt: skip

    def forward(self, x: Array) -> Array:
        return np.dot(self._hidden(x, 0.0, None), self._last, self._y)

    def backward(self, x: Array, t: Array, dropout: float, random: np.random.Generator | None) -> None:
        d = np.dot(self._hidden(x, dropout, random), self._last, self._d)
        if self._softmax:
            column = self._column
            np.maximum.reduce(d, axis=1, out=column, keepdims=True)
            np.subtract(d, column, d)
            np.exp(d, d)
            np.add.reduce(d, axis=1, out=column, keepdims=True)
            np.divide(d, column, d)
        # ∂L/∂a = (y − t)/N, for softmax with cross entropy as for the identity with half the square error
        np.subtract(d, t, d)
        np.multiply(d, self._share, d)
        for z_turned, above, gradient, W_turned, d, rate, a, z, write_slope, mask in self._back:
            # ∂L/∂W_ij = Σ_n z_ni·∂L/∂a_nj; the column of ones gives the biases' Σ_n ∂L/∂a_nj
            np.dot(z_turned, above, gradient)
            # ∂L/∂z_ni = Σ_j ∂L/∂a_nj·W_ij, times dz/da
            np.dot(above, W_turned, d)
            if dropout:
                # z is scaled by its mask here, and 0 where it was left out; the slope is of z before that.
                np.multiply(d, mask, d)
                np.divide(z, mask, z, where=mask > 0)
            if write_slope is not None:
                write_slope(a, z, rate)
                np.multiply(d, rate, d)
        np.dot(x.T, self._first_d, self._first_gradient)

    def _hidden(self, x: Array, dropout: float, random: np.random.Generator | None) -> Array:
        """The last hidden layer's outputs with their 1, or ``x`` itself where there is none."""
        for block, a, full, z, activate, mask in self._layers:
            np.dot(x, block, a)
            activate(a, z)
            if dropout:
                assert random is not None  # what leaves out is drawn from somewhere
                np.multiply(random.random(mask.shape) >= dropout, 1.0 / (1.0 - dropout), mask)
                np.multiply(z, mask, z)
            x = full
        return x
