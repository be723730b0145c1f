"""Players, which play runs: ``Player`` plays one in this process. Run plans (parameter ``course``) say how far to
play.
"""

from __future__ import annotations

import dataclasses
import sys
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from math import ceil
from time import perf_counter, thread_time
from typing import Any, Protocol

from engine.contract.experiment import Amount, Experiment
from engine.contract.frame import Frame
from engine.contract.numerals import duration
from engine.contract.params import Params, fields_of
from engine.contract.protocol import NO_LIMIT, Answer, Progress, Request
from engine.contract.run import Change, Run
from engine.contract.text import Text
from engine.networks.kept import KeptNetwork

SLICE = 0.002
"""The seconds of work between two checks for requests."""


class Slices:
    """Adapts the size of a slice, the number of ``updates`` done between two checks for requests, so that it takes
    about ``SLICE`` seconds.
    """

    def __init__(self) -> None:
        self.updates = 1
        self.update_seconds = 0.0

    def measured(self, updates: int, seconds: float) -> None:
        """Records that ``updates`` updates took ``seconds``, and adapts the size of the next slice."""
        if updates < 1:
            return
        latest = seconds / updates
        self.update_seconds = 0.8 * self.update_seconds + 0.2 * latest if self.update_seconds else latest
        fitting = int(SLICE / max(self.update_seconds, 1e-9))
        self.updates = max(1, min(fitting, 2 * self.updates))


QUIET = 0.1
"""The seconds between two reports of progress."""
RECORDING, RECORDING_SHARE = 0.006, 0.15
"""The time that making recorded frames may take: so many seconds in total, plus this share of the computing time."""
AHEAD, OVERTAKEN = 4, 8
"""The maximum number of frames waiting to be shown at full speed: normally, and at the end of a slow unit. Some wait so
that the plots keep moving while an experiment computes a measurement for a few frames' time.
"""
EXACT_BACK = 64

_ON_THE_WAY = Text("Computing the run up to here: {done:,} of {count:,}")
_STILL = Text("{way}, about {time} left")


class Walker(Protocol):
    """The interface of a player that a run plan uses: its position, and the requests that it can be sent."""

    experiment: Experiment[Any, Any]
    run: Run
    update: int
    counts: tuple[int, ...]
    finished: bool
    slices: Slices

    def answers(self, request: Request) -> Iterator[Answer]:
        """Yields the answers to one request: any number with progress, the last without."""

    def slice(self, most: int, until: str | None) -> Iterator[Answer]:
        """Does up to ``most`` updates, or until a unit ``until`` is completed, but no more than fit in a short time."""


class RunPlan(ABC):
    """A plan for how far and with which frames a run is played; a small value that can be sent to another process."""

    @abstractmethod
    def answers(self, player: Walker, waiting: Callable[[], int]) -> Iterator[Answer]:
        """Plays by sending requests to ``player``. Yields an answer after every slice of work, sometimes with a frame
        or progress.

        ``waiting()`` returns how many of the yielded frames were not taken yet.
        """


@dataclass(frozen=True)
class RunUntil(RunPlan):
    """Plays until ``count`` of one of the experiment's units are completed (``unit`` is its index), or to the run's
    end.

    The target is an absolute position, so an interrupted plan can be followed again. With ``recording`` frames are made
    on the way: at every update near the end, before that as often as time allows, and at every edit. With ``telling``
    progress is yielded when it takes long.
    """

    unit: int
    count: int
    recording: bool = False
    telling: bool = False

    def is_reached(self, update: int, counts: tuple[int, ...], finished: bool) -> bool:
        """Whether a run with this state has reached the plan's target, or its own end."""
        return finished or counts[self.unit] >= self.count

    def answers(self, player: Walker, waiting: Callable[[], int]) -> Iterator[Answer]:
        making, made, began = 0.0, 0, perf_counter()
        # The time of this thread alone, except on Windows, where that clock ticks only every 15 ms.
        clock = perf_counter if sys.platform == "win32" else thread_time
        told, from_count = began, player.counts[self.unit]
        unit = player.experiment.unit_ids[self.unit] if self.unit else None
        while not self._done(player):
            if self.recording:
                started = clock()
                frames = list(player.answers(Request()))
                making += clock() - started
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
        # It may be stopped only if frames are recorded on the way: otherwise there is none to show where it stops.
        progress = Progress(words, min(1.0, done / self.count) if self.count else None, stoppable=self.recording)
        return Answer(player.update, player.counts, player.finished, progress=progress)

    def _next_stop(self, player: Walker, making: float) -> int:
        """The number of updates to do before the next frame, if making a frame takes ``making`` seconds."""
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
    """Plays to the end of the run as fast as possible. Makes a new frame whenever few are waiting to be shown, and
    whenever a unit that takes long, such as an epoch, is completed.
    """

    def answers(self, player: Walker, waiting: Callable[[], int]) -> Iterator[Answer]:
        while not player.finished:
            unit, before = _slow_unit(player), player.counts[-1]
            yield from player.slice(NO_LIMIT, unit)
            ended = unit is not None and player.counts[-1] > before
            if not player.finished and waiting() < (OVERTAKEN if ended else AHEAD):
                yield from player.answers(Request())


def _slow_unit(player: Walker) -> str | None:
    """The id of the experiment's largest unit if one takes longer than a frame on the screen, so that a frame is made
    when it is completed; else None.
    """
    units = player.experiment.units
    if len(units) < 2:
        return None
    completed = player.counts[-1]
    long = completed == 0 or player.update / completed * player.slices.update_seconds >= 8 * SLICE
    return units[-1].id if long else None


class ComputationFailed(Exception):
    """Raised when an experiment failed in another process; ``str`` of this exception is the error message, ``trace``
    the traceback there.
    """

    def __init__(self, words: str, trace: str) -> None:
        super().__init__(words)
        self.trace = trace


class Lost(Exception):
    """Raised when the process that played the run has ended; its state is lost."""


class RunPlayer(ABC):
    """Base of players: a run, and its state as of the last answer.

    ``params`` are the current parameters, live changes included. ``run`` records every change that is applied, so that
    replaying it always leads to the current state. ``is_elsewhere``: the work is done by another process.
    """

    is_elsewhere: bool = False

    def __init__(self, experiment: Experiment[Any, Any], run: Run) -> None:
        self.experiment = experiment
        self.run = run
        self.params: Params = run.params
        self.update = 0
        self.counts: tuple[int, ...] = (0,) * len(experiment.units)
        self.finished = False

    @property
    def is_lost(self) -> bool:
        """Whether the run's state is lost for good, so that no request can be answered."""
        return False

    @abstractmethod
    def answers(self, request: Request) -> Iterator[Answer]:
        """Yields the answers to one request: any number with progress, the last without.

        The iteration may be abandoned: the next request then first finishes the abandoned one, with its progress.
        """

    @abstractmethod
    def follow(
        self, course: RunPlan, waiting: Callable[[], int] = lambda: 0, is_wanted: Callable[[], bool] = lambda: True
    ) -> Generator[Answer, None, None]:
        """Plays as a run plan (``course``) says while ``is_wanted()``; answers without frame and progress may be left
        out.

        ``waiting()`` returns how many of the yielded frames were not taken yet.
        """

    @abstractmethod
    def come_back(self) -> None:
        """Stops a plan that was abandoned; afterwards ``update`` is the run's actual position. Call it after every
        abandoned plan.
        """

    @abstractmethod
    def close(self) -> None:
        """Ends the run; later requests raise RuntimeError."""

    def go(self, updates: int = 0, until: str | None = None, heavy: bool = False) -> Frame:
        """Plays up to ``updates`` more updates, or until a unit ``until`` is completed; waits and returns the frame."""
        *_, answer = self.answers(Request(updates, until, heavy=heavy))
        assert answer.frame is not None
        return answer.frame

    def go_by(self, amount: Amount | None, heavy: bool = False) -> Frame:
        """Plays ``amount`` more units, or for None to the end of the run; waits and returns the frame."""
        if amount is None:
            return self.go(NO_LIMIT, heavy=heavy)
        if amount.unit == self.experiment.units[0].id:
            return self.go(amount.count, heavy=heavy)
        for _ in range(amount.count):
            self.go(NO_LIMIT, until=amount.unit)
        return self.go(0, heavy=heavy)

    def network(self) -> KeptNetwork | None:
        """The current network, with the seed and number of updates that trained it; None if there is none."""
        *_, answer = self.answers(Request(frame=False, network=True))
        if answer.network is None:
            return None
        return dataclasses.replace(answer.network, seed=self.run.seed, updates=answer.update)

    def change(self, path: str, value: Any) -> None:
        """Applies a live change of ``path`` at the current update, and records it in the journal."""
        for _ in self.answers(Request(0, changes=((path, value),), frame=False)):
            pass


class Player(RunPlayer):
    """A player that plays the run in this process."""

    def __init__(self, experiment: Experiment[Any, Any], run: Run) -> None:
        super().__init__(experiment, run)
        self.slices = Slices()
        self._generator = experiment.start(run.params, run.seed)
        self._due = list(run.journal)
        self._begun = False
        self._unfinished: Iterator[Answer] | None = None

    def answers(self, request: Request) -> Iterator[Answer]:
        """Yields the answers to one request; a journalled change is applied as soon as its update is reached."""
        if self._unfinished is not None:
            yield from (answer for answer in self._finish() if answer.progress is not None)
        self._unfinished = self._work_on(request)
        yield from self._finish()

    def slice(self, most: int, until: str | None = None) -> Iterator[Answer]:
        """Does up to ``most`` updates, or until a unit ``until`` is completed, but no more than fit in a short time."""
        before, began = self.update, perf_counter()
        yield from self.answers(Request(min(most, self.slices.updates), until, frame=False))
        self.slices.measured(self.update - before, perf_counter() - began)

    def follow(
        self, course: RunPlan, waiting: Callable[[], int] = lambda: 0, is_wanted: Callable[[], bool] = lambda: True
    ) -> Generator[Answer, None, None]:
        """Plays as a run plan (``course``) says until ``is_wanted()`` is false."""
        for answer in course.answers(self, waiting):
            yield answer
            if not is_wanted():
                return

    def _finish(self) -> Iterator[Answer]:
        """Yields the remaining answers to the current request. Closing this iterator leaves the request to be continued
        later.
        """
        assert self._unfinished is not None
        for answer in self._unfinished:  # noqa: UP028 - yield from would close it
            yield answer
        self._unfinished = None

    def _work_on(self, request: Request) -> Iterator[Answer]:
        if not self._begun:
            self._begun = True
            yield from self._exchange(None)
        new = tuple(request.changes)
        if new:
            added = tuple(Change(self.update, path, value) for path, value in new)
            self.run = dataclasses.replace(self.run, journal=(*self._standing(new), *added))
            self._due = sorted([*self._due, *added], key=lambda change: change.at_update)
        left = request.updates
        while left > 0 and not self.finished:
            now = self._take_due()
            chunk = min(left, self._due[0].at_update - self.update) if self._due else left
            before = self.counts
            yield from self._exchange(Request(chunk, request.until, now, frame=False))
            left -= chunk
            if request.until is not None and self._completed(request.until, before):
                break
        answer = yield from self._exchange(
            Request(0, None, self._take_due(), request.frame, request.heavy, request.network)
        )
        yield answer

    def come_back(self) -> None:
        """Does nothing: the state of a run in this process is always known."""

    def close(self) -> None:
        """Ends the run; later requests raise RuntimeError."""
        self._generator.close()

    def _standing(self, new: tuple[tuple[str, Any], ...]) -> Iterator[Change]:
        """The journal without the entries that the changes ``new`` replace: of several changes of a parameter at one
        update only the last is kept.

        Otherwise a stroke that is being drawn would add an entry with every move of the pen.
        """
        replaced = {path for path, _ in new} & set(fields_of(type(self.params)))
        for change in self.run.journal:
            if change.at_update != self.update or change.path not in replaced:
                yield change

    def _take_due(self) -> tuple[tuple[str, Any], ...]:
        count = bisect_right(self._due, self.update, key=lambda change: change.at_update)
        now, self._due = self._due[:count], self._due[count:]
        changes = []
        for change in now:
            value = change.value
            if change.path in fields_of(type(self.params)):
                value = self.params.value_of(change.path, value)
                self.params = self.params.replaced({change.path: value})
            changes.append((change.path, value))
        return tuple(changes)

    def _completed(self, unit: str, before: tuple[int, ...]) -> bool:
        index = self.experiment.unit_ids.index(unit)
        return self.counts[index] > before[index]

    def _exchange(self, message: Request | None) -> Generator[Answer, None, Answer]:
        answer = self._generator.send(message)
        while answer.progress is not None:
            yield answer
            answer = self._generator.send(None)
        self.update, self.counts, self.finished = answer.update, answer.counts, answer.finished
        return answer


def opened(experiment: Experiment[Any, Any], params: Params | None = None, seed: int = 0) -> tuple[Player, Frame]:
    """Makes a player, plays to the experiment's opening position, and returns it with the frame there. Without
    ``params`` the defaults are used.
    """
    player = Player(experiment, Run(experiment.id, params or experiment.params_type(), seed))
    return player, player.go_by(experiment.way_to_opening(player.params))
