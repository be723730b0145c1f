"""The protocol between a runner and an experiment: a generator that is sent requests and yields answers.

Rule: the frame at update n does not depend on how the n updates were divided into requests.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Any

import numpy as np

from engine.contract.frame import Frame
from engine.contract.text import Text
from engine.networks.kept import KeptNetwork

NO_LIMIT = 10**12
"""A number of updates that stands for "no limit"; it is larger than any run."""


@dataclass(frozen=True)
class Request:
    """A request to do up to ``updates`` updates, stopping as soon as the unit named ``until``, such as an epoch, is
    completed.

    ``changes`` are (path, value) pairs that are applied first. ``frame`` requests a frame afterwards, ``heavy`` one
    with its heavy fields, ``network`` the network in its current state, to be saved.
    """

    updates: int = 0
    until: str | None = None
    changes: tuple[tuple[str, Any], ...] = ()
    frame: bool = True
    heavy: bool = False
    network: bool = False


@dataclass(frozen=True)
class Progress:
    """A progress report while loading or evaluating, which is not a step of the run. ``fraction`` is from 0 to 1, or
    None if unknown.

    ``stoppable``: the work may be interrupted, and the result reached by then is used.
    """

    text: Text
    fraction: float | None = None
    stoppable: bool = False


@dataclass(frozen=True)
class Answer:
    """The state of the run in answer to a request. ``frame`` and ``network`` are set if they were requested (and there
    is a network); ``progress`` is set while the request is still being worked on.

    After an answer with ``progress`` the generator is sent None to continue with the same request.
    """

    update: int
    counts: tuple[int, ...]
    finished: bool
    frame: Frame | None = None
    progress: Progress | None = None
    network: KeptNetwork | None = None


Steps = Generator[Answer, Request | None, None]


class Process(ABC):
    """The state of a run, changed in place by ``advance``; the usual way to implement a ``Training``.

    ``counts`` holds how many of each of the experiment's ``units`` are completed; the first unit is the update.
    ``advance`` and ``change`` take less than 50 ms, or are generators that yield ``Progress`` at least that often.
    """

    finished: bool = False

    @property
    @abstractmethod
    def counts(self) -> tuple[int, ...]:
        """The number of completed units of each kind so far, updates first."""

    @abstractmethod
    def advance(self) -> Generator[Progress, None, None] | None:
        """Does one update; never called once ``finished``."""

    @abstractmethod
    def frame(self, heavy: bool) -> Frame:
        """The complete current frame; ``heavy`` fills its heavy fields too."""

    def kept_network(self) -> KeptNetwork | None:
        """The current network, to be saved, with copied arrays; None if there is none.

        An experiment whose processes return one sets ``keeps_network``.
        """
        return None

    def change(self, path: str, value: Any) -> Generator[Progress, None, None] | None:
        """Applies a live change; an unknown path is an error of the caller."""
        raise KeyError(path)


class Still(Process):
    """A process with a single frame and no updates."""

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
    """Runs a ``Process`` as a generator that answers requests. Once the process is finished it keeps answering, without
    further updates.

    The first answer comes before any request and says that the process is ready (after progress, if starting takes
    long).
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


_NAMES = ("data", "weights", "order", "noise", "augmentation", "direction")


class RandomStreams:
    """Random generators for different purposes, all from one seed but independent: drawing one more weight does not
    change the order of the batches.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def _generator(self, name: str) -> np.random.Generator:
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self._seed, _NAMES.index(name)])))

    def further(self, number: int) -> RandomStreams:
        """The streams for this seed plus ``number``, the same as those of a run with that seed."""
        return RandomStreams(self._seed + number)

    @cached_property
    def data(self) -> np.random.Generator:
        """Generator for making or choosing the data."""
        return self._generator("data")

    @cached_property
    def weights(self) -> np.random.Generator:
        """Generator for initial weights."""
        return self._generator("weights")

    @cached_property
    def order(self) -> np.random.Generator:
        """Generator for the order in which training samples are used."""
        return self._generator("order")

    @cached_property
    def noise(self) -> np.random.Generator:
        """Generator for noise during training, such as dropout's."""
        return self._generator("noise")

    @cached_property
    def augmentation(self) -> np.random.Generator:
        """Generator for the random changes of data augmentation."""
        return self._generator("augmentation")

    @cached_property
    def direction(self) -> np.random.Generator:
        """Generator for a direction in weight space, along which the loss is evaluated."""
        return self._generator("direction")


_PIECE = 0.015
"""The minimum seconds of work between two yields of progress."""


def with_progress(
    walk: Generator[None, None, Any], sign: Progress | Callable[[int], Progress]
) -> Generator[Progress, None, tuple[Any, float]]:
    """Runs the generator ``walk`` to its end and, at its pauses, yields progress about every 15 ms of work. Returns its
    result and the seconds that it worked, pauses excluded.

    ``sign`` is the progress to yield, or a function that returns it for the number of pauses so far.
    """
    seconds = piece = 0.0
    stops = 0
    while True:
        start = perf_counter()
        try:
            next(walk)
        except StopIteration as done:
            return done.value, seconds + piece + perf_counter() - start
        piece += perf_counter() - start
        stops += 1
        if piece > _PIECE:
            yield sign(stops) if callable(sign) else sign
            seconds, piece = seconds + piece, 0.0
