"""The range test of `hyperparameters`: one network whose learning rate grows from batch to batch."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from engine.contract.api import Process, RandomStreams
from engine.data.digits import Digits
from engine.experiments.ch6_techniques.hyperparameters.params import (
    BATCH,
    HIGHEST_LOSS,
    RANGE_EPOCHS,
    RANGE_HIGH,
    RANGE_LOW,
    SIZES,
    HyperparametersFrame,
    HyperparametersParams,
    RangeTest,
)
from engine.experiments.ch6_techniques.hyperparameters.process import Search
from engine.experiments.shared.learning.batch_run import finite_update
from engine.experiments.shared.learning.batches import Batches
from engine.nn import SGD, he, schedules
from engine.nn.deep_network import deep_network

_REACH = 10
"""The number of batches on each side of a running mean; in this time the rate grows by a quarter of a power of ten."""


class RangeRun(Process):
    """The run of a range test: ``advance`` trains for one epoch, in which each batch has a larger rate than the one
    before.

    It ends after some epochs, or before a number would become infinite. Data, initial weights and batches are those of
    the search, whose trials are planned here but not trained.
    """

    def __init__(self, params: HyperparametersParams, streams: RandomStreams, train: Digits, test: Digits) -> None:
        self._search = Search(params, streams, train, test)
        (self._x, self._t), _ = self._search.data
        fresh = streams.further(0)
        self._network = deep_network(SIZES, "relu", he, fresh.weights)
        self._batches = Batches(len(self._t), BATCH, fresh.order)
        self._rates = schedules.range_rates(RANGE_LOW, RANGE_HIGH, RANGE_EPOCHS * self._batches.per_epoch)
        self._mark = 10.0**params.mark
        self._losses: list[float] = []
        self._optimizer = SGD(float(self._rates[0]))
        self._update = 0

    @property
    def counts(self) -> tuple[int, int]:
        return self._update, 0

    def advance(self) -> None:
        for _ in range(self._batches.per_epoch):
            if not self._learn():
                self.finished = True
                break
        self._update += 1
        self.finished = self.finished or self._update == RANGE_EPOCHS

    def change(self, path: str, value: object) -> None:
        """Keep the search's parameters up to date; no live parameter affects the range test."""
        self._search.change(path, value)

    def _learn(self) -> bool:
        """Train on one batch with its learning rate.

        If a number would not be finite, nothing is updated and False is returned.
        """
        rows = self._batches.rows
        self._optimizer.learning_rate = float(self._rates[len(self._losses)])
        with np.errstate(over="ignore", invalid="ignore"):
            loss, grads = self._network.gradients(self._x[rows], self._t[rows])
        if not math.isfinite(loss) or finite_update(self._optimizer.update, self._network.params, grads) is None:
            return False
        self._losses.append(loss)
        self._batches.done()
        return True

    def frame(self, heavy: bool) -> HyperparametersFrame:
        losses, rates = np.array(self._losses), self._rates[: len(self._losses)]
        steepest = schedules.steepest_fall(rates, losses, _REACH)
        found = RangeTest(
            planned=len(self._rates),
            mark=self._mark,
            rates=rates,
            losses=losses,
            means=schedules.smoothed(losses, _REACH),
            start=schedules.loss_at_start(losses, _REACH),
            steepest=steepest,
            harmful=schedules.rises_above_start(rates, losses, _REACH),
            times=None if steepest is None else self._mark / steepest,
            beyond=int(np.sum(losses > HIGHEST_LOSS)),
        )
        return replace(
            self._search.frame(heavy),
            update=self._update,
            counts=self.counts,
            events=("epoch",) if self._update else (),
            finished=self.finished,
            status=None,
            range_test=found,
        )
