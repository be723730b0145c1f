"""Checks a learner's file, station by station, each in a confined process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from engine.contract.run import LearnerCode
from engine.contract.text import Refused, Text, path_words
from engine.exercises import at_work_in, default_stage
from engine.exercises.checking import check_apart
from engine.exercises.exercise import Exercise
from engine.exercises.source_file import names_exercise, read_code, refuse_long
from engine.exercises.verdict import FIRST_CHECK, READS, RUNS, Failure, Verdict
from engine.own_network.convolving import learn_by_convolution
from engine.own_network.generalizing import learn_from_few
from engine.own_network.learning import NumericalTime, learn, read_untrained, time_numerical
from engine.own_network.reading import Reading
from engine.own_network.station import ACTIVATIONS, Station, book_file
from engine.own_network.stations import stations
from engine.sandbox.caller import Ended, Faulty, Sandbox
from engine.sandbox.cancellable import CancellableCheck

_NOTHING = Text(
    "{path} has no part of a network: it defines none of {names}. Nor does its first line or its name say which "
    "exercise it is for."
)
_PATIENCE_OF_TRAINING = 120.0
_PATIENCE_AGAIN = 30.0
_SINGLE, _DOUBLE = "float32", "float64"
Done = Reading | NumericalTime | Failure
"""The result of ``NetworkCheck.do``: of a training or prediction, of a timing, or the error."""


@dataclass(frozen=True)
class Played:
    """What an experiment can use of a file: the code for each exercise, and the exercises that it fails, with the
    error.
    """

    written: tuple[LearnerCode, ...]
    unfit: tuple[tuple[Exercise, Failure], ...]


@dataclass(frozen=True)
class StationResult:
    """The result of checking one station; ``verdict`` is None if the file has not begun it.

    ``digits`` is the result of its training on MNIST, None if there was none. ``filled`` are the numbers of the earlier
    stations for which our code is used, since the file has not begun them.
    """

    station: Station
    verdict: Verdict | None
    filled: tuple[int, ...] = ()
    digits: Reading | Failure | None = None

    @property
    def holds(self) -> bool:
        """Whether the station is passed, its training included."""
        has_learned = self.digits is None or (isinstance(self.digits, Reading) and self.digits.is_enough)
        return self.verdict is not None and self.verdict.is_right and has_learned


def is_network(path: Path) -> bool:
    """Whether a file is a network, to be checked by the stations, and not code for an exercise.

    False if it cannot be read as text.
    """
    try:
        return not names_exercise(path, read_code(path))
    except Refused:
        return False


def read_network(path: Path) -> str:
    """Reads the source of a learner's network without running it; ``Refused`` if it cannot be read or is too long."""
    source = read_code(path)
    refuse_long(path, source)
    return source


def better_of(verdicts: Sequence[Verdict]) -> Verdict:
    """The best of the verdicts for several activations.

    It is the one with the most checks passed and, among equals, one that is right or names a known mistake.
    """

    def held(verdict: Verdict) -> tuple[int, bool]:
        failure = verdict.failure
        if failure is None or verdict.steps >= FIRST_CHECK:
            return verdict.steps - FIRST_CHECK, failure is None or bool(failure.mistakes)
        return failure.check or 0, False

    return max(verdicts, key=held)


def _is_endless(verdict: Verdict) -> bool:
    return verdict.failure is not None and verdict.failure.kind == "endless"


class NetworkCheck(CancellableCheck):
    """The check of one file, station by station, each in a confined process of its own."""

    def __init__(self, path: Path, source: str) -> None:
        super().__init__()
        self._path, self._source = path, source

    def results(self, orders: tuple[int, ...] = (), with_digits: bool = True) -> Iterator[StationResult]:
        """Yields the results of all stations, or of those with these ``orders`` (their numbers), as they are found.

        ``Refused`` if the file has begun none of them. If the file cannot be run at all, the first one gets the error.
        """
        every = stations()
        lacks = self._lacks()
        if isinstance(lacks, Verdict):
            yield StationResult(next((one for one in every if one.order in orders), every[0]), lacks)
            return
        begun = [one.order for one in every if len(lacks[one.order]) < len(one.defines)]
        if not begun:
            names = ", ".join(name for one in every for name in one.defines if "." not in name)
            raise Refused(_NOTHING(path=path_words(self._path), names=names))
        for station in every:
            if orders and station.order not in orders:
                continue
            if station.order not in begun:
                yield StationResult(station, None)
                continue
            filled = tuple(order for order in station.needs if order not in begun)
            missing = lacks[station.order]
            if missing:
                yield StationResult(station, Verdict(RUNS, Failure("missing", words=missing[0])), filled)
                continue
            verdict = self._verdict(station)
            trains = with_digits and station.is_training and verdict.is_right and not filled
            digits = self.do(station) if trains else None
            assert not isinstance(digits, NumericalTime)
            yield StationResult(station, verdict, filled, digits)

    def _lacks(self) -> dict[int, tuple[str, ...]] | Verdict:
        """By station number, the names that the station asks for and the file does not define.

        If the file cannot be run, a verdict with the error.
        """

        def of(sandbox: Sandbox) -> dict[int, tuple[str, ...]]:
            written = sandbox.make(self._source, "", "", {})
            return {one.order: tuple(map(str, written.lacking(one.defines))) for one in stations()}

        try:
            return self.in_sandbox(of)
        except (Faulty, Ended) as error:
            return Verdict(READS if error.fault.kind == "syntax" else RUNS, Failure.of(error.fault))

    def _verdict(self, station: Station) -> Verdict:
        """Checks one station; code in float32 that fails is checked once more with float64 in its place.

        Differences of a float32 loss lose their digits, and values that are written in are rounded.
        """
        verdict = self._verdict_on(station, self._source)
        if not verdict.is_right and not _is_endless(verdict) and _SINGLE in self._source:
            verdict = better_of([self._verdict_on(station, self._source.replace(_SINGLE, _DOUBLE)), verdict])
        return verdict

    def _verdict_on(self, station: Station, source: str) -> Verdict:
        verdicts = []
        for activation in ACTIVATIONS:
            one = next(one for one in stations(activation) if one.order == station.order)
            verdicts.append(self.in_sandbox(partial(self._checked, one, source)))
            is_endless = _is_endless(verdicts[-1])
            if is_endless and not self.is_worked_out:
                # A machine that is busy takes its time for a right file, too.
                again = self.in_sandbox(partial(self._checked, one, source), trains=True, patience=_PATIENCE_AGAIN)
                if not (is_endless := _is_endless(again)):
                    verdicts[-1] = again
            if verdicts[-1].is_right or is_endless or not station.has_activation:
                break
        return better_of(verdicts)

    def _checked(self, station: Station, source: str, sandbox: Sandbox) -> Verdict:
        return check_apart(station, source, None, sandbox, book_file())

    def do(self, station: Station, tell: Callable[[Any], object] = lambda curves: None) -> Done:
        """Runs what a station has the network do, such as a training; returns the result, or the error of the learner's
        code.

        ``tell`` is called with the curves of a training as they grow.
        """
        does: dict[str, Callable[[Any], Done]] = {
            "reads": read_untrained,
            "times": time_numerical,
            "compares": partial(time_numerical, with_own=True),
            "trains": partial(learn, tell=tell),
            "generalizes": partial(learn_from_few, tell=tell),
            "convolves": partial(learn_by_convolution, tell=tell),
        }
        patience = _PATIENCE_OF_TRAINING if station.is_training else _PATIENCE_AGAIN
        try:
            return self.in_sandbox(lambda sandbox: does[station.does](self._written_in(sandbox)), True, patience)
        except (Faulty, Ended) as error:
            return Failure.of(error.fault)

    def _written_in(self, sandbox: Sandbox) -> Any:
        return sandbox.make(self._source, "network_training", "", {}, book_file())

    def code_for(self, station: Station, experiment_id: str) -> Played:
        """The functions and classes of a station with which an experiment can be played.

        Each has to pass the first check of its exercise. The other checks ask for more than a network needs, such as
        large inputs without a warning, or integer arrays.
        """
        written, unfit = [], []
        for exercise in at_work_in(experiment_id):
            if exercise.name in station.defines:
                verdict = self.in_sandbox(partial(self._played, exercise))
                failure = verdict.failure
                if failure is None or failure.check or verdict.steps > FIRST_CHECK:
                    written.append(LearnerCode(exercise.id, self._source))
                else:
                    unfit.append((exercise, failure))
        return Played(tuple(written), tuple(unfit))

    def _played(self, exercise: Exercise, sandbox: Sandbox) -> Verdict:
        return check_apart(exercise, self._source, default_stage(exercise), sandbox)
