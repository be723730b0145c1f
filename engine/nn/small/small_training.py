"""How a small network learns: batches in a new order for every epoch, penalties on its weights, and its losses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from engine.nn.small.small_network import SmallNetwork

_LARGEST = 1e8
"""The square of the length of all parameters from which on a run has diverged: no sum has left the format by then."""


class Optimizer(Protocol):
    """What a training asks of an optimizer."""

    learning_rate: float

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None: ...


class SmallTraining:
    """Learns from the first ``training`` rows of ``x`` (N, inputs + 1), which end with a 1, and tests with the others.

    ``t`` (N, outputs) are one-hot rows or heights. ``optimizer``, ``batch_size``, ``dropout`` and the factors ``l1``
    and ``l2`` of the penalty λ1·Σ|w| + ½·λ2·Σw² may be changed between two updates; a new batch size works from the
    next epoch on. ``before`` are the parameters before the newest update, ``used_rate`` is its learning rate.
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

    def update(self) -> tuple[str, ...]:
        """Learn from the next batch, and say what was completed; "diverged", and nothing is changed, where the
        parameters would grow beyond all bounds.
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
        # What is not a number is not smaller than anything.
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
        """The batches of the next epoch, in a new order; the last one has what is left."""
        order, size = self._order.permutation(self.training), self.batch_size
        x, t = self._x[order], self._t[order]
        self._batches = [(x[i : i + size], t[i : i + size]) for i in range(0, self.training, size)]

    def measure(self) -> tuple[dict[str, float], np.ndarray]:
        """The losses and accuracies as they are now, and the outputs (N, outputs) for all rows; heights have no
        accuracies, but nan.
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
