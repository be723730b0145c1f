"""Longer ways of a run, gone in short slices, so that whoever follows one can look up in between and leave it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from time import perf_counter, thread_time
from typing import Any, Protocol

from engine.contract.experiment import Experiment
from engine.contract.run.protocol import NO_LIMIT, Answer, Progress, Request
from engine.contract.run.run import Run
from engine.contract.text.durations import duration
from engine.contract.text.text import Text
from engine.playing.slices import SLICE, Slices

QUIET = 0.1
"""Seconds on the way to a place after which it is told how far one has come."""
RECORDING, RECORDING_SHARE = 0.006, 0.15
"""Seconds, spread over the way to a place, and share of the time that frames for the record may take there."""
AHEAD, OVERTAKEN = 4, 8
"""Frames that may wait to be taken at full speed, and when a unit's end is reached. Some wait so that the picture goes
on moving while an experiment measures something for a few frames' time."""
EXACT_BACK = 64

_ON_THE_WAY = Text("Computing the run up to here: {done:,} of {count:,}")
_STILL = Text("{way}, about {time} left")


class Walker(Protocol):
    """Who goes a course: a player of a run, where it stands, and what it can be asked for."""

    experiment: Experiment[Any, Any]
    run: Run
    update: int
    counts: tuple[int, ...]
    finished: bool
    slices: Slices

    def answers(self, request: Request) -> Iterator[Answer]:
        """The answers to one request."""

    def slice(self, most: int, until: str | None) -> Iterator[Answer]:
        """Up to ``most`` updates, but no more than fit in a short time."""


class RunPlan(ABC):
    """What to do next of a run; a small value that may be sent to another process."""

    @abstractmethod
    def answers(self, player: Walker, waiting: Callable[[], int]) -> Iterator[Answer]:
        """Go, and say after every slice where the run stands, now and then with a frame or with progress.

        ``waiting()`` is how many of the frames given out were not taken yet.
        """


@dataclass(frozen=True)
class RunUntil(RunPlan):
    """To where ``count`` of the experiment's unit number ``unit`` are completed, or to the run's end.

    A place is meant, not a distance: a course that was left can be followed again. With ``recording`` frames are made
    on the way, at every update near the place and often before, as far as there is time for them, and at every edit;
    with ``telling`` progress is told when the way is long.
    """

    unit: int
    count: int
    recording: bool = False
    telling: bool = False

    def is_reached(self, update: int, counts: tuple[int, ...], finished: bool) -> bool:
        """Whether a run that stands there has come to the place."""
        return finished or counts[self.unit] >= self.count

    def answers(self, player: Walker, waiting: Callable[[], int]) -> Iterator[Answer]:
        making, made, began = 0.0, 0, perf_counter()
        told, from_count = began, player.counts[self.unit]
        unit = player.experiment.unit_ids[self.unit] if self.unit else None
        while not self._done(player):
            if self.recording:
                started = thread_time()
                frames = list(player.answers(Request()))
                making += thread_time() - started
                made += 1
                yield from frames
            end = player.update + self._next_stop(player, making / max(made, 1))
            before = player.counts[self.unit]
            while player.update < end and not player.finished and (unit is None or player.counts[self.unit] == before):
                yield from player.slice(end - player.update, unit)
                if self.telling and perf_counter() - told > QUIET:
                    told = perf_counter()
                    yield self._progress(player, (player.counts[self.unit] - from_count) / (told - began))

    def _done(self, player: Walker) -> bool:
        return self.is_reached(player.update, player.counts, player.finished)

    def _progress(self, player: Walker, per_second: float) -> Answer:
        done = player.counts[self.unit]
        words = _ON_THE_WAY(done=done, count=self.count)
        if per_second > 0:
            words = _STILL(way=words, time=duration(max(1.0, (self.count - done) / per_second)))
        # It may be stopped only while frames are kept on the way: otherwise there is none to show at the stop.
        progress = Progress(words, min(1.0, done / self.count) if self.count else None, stoppable=self.recording)
        return Answer(player.update, player.counts, player.finished, progress=progress)

    def _next_stop(self, player: Walker, making: float) -> int:
        """How many updates to do at once; a frame takes ``making`` seconds."""
        if self.unit != 0:
            return NO_LIMIT
        now = player.update
        left = self.count - now
        if not self.recording:
            return left
        affordable = (RECORDING + RECORDING_SHARE * left * player.slices.update_seconds) / max(making, 1e-9)
        apart = max(1, ceil(left / max(affordable, 1)))
        exact_from = max(0, self.count - EXACT_BACK)
        if now < exact_from:
            apart = min(max(apart, exact_from // EXACT_BACK), exact_from - now)
        edits = [change.at_update - now for change in player.run.journal if now < change.at_update <= self.count]
        return min(apart, left, *edits)


@dataclass(frozen=True)
class FullSpeed(RunPlan):
    """On and on, with a frame whenever one was taken, and at the ends of a unit that lasts long."""

    def answers(self, player: Walker, waiting: Callable[[], int]) -> Iterator[Answer]:
        while not player.finished:
            unit, before = _slow_unit(player), player.counts[-1]
            yield from player.slice(NO_LIMIT, unit)
            ended = unit is not None and player.counts[-1] > before
            if not player.finished and waiting() < (OVERTAKEN if ended else AHEAD):
                yield from player.answers(Request())


def _slow_unit(player: Walker) -> str | None:
    """The experiment's largest unit if it lasts longer than a frame on the screen, so that its ends are worth
    stopping at."""
    units = player.experiment.units
    if len(units) < 2:
        return None
    completed = player.counts[-1]
    long = completed == 0 or player.update / completed * player.slices.update_seconds >= 8 * SLICE
    return units[-1].id if long else None
