"""Mini-batches: the examples of the next batch, and the number of updates and epochs done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.contract.api import Text, Unit, choice, integer, real

UNITS = (
    Unit("update", Text("update", context="counted"), Text("update", context="unit")),
    Unit("epoch", Text("epoch", context="counted"), Text("epoch", context="unit")),
)
"""The units in which a run by batches is counted, in the order of ``Batches.counts``."""


HOW_MANY = Text("How many images one update looks at.")
HOW_FAR = Text("How far one update goes; a change works from the next one on.")


def learning_rate(default: float, within: tuple[float, float], help: Text = HOW_FAR, **more: Any) -> Any:
    """The parameter field for the learning rate; with ``effect="live"`` it can be changed during a run."""
    return real(default, within, Text("Learning rate η"), help, step=1.1, scale="log", **more)


def batch_size(default: int, most: int, help: Text = HOW_MANY, **more: Any) -> Any:
    """The parameter field for the number of examples in a batch, from 1 to ``most``."""
    return integer(default, (1, most), Text("Batch size"), help, **more)


def initial_std(within: tuple[float, float], **more: Any) -> Any:
    """The parameter field for the standard deviation of the initial weights, 0.01 by default."""
    label = Text("Initial weight std")
    help = Text("How widely the weights scatter around 0 at the start.")
    return real(0.01, within, label, help, step=1.1, scale="log", **more)


def training_images(default: int, counts: Sequence[int], help: Text) -> Any:
    """The parameter field for the number of training images; its value is one of ``counts``, as text."""
    options = {str(count): Text("{count:,}")(count=count) for count in counts}
    return choice(str(default), options, Text("Training images"), help)


def nearest_row(updates: np.ndarray, update: float) -> int:
    """The index of the recorded update in ``updates`` (R,) nearest to ``update``."""
    return int(np.argmin(np.abs(updates - update)))


class Batches:
    """Deals out ``count`` examples in batches of ``size``, in an order that ``random`` draws anew for every epoch.

    ``rows`` are the examples of the next batch; call ``done`` after its update. The last batch of an epoch may be
    smaller.
    """

    def __init__(self, count: int, size: int, random: np.random.Generator) -> None:
        self.count, self.size = count, size
        self.per_epoch = -(-count // size)
        self.update = self.epoch = 0
        self._random = random
        self._order = random.permutation(count)

    @property
    def counts(self) -> tuple[int, int]:
        """The numbers of completed updates and completed epochs."""
        return self.update, self.epoch

    @property
    def rows(self) -> np.ndarray:
        """The indices of the examples in the next batch, (M,) with M at most ``size``."""
        start = self.update % self.per_epoch * self.size
        return self._order[start : start + self.size]

    def done(self) -> tuple[str, ...]:
        """Count an update; returns the units that it completed ("update", and "epoch" at the end of one)."""
        self.update += 1
        if self.update % self.per_epoch:
            return ("update",)
        self.epoch += 1
        self._order = self._random.permutation(self.count)
        return ("update", "epoch")
