"""A small fully connected network for very many updates: its arrays are allocated once and written in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Protocol

import numpy as np

from engine.nn.activation_registry import ACTIVATIONS, InPlace

Array = np.ndarray

KNOWN = tuple(one.id for one in ACTIVATIONS.values() if one.in_place)
"""The ids of the activation functions that have an in-place form."""
LOSSES = ("cross_entropy", "square")


def in_place(activation: str) -> InPlace:
    """The in-place form of an activation function by id; ValueError if it has none."""
    if activation not in KNOWN:
        raise ValueError(f"activation {activation!r}: must be one of {', '.join(KNOWN)}")
    found = ACTIVATIONS[activation].in_place
    assert found is not None
    return found


class SmallNetwork:
    """A network of affine layers and activations, ending with softmax and cross entropy, or with half the squared
    error.

    ``parameters`` (P,) contains all weights and biases, flattened, ``gradients`` (P,) their derivatives, and
    ``is_weight`` (P,) is True for weights. ``blocks[k]`` (inputs + 1, neurons) is a view of layer k's parameters. Its
    last row is the biases, which belong to an input that is always 1, so one matrix product gives a layer's sums, and
    one its gradients.

    In ``engine.nn.layers`` each layer is an object, and each call makes a new array. That is easier to read, and costs
    little beside products of large matrices. Here the matrices have a few dozen elements, so the overhead of calls
    dominates: an update of 2-4-2-1 with a batch of 10 takes a third of the time.
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
        """Draws new weights with mean 0 and Xavier's standard deviation √(1/inputs); the biases become 0."""
        for block in self.blocks:
            inputs = len(block) - 1
            block[:-1] = random.standard_normal((inputs, block.shape[1])) * np.sqrt(1.0 / inputs)
            block[-1] = 0.0

    def forward(self, x: Array) -> Array:
        """The outputs (N, outputs), scores before softmax, for rows ``x`` (N, inputs + 1) that end with a 1.

        The array is overwritten by the next pass with the same number of rows.
        """
        return self._pass(len(x)).forward(x)

    def backward(self, x: Array, t: Array, dropout: float = 0.0, random: np.random.Generator | None = None) -> None:
        """Fills ``gradients`` with those of the mean loss over ``x`` (N, inputs + 1) with targets ``t`` (N, outputs).

        With ``dropout``, that share of the hidden outputs, drawn from ``random``, is set to 0 in the forward pass, and
        the others are multiplied by 1/(1 − dropout), so that nothing has to be scaled when dropout is off.
        """
        self._pass(len(x)).backward(x, t, dropout, random)

    def losses(self, x: Array, t: Array) -> Array:
        """The loss (N,) of every row of ``x`` (N, inputs + 1) with targets ``t`` (N, outputs)."""
        return self.losses_of(self.forward(x), t)

    def losses_of(self, y: Array, t: Array) -> Array:
        """The loss of every row of outputs ``y`` (N, outputs): −log of the right class's probability, or ½Σ(y − t)²."""
        if self.loss == "square":
            return 0.5 * np.square(y - t).sum(axis=1)
        shifted = y - y.max(axis=1, keepdims=True)
        return np.log(np.exp(shifted).sum(axis=1)) - (shifted * t).sum(axis=1)

    def _pass(self, rows: int) -> _Pass:
        """The arrays for a pass over ``rows`` rows; they are cached, as training needs only three sizes: two for
        batches and one for all points.
        """
        if rows not in self._passes:
            if len(self._passes) > _MOST_PASSES:
                self._passes.clear()
            self._passes[rows] = _Pass(self, rows)
        return self._passes[rows]


_MOST_PASSES = 8


class _Pass:
    """The arrays for a pass over N rows: for each layer the sums a, the outputs z with a column of 1 for the bias, and
    ∂L/∂a.
    """

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
        """The outputs of the last hidden layer, with a column of 1 for the bias, or ``x`` itself if there is no hidden
        layer.
        """
        for block, a, full, z, activate, mask in self._layers:
            np.dot(x, block, a)
            activate(a, z)
            if dropout:
                assert random is not None  # what leaves out is drawn from somewhere
                np.multiply(random.random(mask.shape) >= dropout, 1.0 / (1.0 - dropout), mask)
                np.multiply(z, mask, z)
            x = full
        return x


class ResponseMaps:
    """Computes a network's outputs at G points with coordinates ``inputs`` (n, G), in float32, which is enough for a
    map.

    The arrays are allocated once, and the results are overwritten by the next call.
    """

    def __init__(self, network: SmallNetwork, inputs: np.ndarray) -> None:
        count = inputs.shape[1]
        self._network = network
        # Points are columns, so that every neuron's map is contiguous in memory. The last row is the 1 for the biases.
        self._z = [np.ones((n + 1, count), np.float32) for n in network.sizes[:-1]]
        self._z[0][:-1] = inputs
        self._scores = np.empty((network.sizes[-1], count), np.float32)
        self._first = np.empty((network.sizes[1], count), np.float32)

    def compute(self) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
        """The outputs (m, G) of every hidden layer, the scores (outputs, G), and the sums (m, G) of the first layer."""
        network = self._network
        hidden = []
        for k, name in enumerate(network.activations):
            z = self._z[k + 1][:-1]
            np.dot(network.blocks[k].T.astype(np.float32), self._z[k], z)
            if k == 0:
                np.copyto(self._first, z)
            in_place(name).write(z, z)
            hidden.append(z)
        np.dot(network.blocks[-1].T.astype(np.float32), self._z[-1], self._scores)
        return hidden, self._scores, self._first if hidden else self._scores


_LARGEST = 1e8
"""The squared norm of the parameter vector from which a run counts as diverged, before any sum overflows."""


class Optimizer(Protocol):
    """The interface of an optimizer that ``SmallTraining`` uses."""

    learning_rate: float

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None: ...


class SmallTraining:
    """Trains a network on the first ``training`` rows of ``x`` (N, inputs + 1), which end with a 1, and tests it on the
    others.

    ``t`` (N, outputs) are one-hot rows, or target values in a regression. ``optimizer``, ``batch_size``, ``dropout``
    and the factors ``l1`` and ``l2`` of the penalty λ1·Σ|w| + ½·λ2·Σw² may be changed between two updates; a new batch
    size takes effect with the next epoch. ``before`` are the parameters before the last update, ``used_rate`` is its
    learning rate.
    """

    optimizer: Optimizer
    batch_size = 10
    l1 = l2 = dropout = 0.0
    used_rate: float | None = None

    def __init__(
        self, network: SmallNetwork, x: np.ndarray, t: np.ndarray, training: int, order: np.random.Generator,
        noise: np.random.Generator,
    ) -> None:  # fmt: skip
        self.network, self.training = network, training
        self._x, self._t, self._order, self._noise = x, t, order, noise
        self._given = {"all": network.parameters}, {"all": network.gradients}
        self.before = network.parameters.copy()
        self._batches: list[tuple[np.ndarray, np.ndarray]] = []
        self._next = self.updates = self.epochs = 0

    @property
    def share(self) -> float:
        """The completed share of the current epoch, from 0 to below 1."""
        return self._next / len(self._batches) if self._next else 0.0

    def update(self) -> tuple[str, ...]:
        """Trains on the next batch and returns the names of the units that this completes: "update" and, at its end,
        "epoch". If the parameters would overflow, it changes nothing and returns "diverged".
        """
        if not self._next:
            self._deal_out()
        network = self.network
        np.copyto(self.before, network.parameters)
        network.backward(*self._batches[self._next], self.dropout, self._noise)
        if self.l1 or self.l2:
            # λ1·Σ|w| + ½·λ2·Σw² has the derivative λ1·sign(w) + λ2·w
            w = network.parameters * network.is_weight
            network.gradients += self.l1 * np.sign(w) + self.l2 * w
        self.optimizer.update(*self._given)
        # Written with 'not', since nan is not smaller than anything.
        if not network.parameters.dot(network.parameters) < _LARGEST:
            np.copyto(network.parameters, self.before)
            return ("diverged",)
        self.updates += 1
        self._next += 1
        self.used_rate = self.optimizer.learning_rate
        if self._next < len(self._batches):
            return ("update",)
        self._next = 0
        self.epochs += 1
        return ("update", "epoch")

    def _deal_out(self) -> None:
        """Shuffles the samples and divides them into the batches of the next epoch; the last one may be smaller."""
        order, size = self._order.permutation(self.training), self.batch_size
        x, t = self._x[order], self._t[order]
        self._batches = [(x[i : i + size], t[i : i + size]) for i in range(0, self.training, size)]

    def measure(self) -> tuple[dict[str, float], np.ndarray]:
        """The current losses and accuracies by name, and the outputs (N, outputs) for all rows; in a regression the
        accuracies are nan.
        """
        y, n = self.network.forward(self._x), self.training
        losses = self.network.losses_of(y, self._t)
        w = self.network.parameters[self.network.is_weight]
        found = {
            "train_loss": float(losses[:n].mean()),
            "test_loss": float(losses[n:].mean()),
            "penalty": float(self.l1 * np.abs(w).sum() + 0.5 * self.l2 * w.dot(w)),
        }
        if self.network.loss == "square":
            return {**found, "train_accuracy": np.nan, "test_accuracy": np.nan}, y
        right = y.argmax(axis=1) == self._t.argmax(axis=1)
        return {**found, "train_accuracy": float(right[:n].mean()), "test_accuracy": float(right[n:].mean())}, y
