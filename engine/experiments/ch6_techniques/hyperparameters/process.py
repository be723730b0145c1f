"""The run of the experiment `hyperparameters`: small networks learn one after another, each with its own learning rate
and weight decay.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from engine.contract.api import Process, Progress, RandomStreams
from engine.data.digits import Digits
from engine.data.pixel_rows import PixelRows
from engine.experiments.ch6_techniques.hyperparameters.params import (
    BATCH,
    BEST,
    MOST_TRIALS,
    MOST_VALIDATION,
    SAMPLES,
    SIZES,
    HyperparametersFrame,
    HyperparametersParams,
)
from engine.experiments.ch6_techniques.hyperparameters.words import status_of
from engine.experiments.shared.learning.batch_run import accuracies, answers
from engine.experiments.shared.learning.race import LEARNS, Learner, Race
from engine.nn import SGD, he
from engine.nn import hyperparameter_search as searching
from engine.nn.deep_network import deep_network
from engine.nn.hyperparameter_search import grid_search, linear_scale, log_scale, random_search
from engine.nn.network import Network


@dataclass(frozen=True)
class Planned:
    """A planned trial; ``key`` identifies it within a run and begins with the kind of search."""

    key: tuple[object, ...]
    rate: float
    decay: float


class Plans:
    """Plans the trials for all parameters that may change during a run.

    The random values of a trial do not depend on the number of trials, so that more can be added.
    """

    def __init__(self, most: int, random: np.random.Generator) -> None:
        self._drawn = random_search(most, random)
        self._order = random.uniform(size=most)

    def plan(self, params: HyperparametersParams) -> tuple[Planned, ...]:
        """All trials in the order in which they learn; two searches take turns."""
        rows = [self._search(params, search) for search in params.searches]
        return tuple(trial for turn in zip(*rows, strict=True) for trial in turn)

    def _search(self, params: HyperparametersParams, search: str) -> list[Planned]:
        """The trials of one kind of search, "random" or "grid", in order."""
        count = params.count
        keys: list[tuple[object, ...]]
        shares, keys = self._drawn[:count], [("random", place) for place in range(count)]
        if search == "grid":
            # In an order by chance, or a search that is stopped early would have seen one side only.
            order = np.argsort(self._order[:count])
            shares, keys = grid_search(math.isqrt(count))[order], [("grid", count, place) for place in order.tolist()]
        scale = linear_scale if params.pitfall == "linear" else log_scale
        rates, decays = scale(shares[:, 0], *params.rate_range), scale(shares[:, 1], *params.decay_range)
        return [Planned(*one) for one in zip(keys, rates.tolist(), decays.tolist(), strict=True)]


Data = tuple[np.ndarray, np.ndarray]


class Trial:
    """One network that learns by SGD with weight decay.

    All trials of a run have the same initial weights and the same batches, so that they differ only in rate and decay.
    ``curves`` (2, epochs + 1) are its accuracies on training and validation data, NaN for epochs to come.
    """

    def __init__(self, rate: float, decay: float, epochs: int, data: tuple[Data, Data], streams: RandomStreams) -> None:
        self._data = data
        fresh = streams.further(0)
        self.network: Network = deep_network(SIZES, "relu", he, fresh.weights)
        learner = Learner("trial", self.network, SGD(rate).update, decay)
        self._race: Race | None = (race := Race(*data[0], BATCH, [learner], fresh.order))
        self.lost = False
        self.epochs = 0
        self.curves = np.full((2, epochs + 1), math.nan)
        self._look(race)

    @property
    def is_done(self) -> bool:
        """Whether the network has learned for all epochs."""
        return self._race is None

    def epoch(self) -> None:
        """Train for one epoch and measure the accuracies."""
        race = self._race
        assert race is not None, "a trial that is done does not go on"
        for _ in range(race.batches.per_epoch):
            race.advance()
        self.lost = bool(race.lost_at[0] != LEARNS)
        self.epochs += 1
        self._look(race)
        if self.epochs == self.curves.shape[1] - 1:
            # Its network may be asked for the test; the rest is not needed any more.
            self._race = None

    def _look(self, race: Race) -> None:
        """Measure the accuracies on training and validation data."""
        self.curves[:, self.epochs] = [race.accuracies(*data)[0] for data in self._data]


class Search(Process):
    """The run of a search: ``advance`` trains one trial for one epoch.

    Trials are cached, so that changing their number does not train any of them again.
    """

    def __init__(self, params: HyperparametersParams, streams: RandomStreams, train: Digits, test: Digits) -> None:
        self._params, self._streams, self._test = params, streams, test
        rows = streams.data.permutation(len(train.labels))[:SAMPLES]
        x, t = PixelRows(train.images[rows])[:], train.labels[rows].astype(np.int64)
        apart = params.validation
        self.data = (x[apart:], t[apart:]), (x[:apart], t[:apart])
        self._plans = Plans(MOST_TRIALS, streams.noise)
        self._tosses = streams.order.random((MOST_TRIALS, MOST_VALIDATION)) < 0.5
        self._trials: dict[tuple[object, ...], Trial] = {}
        self._plan = self._plans.plan(params)
        self._update = self._test_reads = 0
        self._tested: tuple[tuple[object, ...], float] | None = None
        self._events: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, int]:
        return self._update, sum(trial.is_done for trial in self._trials.values())

    # Learning

    def advance(self) -> Generator[Progress, None, None] | None:
        planned = next(one for one in self._plan if not self._is_done(one))
        if planned.key not in self._trials:
            epochs = self._params.epochs
            self._trials[planned.key] = Trial(planned.rate, planned.decay, epochs, self.data, self._streams)
        self._trials[planned.key].epoch()
        self._update += 1
        self._events = ("epoch", "trial") if self._is_done(planned) else ("epoch",)
        return self._end() if self._has_ended() else None

    def change(self, path: str, value: object) -> Generator[Progress, None, None] | None:
        self._params = self._params.replaced({path: value})
        self._plan = self._plans.plan(self._params)
        self.finished = False
        return self._end() if self._has_ended() else None

    def _is_done(self, planned: Planned) -> bool:
        return planned.key in self._trials and self._trials[planned.key].is_done

    def _has_ended(self) -> bool:
        """Whether all planned trials are done; with ``stop``, whether no trial is unfinished and at
        least one is done.
        """
        done = [self._is_done(one) for one in self._plan]
        under_way = any(one.key in self._trials for one in self._plan if not self._is_done(one))
        return all(done) or (self._params.stop and any(done) and not under_way)

    def _end(self) -> Generator[Progress, None, None]:
        """Measure the best trial's accuracy on the test data, unless that was done before; yields progress."""
        best = self._plan[self._ranking()[0]].key
        if self._tested is None or self._tested[0] != best:
            test = {"test": (PixelRows(self._test.images), self._test.labels)}
            shares = yield from accuracies(partial(answers, self._trials[best].network), test)
            self._tested = best, shares["test"]
            self._test_reads += 1
        self.finished = True

    def _ranking(self) -> list[int]:
        """The indices in the plan of the finished trials, the best first; of equal ones the earlier comes first."""
        done = [place for place, one in enumerate(self._plan) if self._is_done(one)]
        return sorted(done, key=lambda place: -self._trials[self._plan[place].key].curves[1, -1])

    # What is shown

    def frame(self, heavy: bool) -> HyperparametersFrame:
        params, plan, ranking = self._params, self._plan, self._ranking()
        trials = [self._trials.get(one.key) for one in plan]
        unknown = np.full((2, params.epochs + 1), math.nan)
        curves = np.array([unknown if trial is None else trial.curves for trial in trials])
        rates, decays = np.array([one.rate for one in plan]), np.array([one.decay for one in plan])
        on_grid = np.array([one.key[0] == "grid" for one in plan])
        train, validation = curves[:, :, -1].T
        rows = [validation[on_grid == (one == "grid")] for one in params.searches]
        best = ranking[0] + 1 if ranking else 0
        opened = min(params.selected, len(plan)) or best
        luck = np.mean(self._tosses[: params.count, : params.validation], axis=1)
        frame = HyperparametersFrame(
            update=self._update,
            counts=self.counts,
            events=self._events,
            finished=self.finished,
            rates=rates,
            decays=decays,
            on_grid=on_grid,
            validation=validation,
            train=train,
            lost=np.array([trial is not None and trial.lost for trial in trials]),
            planned=len(plan),
            done=len(ranking),
            learning=next((n for n, trial in enumerate(trials, 1) if trial and not trial.is_done), 0),
            searches=params.searches,
            random_rates=len(set(rates[~on_grid].tolist())),
            grid_rates=len(set(rates[on_grid].tolist())),
            so_far=np.array([np.where(np.isnan(row), math.nan, np.fmax.accumulate(row)) for row in rows]),
            best_of_search=np.array([np.fmax.reduce(row) for row in rows]),
            ranking=np.array(ranking[:BEST], dtype=int) + 1,
            ranked_curves=curves[ranking[:BEST]],
            **self._best(ranking, validation),
            opened=opened,
            opened_curves=curves[opened - 1] if opened else unknown,
            **_links(rates, decays, validation),
            top_share=searching.top_share(*params.rate_range, params.pitfall == "linear"),
            top_count=int(np.sum(np.log10(rates) >= params.rate_range[1] - 1 - 1e-9)),
            chance_of_best=searching.chance_of_best(params.count),
            luck_scores=luck,
            luck_best=float(np.max(luck)),
            luck_expected=searching.best_by_luck(params.count, params.validation),
        )
        return replace(frame, status=status_of(params, frame))

    def _best(self, ranking: Sequence[int], validation: np.ndarray) -> dict[str, Any]:
        """The frame's fields about the best trial; its test accuracy is None until the search has ended."""
        names = ("best", "best_rate", "best_decay", "best_validation", "test_accuracy", "flattery")
        found: dict[str, Any] = {**dict.fromkeys(names), "test_reads": self._test_reads}
        if ranking:
            one, score = self._plan[ranking[0]], float(validation[ranking[0]])
            found |= dict(zip(names, (ranking[0] + 1, one.rate, one.decay, score), strict=False))
            if self.finished and self._tested is not None:
                found |= {"test_accuracy": self._tested[1], "flattery": score - self._tested[1]}
        return found


def _links(rates: np.ndarray, decays: np.ndarray, validation: np.ndarray) -> dict[str, Any]:
    """The frame's fields on how the accuracy of the finished trials correlates with rate and decay."""
    done = np.isfinite(validation)
    rate, decay = (searching.rank_link(values[done], validation[done]) for values in (rates, decays))
    # Either comparison is false where a number is missing.
    decided = "rate" if rate > decay else "decay" if decay > rate else None
    return {"rate_link": rate, "decay_link": decay, "decided_by": decided}
