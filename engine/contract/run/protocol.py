"""How a runner and an experiment talk: requests go in, answers come out, of one suspended generator.

Law: the frame at update n does not depend on how n was divided into requests.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from engine.contract.output.frame import Frame
from engine.contract.text.text import Text
from engine.networks.kept import KeptNetwork

NO_LIMIT = 10**12
"""As many updates as will ever be asked for."""


@dataclass(frozen=True)
class Request:
    """Do up to ``updates`` updates, stopping early where a unit named ``until`` is completed.

    ``changes`` are (path, value) pairs put in before the first of them; ``frame`` asks for a frame afterwards,
    ``heavy`` for one with its heavy fields, ``network`` for the network as it stands then, to be kept.
    """

    updates: int = 0
    until: str | None = None
    changes: tuple[tuple[str, Any], ...] = ()
    frame: bool = True
    heavy: bool = False
    network: bool = False


@dataclass(frozen=True)
class Progress:
    """Loading or evaluating: no step, and passed over by Back. ``fraction`` is from 0 to 1, or None if unknown.

    ``stoppable``: one may stay at what is reached by then.
    """

    text: Text
    fraction: float | None = None
    stoppable: bool = False


@dataclass(frozen=True)
class Answer:
    """Where the run stands; ``frame`` if one was asked for, ``progress`` while the request is still being worked on,
    ``network`` if one was asked for and there is one.

    After an answer with ``progress`` the generator is sent None to go on with the same request.
    """

    update: int
    counts: tuple[int, ...]
    finished: bool
    frame: Frame | None = None
    progress: Progress | None = None
    network: KeptNetwork | None = None


Steps = Generator[Answer, Request | None, None]


class Process(ABC):
    """The state of a run, changed in place by ``advance``; the simple way to write an experiment.

    ``counts`` holds the completed units in the order of the experiment's ``units``; the first is the update itself.
    ``advance`` and ``change`` take less than 50 ms, or are generators that yield ``Progress`` at least that often.
    """

    finished: bool = False

    @property
    @abstractmethod
    def counts(self) -> tuple[int, ...]:
        """Completed units so far, the updates first."""

    @abstractmethod
    def advance(self) -> Generator[Progress, None, None] | None:
        """Do one update; never called once ``finished``."""

    @abstractmethod
    def frame(self, heavy: bool) -> Frame:
        """The whole picture of now."""

    def kept_network(self) -> KeptNetwork | None:
        """The network as it stands now, to be kept, its arrays copied; None where there is none.

        An experiment whose processes give one says so by ``keeps_network``.
        """
        return None

    def change(self, path: str, value: Any) -> Generator[Progress, None, None] | None:
        """Put a live change in; a path that is not understood is an error of the caller."""
        raise KeyError(path)


class Still(Process):
    """A single frame: there is nothing to go on with."""

    finished = True

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    @property
    def counts(self) -> tuple[int, ...]:
        return self._frame.counts or (0,)

    def advance(self) -> None:
        raise RuntimeError("a single frame has no updates")

    def frame(self, heavy: bool) -> Frame:
        return self._frame


Begin = Callable[[], "Process | Generator[Progress, None, Process]"]


def drive(begin: Begin, units: tuple[str, ...]) -> Steps:
    """The generator that serves requests from a ``Process``; a finished one stays suspended and keeps answering.

    The first answer, before any request, says that the process stands (after progress, if beginning takes long).
    """
    process = begin()
    if isinstance(process, Generator):
        process = yield from _passing_on(process, (0,) * len(units))
    request = yield _answer(process)
    while True:
        if request is None:
            raise TypeError("None goes on with a request that is being worked on; here a new one is due")
        for path, value in request.changes:
            work = process.change(path, value)
            if work is not None:
                yield from _passing_on(work, process.counts)
        unit = units.index(request.until) if request.until is not None else None
        before = process.counts
        for _ in range(request.updates):
            if process.finished:
                break
            work = process.advance()
            if work is not None:
                yield from _passing_on(work, process.counts)
            if unit is not None and process.counts[unit] > before[unit]:
                break
        frame = process.frame(request.heavy) if request.frame else None
        request = yield _answer(process, frame, process.kept_network() if request.network else None)


def _passing_on(work: Generator[Progress, None, Any], counts: tuple[int, ...]) -> Generator[Answer, Any, Any]:
    while True:
        try:
            progress = next(work)
        except StopIteration as stop:
            return stop.value
        yield Answer(counts[0], counts, False, progress=progress)


def _answer(process: Process, frame: Frame | None = None, network: KeptNetwork | None = None) -> Answer:
    counts = process.counts
    return Answer(counts[0], counts, process.finished, frame, network=network)
