"""A fair race: learners that differ in one thing, and have the same data and batches and, where possible, the same
initial weights.

Shared by all experiments that compare learners. ``Races`` is one race repeated with several seeds.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Protocol

import numpy as np

from engine.contract.api import Frame, Measure, Progress, Table, Text, quantity, table_of
from engine.contract.history import History
from engine.data.pixel_rows import PixelRows
from engine.experiments.shared.learning.batch_run import MEAN_OF, ROWS, Update, answering, finite_update, share_right
from engine.experiments.shared.learning.batches import Batches
from engine.nn.network import Network
from engine.nn.parameters import add_decay

LEARNS = -1
LEARNING = Text("Training", context="now")
_SLICE = 1000
_PIECE = 0.015
"""The seconds of work between two yields of progress when several races run together."""

Examples = np.ndarray | PixelRows


class Altered(Protocol):
    """Examples that are augmented anew at every access."""

    def __getitem__(self, rows: np.ndarray, /) -> np.ndarray: ...


class RaceFrame(Frame):
    """The curves of a race: L learners in the given order, R recorded rows, S measurements of the accuracy.

    ``losses`` are those of the newest batch before its update, ``mean_losses`` the means over the newest batches, at
    most 20. Both are NaN before the first update, and for a learner that was lost (its numbers were no longer finite)
    at the update ``lost_at``; this is −1 for a learner that still learns. ``seconds`` is the computing time of each
    learner's updates up to each recorded row.

    With one seed, ``loss_minimum`` and ``loss_maximum`` are those of the batches of a row. With several ``seeds``, all
    curves are means over the seeds. Then ``loss_minimum`` and ``loss_maximum`` are the extremes of the seeds' mean
    losses, ``test_minimum`` and ``test_maximum`` those of their test accuracies. ``seed_losses`` has the mean losses
    for each seed, and ``newest_losses`` the N newest losses with the first seed, NaN for lost learners.
    """

    learners: tuple[str, ...]
    seeds: int
    losses: np.ndarray  # (L,)
    mean_losses: np.ndarray  # (L,)
    seed_losses: np.ndarray  # (seeds, L)
    newest_losses: np.ndarray  # (L, N)
    lost_at: np.ndarray  # (L,)
    loss_updates: np.ndarray  # (R,)
    loss_minimum: np.ndarray  # (L, R)
    loss_maximum: np.ndarray  # (L, R)
    loss_mean: np.ndarray  # (L, R)
    seconds: np.ndarray = quantity("s", measured=True)  # (L, R)
    sample_updates: np.ndarray  # (S,)
    sample_train: np.ndarray  # (L, S)
    sample_test: np.ndarray  # (L, S)
    test_minimum: np.ndarray  # (L, S)
    test_maximum: np.ndarray  # (L, S)
    updates_per_epoch: int


@dataclass(frozen=True, eq=False)
class Learner:
    """A network and how it learns.

    ``update`` is the method of an optimizer, ``decay`` the λ of weight decay; losses do not include the penalty of
    weight decay. With ``sees_altered`` it learns from the augmented examples of its race.
    """

    name: str
    network: Network
    update: Update
    decay: float = 0.0
    sees_altered: bool = False


class Race:
    """Trains every learner on the same batches of ``x`` (N, …) with labels ``t`` (N,), one update at a time.

    ``altered`` gives the same examples in the same order, augmented anew at every access. All learners that use it see
    the same augmented batch.

    A learner whose loss or parameters would not be finite any more is lost: it keeps its last state, and the others go
    on.
    """

    def __init__(
        self,
        x: Examples,
        t: np.ndarray,
        size: int,
        learners: Sequence[Learner],
        random: np.random.Generator,
        altered: Altered | None = None,
    ) -> None:
        self._x, self._t, self.learners, self._altered = x, t, tuple(learners), altered
        self.batches = Batches(len(t), size, random)
        count = len(self.learners)
        self.lost_at = np.full(count, LEARNS)
        self.seconds = np.zeros(count)
        self._losses = np.full(count, math.nan)
        self._newest: list[deque[float]] = [deque(maxlen=MEAN_OF) for _ in range(count)]
        names = tuple(str(number) for number in range(count))
        self._raw, self._means, self._spent = (History(names, ROWS) for _ in range(3))
        self._train, self._test = History(names, ROWS), History(names, ROWS)

    @property
    def counts(self) -> tuple[int, int]:
        """The numbers of completed updates and completed epochs."""
        return self.batches.counts

    @property
    def all_lost(self) -> bool:
        """Whether all learners are lost."""
        return bool(np.all(self.lost_at != LEARNS))

    def advance(self) -> tuple[str, ...]:
        """Update every learner once, all on the same batch.

        Returns the units that this completed ("update", "epoch"), and "lost" if a learner was lost.
        """
        rows = self.batches.rows
        x, t = self._x[rows], self._t[rows]
        altered = x if self._altered is None else self._altered[rows]
        lost = False
        for number, learner in enumerate(self.learners):
            if self.lost_at[number] == LEARNS:
                began = perf_counter()
                loss = _learn(learner, altered if learner.sees_altered else x, t)
                self.seconds[number] += perf_counter() - began
                lost |= loss is None
                self._note(number, loss)
        events = self.batches.done()
        self._raw.append(self.batches.update, *self._losses)
        self._means.append(self.batches.update, *self.mean_losses)
        self._spent.append(self.batches.update, *self.seconds)
        return (*events, "lost") if lost else events

    @property
    def mean_losses(self) -> np.ndarray:
        """The mean of each learner's newest losses, at most 20: (L,). NaN before the first update and for a lost
        learner.
        """
        means = [sum(newest) / len(newest) if newest else math.nan for newest in self._newest]
        return np.where(self.lost_at == LEARNS, means, math.nan)

    def accuracies(self, x: Examples, t: np.ndarray) -> np.ndarray:
        """The accuracy of every learner on ``x`` (N, …) with labels ``t`` (N,): (L,)."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.array([learner.network.accuracy(x, t, _SLICE) for learner in self.learners])

    def look(
        self, train: tuple[Examples, np.ndarray], test: tuple[Examples, np.ndarray], alike: bool = False
    ) -> Generator[Progress, None, None]:
        """Measure and record the accuracies on training and test data, learner after learner; yields its progress.

        If all networks are ``alike``, as before the first update, only the first is measured and its result is used for
        all.
        """
        shares: tuple[list[float], list[float]] = ([], [])
        for learner in self.learners[:1] if alike else self.learners:
            for found, (x, t) in zip(shares, (train, test), strict=True):
                found.append(share_right((yield from answering(learner.network, x, _SLICE)), t))
        self.sampled(*(np.resize(found, len(self.learners)) for found in shares))

    def sampled(self, train: np.ndarray, test: np.ndarray) -> None:
        """Record the learners' accuracies on training and on test data, (L,) each."""
        self._train.append(self.batches.update, *train)
        self._test.append(self.batches.update, *test)

    def fields(self) -> dict[str, Any]:
        """The values of a ``RaceFrame`` by field name."""
        raw = [self._raw.curve(name) for name in self._raw.names]
        means = np.array([self._means.curve(name).last for name in self._means.names])
        spent = [self._spent.curve(name).last for name in self._spent.names]
        train, test = ([history.curve(name) for name in history.names] for history in (self._train, self._test))
        return {
            "update": self.batches.update,
            "counts": self.counts,
            "learners": tuple(learner.name for learner in self.learners),
            "seeds": 1,
            "losses": self._losses.copy(),
            "mean_losses": self.mean_losses,
            "seed_losses": self.mean_losses[None],
            "newest_losses": self._newest_losses(),
            "lost_at": self.lost_at.copy(),
            "seconds": np.array(spent),
            "loss_updates": raw[0].updates,
            "loss_minimum": np.array([curve.minimum for curve in raw]),
            "loss_maximum": np.array([curve.maximum for curve in raw]),
            "loss_mean": means,
            "sample_updates": train[0].updates,
            "sample_train": np.array([curve.last for curve in train]),
            "sample_test": (shares := np.array([curve.last for curve in test])),
            "test_minimum": shares,
            "test_maximum": shares,
            "updates_per_epoch": self.batches.per_epoch,
        }

    def _newest_losses(self) -> np.ndarray:
        """The losses (L, N) over which ``mean_losses`` are the means; N is at most 20."""
        nothing = [math.nan] * min(self.batches.update, MEAN_OF)
        lost = self.lost_at != LEARNS
        return np.array([nothing if gone else list(newest) for gone, newest in zip(lost, self._newest, strict=True)])

    def _note(self, number: int, loss: float | None) -> None:
        """Store the loss of a learner's update; None means that the learner was lost."""
        if loss is None:
            self.lost_at[number] = self.batches.update
            self._losses[number] = math.nan
        else:
            self._losses[number] = loss
            self._newest[number].append(loss)


class Races:
    """One race with several seeds, run in parallel: curves are means over the seeds, bands their extremes.

    Learners and batch sizes are the same in all races, only the random draws differ.
    """

    def __init__(self, races: Sequence[Race]) -> None:
        self.races = tuple(races)

    @property
    def counts(self) -> tuple[int, int]:
        """The numbers of completed updates and completed epochs of each race, the same in all."""
        return self.races[0].counts

    @property
    def all_lost(self) -> bool:
        """Whether all learners in all races are lost."""
        return all(race.all_lost for race in self.races)

    def advance(self) -> Generator[Progress, None, tuple[str, ...]]:
        """Update every learner once in every race; yields progress after about every 15 ms of work.

        Returns the units that this completed ("update", "epoch"), and "lost" if a learner was lost.
        """
        events: tuple[str, ...] = ()
        began = perf_counter()
        for race in self.races:
            if perf_counter() - began > _PIECE:
                yield Progress(LEARNING)
                began = perf_counter()
            events = tuple(dict.fromkeys((*events, *race.advance())))
        return events

    def look(
        self, train: tuple[Examples, np.ndarray], test: tuple[Examples, np.ndarray], alike: bool = False
    ) -> Generator[Progress, None, None]:
        """Measure and record the accuracies in all races; yields its progress.

        If the networks of a race are all ``alike``, only the first of each race is measured.
        """
        for race in self.races:
            yield from race.look(train, test, alike)

    def fields(self) -> dict[str, Any]:
        """The values of a ``RaceFrame`` by field name, for all races together."""
        if len(self.races) == 1:
            return self.races[0].fields()
        each = [race.fields() for race in self.races]
        found = {**each[0], "seeds": len(each)}
        stacks = {name: np.array([fields[name] for fields in each]) for name in _OF_SEEDS}
        found |= {name: np.mean(stack, axis=0) for name, stack in stacks.items()}
        found["seed_losses"] = stacks["mean_losses"]
        for name, low, high in (("loss_mean", "loss_minimum", "loss_maximum"),
                                ("sample_test", "test_minimum", "test_maximum")):  # fmt: skip
            found[low], found[high] = np.min(stacks[name], axis=0), np.max(stacks[name], axis=0)
        # Lost with one seed, there is no mean any more.
        lost = np.array([fields["lost_at"] for fields in each])
        first = np.min(np.where(lost == LEARNS, np.iinfo(lost.dtype).max, lost), axis=0)
        found["lost_at"] = np.where(np.all(lost == LEARNS, axis=0), LEARNS, first)
        return found


_OF_SEEDS = ("losses", "mean_losses", "loss_mean", "seconds", "sample_train", "sample_test")
"""The fields of a ``RaceFrame`` that are averaged over the seeds."""


def _learn(learner: Learner, x: np.ndarray, t: np.ndarray) -> float | None:
    """Update a learner once and return the loss before the update.

    If the loss, a gradient or a parameter would not be finite, nothing is updated and None is returned.
    """
    # Numbers beyond the format are found out here; NumPy need not warn of them.
    with np.errstate(over="ignore", invalid="ignore"):
        loss, grads = learner.network.gradients(x, t)
        if learner.decay:
            add_decay(grads, learner.network.params, learner.decay)
        if not math.isfinite(loss) or finite_update(learner.update, learner.network.params, grads) is None:
            return None
    return loss


RACE_MEASURES = (Measure("loss"), Measure("test_accuracy", best="highest"))
"""The measures by which two races are compared: columns of the tables that ``race_tables`` returns."""


def race_tables(frame: RaceFrame, names: Mapping[str, Text]) -> tuple[Table, ...]:
    """The tables of a race's curves: loss, training accuracy and test accuracy, with a column for every learner.

    ``names`` has the column labels by learner.
    """
    update = Text("update")
    columns = {
        "loss": (Text("mean loss of 20"), frame.loss_updates, frame.loss_mean),
        "train_accuracy": (Text("training accuracy"), frame.sample_updates, frame.sample_train),
        "test_accuracy": (Text("test accuracy"), frame.sample_updates, frame.sample_test),
    }
    return tuple(
        table_of(
            table,
            label,
            update=(updates, update),
            **{name: (row, names[name]) for name, row in zip(frame.learners, values, strict=True)},
        )
        for table, (label, updates, values) in columns.items()
    )
