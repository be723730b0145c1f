"""Runs an exercise's checks in order.

Does the code compile, run and end in time, return the right types and shapes, keep its inputs unchanged, and return the
right values?
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import numpy as np

from engine.asked_number import slip_of
from engine.contract.text import EMPTY, Text
from engine.exercises.exercise import LONGEST_SOURCE, ByHand, Check, Exercise, Inputs, inputs_of
from engine.exercises.naming import Outcome, explanations_of, outcome_of
from engine.exercises.returned import NoEntry
from engine.exercises.state import disturbed
from engine.exercises.verdict import FIRST_CHECK, READS, RUNS, STEP_OF, Failure, Verdict, first_difference, wrong_number
from engine.pieces.edits import edited
from engine.sandbox.caller import Ended, Faulty, Sandbox
from engine.sandbox.cancellable import CancellableCheck
from engine.sandbox.learner_code import Unusable, compiled, fault_of, made_by
from engine.sandbox.values import Unsent, type_name

_SMALL, _MOST_OF_INPUTS = 6, 300
_MOST_GIVEN = 100_000
"""The maximum size of a result of a function in ``Exercise.given``; a hundred times what any check needs."""


Make = Callable[[str, str, str, Mapping[str, Any]], Any]
"""Makes the function or class to be checked from a source, the exercise's id, its name and the names given to it."""


class Checking(CancellableCheck):
    """One check of source written for an exercise, which another thread may cancel."""

    def __init__(self, exercise: Exercise, source: str, stage: Inputs) -> None:
        super().__init__()
        self._exercise, self._source = exercise, source
        # As plain numbers: arrays of the stage are not to be written into.
        self._stage = {name: one.tolist() if isinstance(one, np.ndarray) else one for name, one in stage.items()}

    def verdict(self) -> Verdict:
        """Returns the result; OSError if no process can be started, ``Cancelled`` once it was cancelled."""
        if (size := len(self._source.strip())) > LONGEST_SOURCE:
            return Verdict(READS, Failure("long", words=f"{size}"))
        return self.in_sandbox(lambda sandbox: check_apart(self._exercise, self._source, self._stage, sandbox))


def check_apart(exercise: Exercise, source: str, stage: Inputs | None, sandbox: Sandbox, before: str = "") -> Verdict:
    """Checks untrusted source: it runs in the ``sandbox`` process and only returns arrays, which are compared in this
    process.

    ``stage`` are the inputs shown on the stage, None if it shows something else. ``before`` is source that runs first;
    the learner's code can use what it defines.
    """

    def make(source: str, exercise_id: str, name: str, given: Mapping[str, Any]) -> Any:
        within = {key: _within_reason(exercise, key, one) for key, one in given.items()}
        return sandbox.make(source, exercise_id, name, within, before)

    try:
        sandbox.wait_until_ready()
        verdict = check_source(exercise, source, stage, make, sandbox.warned)
    except Ended as ended:
        verdict = Verdict(READS, Failure.of(ended.fault))
    return dataclasses.replace(verdict, printed=sandbox.printed)


def check_source(
    exercise: Exercise,
    source: str,
    stage: Inputs | None = None,
    make: Make | None = None,
    warned: list[str] | None = None,
) -> Verdict:
    """Checks trusted source in this process; ``make``, if given, is called instead of compiling it."""
    make = make or _made_here

    def anew() -> Any:
        return _of_either_name(exercise, lambda name: make(source, exercise.id, name, exercise.given()))

    try:
        written = anew()
    except (Unusable, Faulty) as error:
        fault = error.fault
        return Verdict(READS if fault.kind == "syntax" else RUNS, Failure.of(fault))
    except Ended as ended:
        return Verdict(RUNS, Failure.of(ended.fault))
    return check_written(exercise, written, stage, anew, warned)


def check_written(
    exercise: Exercise,
    written: Any,
    stage: Inputs | None = None,
    anew: Callable[[], Any] | None = None,
    warned: list[str] | None = None,
) -> Verdict:
    """Checks a function or class; ``anew``, if given, creates it again for every check, so that no state is left over.

    ``warned`` is a list to which the sandbox adds NumPy's warnings, such as overflow, while a check runs.
    """
    for index in range(len(exercise.checks)):
        try:
            written = anew() if anew and index else written
            failure = _failed(exercise, index, written, stage, [] if warned is None else warned)
        except (Unusable, Faulty, Ended) as error:  # it has run once, and does not again
            failure = Failure.of(error.fault)
        if failure is None:
            continue
        if failure.kind in ("value", "shape"):
            failure = _named(exercise, failure, written, stage, anew)
        step = STEP_OF[failure.kind]
        if step == FIRST_CHECK:
            return Verdict(FIRST_CHECK + index, failure)
        # Told where it belongs, in whichever check it came out: no step holds that the sentence is against.
        return Verdict(step, dataclasses.replace(failure, check=index or None))
    last = FIRST_CHECK + len(exercise.checks)
    try:
        found = disturbed(exercise, anew() if anew else written, stage)
    except (Unusable, Faulty, Ended) as error:
        return Verdict(last, Failure.of(error.fault))
    return Verdict(last + 1) if found is None else Verdict(last, found)


def _named(
    exercise: Exercise, failure: Failure, written: Any, stage: Inputs | None, anew: Callable[[], Any] | None
) -> Failure:
    """The failure with the mistakes that explain all that the code gives, if some do."""
    mine: list[Outcome] = []
    try:
        for check in exercise.checks:
            mine.append(outcome_of(exercise, check, anew() if anew else written, stage))
    except (Unusable, Ended):  # in a check that comes later
        return failure
    return dataclasses.replace(failure, mistakes=explanations_of(exercise, stage).explain(mine))


def _within_reason(exercise: Exercise, name: str, given: Any) -> Any:
    """Wraps a function given to untrusted code so that it raises ValueError if its result would be too large.

    It runs in this process, and the untrusted code could ask for a result of any size.
    """
    count_of = exercise.counts.get(name)
    if count_of is None:
        return given

    def bounded(*args: Any, **named: Any) -> Any:
        count = count_of(*args, **named)
        if not count <= _MOST_GIVEN:
            raise ValueError(f"{name} was asked for {count:g} numbers; here it gives {_MOST_GIVEN} at most")
        return given(*args, **named)

    return bounded


def made_from(exercise: Exercise, source: str, given: Mapping[str, Any] | None = None) -> Any:
    """The function or class that a source defines for an exercise, in this process; ``given`` as the exercise's."""
    return _of_either_name(exercise, lambda name: _made_here(source, exercise.id, name, given or exercise.given()))


def _of_either_name(exercise: Exercise, make: Callable[[str], Any]) -> Any:
    """What is made by the exercise's name, or by its former one."""
    try:
        return make(exercise.name)
    except (Unusable, Faulty) as error:
        if error.fault.kind != "missing" or not exercise.former_name:
            raise
        return make(exercise.former_name)


def _made_here(source: str, exercise: str, name: str, given: Mapping[str, Any]) -> Any:
    return made_by(compiled(source, exercise), name, given, source)


def by_hand(exercise: Exercise) -> float:
    """The right answer to the exercise's question that is answered by hand, before code is written."""
    asked = exercise.by_hand
    assert asked is not None
    return _by_hand(exercise, asked, exercise.reference)


def slip_by_hand(exercise: Exercise, given: float) -> Text:
    """The hint of the known mistake by which the learner got a wrong number by hand.

    An empty text if no single known mistake is found.
    """
    asked = exercise.by_hand
    assert asked is not None
    mistakes = [one for one in exercise.mistakes if not one.of_code]
    numbers: list[float | None] = []
    for mistake in mistakes:
        number = None
        with suppress(Exception), np.errstate(all="ignore"):  # whatever becomes of faulty code
            wrong = exercise.made(edited(exercise.right_source, exercise.edits_of(mistake)))
            number = _by_hand(exercise, asked, wrong)
        numbers.append(number)
    found = slip_of(given, by_hand(exercise), numbers)
    return mistakes[found].hint if found is not None else EMPTY


def _by_hand(exercise: Exercise, asked: ByHand, written: Any) -> float:
    found = dict(exercise.use(written, **inputs_of(Check(asked.words, asked.inputs), None)))
    return float(np.asarray(found[asked.quantity])[asked.place])


def _failed(exercise: Exercise, index: int, written: Any, stage: Inputs | None, warned: list[str]) -> Failure | None:
    """The first error found in the check with this index; None if it is passed."""
    check = exercise.checks[index]
    given, before = (inputs_of(check, stage) for _ in range(2))
    came_in = _in_short(given)
    with np.errstate(all="ignore"):
        ours = dict(exercise.use(exercise.reference, **inputs_of(check, stage)))
    wanted, mine = dict(ours), dict[str, Any]()
    warned.clear()
    try:
        # Not by Python's warnings, which belong to all threads of the process: a check is made beside a window.
        with np.errstate(divide="call", over="call", invalid="call", call=lambda kind, _: warned.append(kind)):
            # One piece after the other: where one does not fit, what follows from it would only confuse.
            for name, value in exercise.use(written, **given):
                mine[name] = None if isinstance(value, NoEntry) else value
                if misfit := _misfit(name, value, wanted[name]):
                    return Failure(**misfit, came_in=came_in)
                if check.quantities and mine.keys() >= set(check.quantities):
                    break
            if check.against == "differences":
                assert exercise.differences is not None
                wanted |= exercise.differences(written, **inputs_of(check, stage))
    except Faulty as error:
        return Failure.of(error.fault, came_in)
    except Ended:
        raise
    except BaseException as error:  # whatever the learner's code raises, or what is made of its values
        return Failure.of(fault_of(error), came_in)
    names = check.quantities or tuple(wanted)
    for name, value in before.items():
        if name not in exercise.changes and isinstance(value, np.ndarray):
            place = first_difference(given[name], value, 0.0)
            if place is not None:
                return wrong_number("changed", name, place, given[name], value)
    for name in names:
        # With differences of one's own forward pass alone, a wrong pass forward would prove its own way back.
        for expected in (wanted[name], ours[name]):
            place = first_difference(mine[name], expected, check.tolerance)
            if place is not None:
                came_in = came_in if check.inputs is not None else ""
                return wrong_number("value", name, place, mine[name], expected, came_in)
        if check.whole and not isinstance(mine[name], (int, np.integer)):
            failure = wrong_number("whole", name, (), mine[name], wanted[name], came_in=came_in)
            return dataclasses.replace(failure, got=type_name(mine[name]))
    # Where a number is wrong its cell says more than the warning; here the warning is all there is.
    if warned:
        return Failure("warned", words=warned[0][:200], came_in=came_in)
    return None


def _misfit(name: str, got: Any, wanted: Any) -> dict[str, Any] | None:
    """The error in a quantity's type or shape, as fields of a ``Failure``; None if there is none."""
    if got is None:
        return {"kind": "nothing", "quantity": name}
    if isinstance(got, NoEntry):
        return {"kind": "nothing", "quantity": name, "wanted": got.name, "got": got.names}
    kind = type_name(got)
    shape = got.shape if isinstance(got, Unsent) else np.shape(got)
    is_array = isinstance(got, np.ndarray) or (isinstance(got, Unsent) and kind == "ndarray")
    is_number = isinstance(got, (int, float, np.number))
    if isinstance(wanted, np.ndarray) and wanted.ndim:
        if not is_array and not is_number:
            return {"kind": "type", "quantity": name, "got": kind, "wanted": "numpy.ndarray"}
        if shape != wanted.shape:
            return {"kind": "shape", "quantity": name, "got": f"{shape}", "wanted": f"{wanted.shape}"}
    elif is_array and shape:
        return {"kind": "shape", "quantity": name, "got": f"{shape}", "wanted": "()"}
    elif shape or isinstance(got, (str, bytes)):
        return {"kind": "type", "quantity": name, "got": kind, "wanted": type(wanted).__name__}
    try:
        np.asarray(got, dtype=float)
    except (TypeError, ValueError):
        return {"kind": "type", "quantity": name, "got": kind, "wanted": "float"}
    return None


def _in_short(inputs: Mapping[str, Any]) -> str:
    """The inputs as short text for a message: numbers and small arrays as Python writes them, larger arrays by their
    shape, functions left out.
    """
    shown = []
    for name, value in inputs.items():
        if isinstance(value, np.ndarray) and value.size > _SMALL:
            shown.append(f"{name} {value.shape}")
        elif not callable(value):
            rounded = np.round(value, 4).tolist() if isinstance(value, np.ndarray) else value
            shown.append(f"{name} = {rounded}")
    text = ", ".join(shown)
    return text if len(text) <= _MOST_OF_INPUTS else text[:_MOST_OF_INPUTS] + "…"
