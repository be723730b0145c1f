"""The run of `optimizer_race`: each update trains all learners, with regular measurements of the accuracy."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.contract.api import Process, Progress, RandomStreams
from engine.data.digits import SIDE, Digits
from engine.data.pixel_rows import PixelRows
from engine.experiments.ch6_techniques.optimizer_race import words as optimizer_race_words
from engine.experiments.ch6_techniques.optimizer_race.params import (
    CLASSES,
    EARLY,
    EARLY_LOOKS,
    EVERY,
    NEURONS,
    OptimizerRaceFrame,
    OptimizerRaceParams,
)
from engine.experiments.shared.learning.race import LEARNS, Learner, Race, Races
from engine.experiments.shared.learning.rate_schedule import RatePlan
from engine.nn import he
from engine.nn.deep_network import deep_network
from engine.nn.optimizers import Optimizer
from engine.nn.parameters import count_numbers

# So many training images are looked at, since all would take longer than the race.
_TRAIN_SAMPLE = 1000


def race_of(
    params: OptimizerRaceParams, optimizers: Sequence[Optimizer], streams: RandomStreams, train: Digits
) -> Race:
    """The race with one seed: all learners have the same initial weights and see the same batches."""
    sizes = (SIDE * SIDE, *[NEURONS] * params.layers, CLASSES)
    learners = [
        Learner(one, deep_network(sizes, "relu", he, streams.further(0).weights), optimizer.update)
        for one, optimizer in zip(params.optimizers, optimizers, strict=True)
    ]
    return Race(PixelRows(train.images), train.labels, params.batch_size, learners, streams.further(0).order)


class OptimizerRace(Process):
    """The training of several networks, each by another optimizer, for one seed or several. ``advance`` makes one
    update of every network; ``prepare`` must be called once before the first update.
    """

    def __init__(self, params: OptimizerRaceParams, streams: RandomStreams, train: Digits, test: Digits) -> None:
        self._params = params
        self._optimizers = [[params.optimizer(one) for one in params.optimizers] for _ in range(params.seeds)]
        self.races = Races(
            [race_of(params, those, streams.further(seed), train) for seed, those in enumerate(self._optimizers)]
        )
        self._set_rates = [params.rate(one) for one in params.optimizers]
        self._rate_plan = RatePlan(params.schedule, params.planned, len(params.optimizers))
        rows = streams.data.permutation(len(train.labels))[:_TRAIN_SAMPLE]
        self._train = PixelRows(train.images[rows]), train.labels[rows]
        self._test = PixelRows(test.images), test.labels
        self._events: tuple[str, ...] = ()
        self._early_leader: str | None = None

    @property
    def counts(self) -> tuple[int, ...]:
        return self.races.counts

    def prepare(self) -> Generator[Progress, None, None]:
        """Measures the accuracy before the first update, when all have the same weights."""
        yield from self.races.look(self._train, self._test, alike=True)

    def advance(self) -> Generator[Progress, None, None]:
        rates = self._rate_plan.rates(self.counts[0], self._set_rates)
        for those in self._optimizers:
            for optimizer, rate in zip(those, rates, strict=True):
                optimizer.learning_rate = rate
        self._events = yield from self.races.advance()
        self._rate_plan.done(self.counts[0])
        self.finished = self.races.all_lost
        update = self.counts[0]
        if update == EARLY:
            self._early_leader = _standing(self.races.fields())["ahead"]
        if update in EARLY_LOOKS or update % EVERY == 0 or self.finished:
            yield from self.races.look(self._train, self._test)

    def frame(self, heavy: bool) -> OptimizerRaceFrame:
        fields = self.races.fields()
        newest = fields["sample_test"][:, -1]
        params = self.races.races[0].learners[0].network.params
        frame = OptimizerRaceFrame(
            **fields,
            **_standing(fields),
            events=self._events,
            finished=self.finished,
            early_leader=self._early_leader,
            accuracy_range=float(np.max(newest) - np.min(newest)),
            parameters=count_numbers(params),
            test_count=len(self._test[1]),
            rates=self._rate_plan.state(self.counts[0], self._set_rates),
        )
        return replace(frame, status=optimizer_race_words.status(self._params, frame))


def _standing(fields: dict[str, Any]) -> dict[str, Any]:
    """The frame's fields about which learners are ahead and behind, and whose ranges of losses overlap."""
    names, losses, lost = fields["learners"], fields["mean_losses"], fields["lost_at"]
    least, most = np.min(fields["seed_losses"], axis=0), np.max(fields["seed_losses"], axis=0)
    # Comparisons with what is no number are false: who is lost overlaps with nobody.
    overlaps = (least[:, None] <= most[None]) & (least[None] <= most[:, None])
    found: dict[str, Any] = {"ahead": None, "behind": None, "overlaps": overlaps}
    if fields["update"]:
        if not all(math.isnan(loss) for loss in losses):
            found["ahead"] = names[int(np.nanargmin(losses))]
            found["behind"] = names[int(np.nanargmax(losses))]
        gone = np.flatnonzero(lost != LEARNS)
        if len(gone):
            found["behind"] = names[int(gone[np.argmin(lost[gone])])]
    return found
