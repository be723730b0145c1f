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
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs
from engine.exercises.returned import NoEntry
from engine.exercises.verdict import FIRST_CHECK, READS, RUNS, STEP_OF, Failure, Verdict
from engine.sandbox.caller import Ended, Faulty, Sandbox
from engine.sandbox.learner_code import Unusable, compiled, fault_of, made_by
from engine.sandbox.values import Unsent, type_name

_ALIKE = 1e-9
_SMALL, _MOST_OF_INPUTS = 6, 300
_MOST_GIVEN = 100_000
"""The maximum size of a result of a function in ``Exercise.given``; a hundred times what any check needs."""


Make = Callable[[str, str, str, Mapping[str, Any]], Any]
"""Makes the function or class to be checked from a source, the exercise's id, its name and the names given to it."""


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
        return make(source, exercise.id, exercise.name, exercise.given())

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
        if failure is not None:
            step = STEP_OF[failure.kind]
            if step == FIRST_CHECK:
                return Verdict(FIRST_CHECK + index, failure)
            # Told where it belongs, in whichever check it came out: no step holds that the sentence is against.
            return Verdict(step, dataclasses.replace(failure, check=index or None))
    return Verdict(FIRST_CHECK + len(exercise.checks))


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


def _made_here(source: str, exercise: str, name: str, given: Mapping[str, Any]) -> Any:
    return made_by(compiled(source, exercise), name, given, source)


def inputs_of(check: Check, stage: Inputs | None) -> dict[str, Any]:
    """New inputs for a check, by name; lists become float64 arrays, and arrays are copied."""
    made = check.inputs() if check.inputs is not None else stage
    assert made is not None, "a check needs the numbers of the stage"
    return {name: np.array(value, dtype=float) if isinstance(value, list) else _own(value) for name, value in
            made.items()}  # fmt: skip


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
            number = _by_hand(exercise, asked, mistake.written)
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
                    mistake = _mistake(exercise, index, written, mine, tuple(mine), stage)
                    return Failure(**misfit, came_in=came_in, mistake=mistake)
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
                return _numbers("changed", name, place, given[name], value)
    for name in names:
        # With differences of one's own forward pass alone, a wrong pass forward would prove its own way back.
        for expected in (wanted[name], ours[name]):
            place = first_difference(mine[name], expected, check.tolerance)
            if place is not None:
                mistake = _mistake(exercise, index, written, mine, names, stage)
                came_in = came_in if check.inputs is not None else ""
                return _numbers("value", name, place, mine[name], expected, mistake, came_in)
        if check.whole and not isinstance(mine[name], (int, np.integer)):
            failure = _numbers("whole", name, (), mine[name], wanted[name], came_in=came_in)
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


def first_difference(got: Any, wanted: Any, tolerance: float) -> tuple[int, ...] | None:
    """The first index, in row-major order, where two arrays differ by more than ``tolerance`` · max(1, |wanted|).

    Two equal values that are not finite, such as two nan, do not differ.
    """
    mine, other = np.asarray(got, dtype=float), np.asarray(wanted, dtype=float)
    with np.errstate(all="ignore"):
        near = np.isfinite(other) & (np.abs(mine - other) <= tolerance * np.maximum(1.0, np.abs(other)))
    near |= (mine == other) | (np.isnan(mine) & np.isnan(other))
    apart = np.argwhere(~near)
    return tuple(int(one) for one in apart[0]) if len(apart) else None


def _numbers(
    kind: Any, name: str, place: tuple[int, ...], got: Any, wanted: Any, mistake: str = "", came_in: str = ""
) -> Failure:
    mine, other = float(np.asarray(got)[place]), float(np.asarray(wanted)[place])
    return Failure(
        kind, quantity=name, place=place, yours=mine if np.isfinite(mine) else None,
        expected=other if np.isfinite(other) else None, got=f"{mine}", mistake=mistake, came_in=came_in,
    )  # fmt: skip


def _mistake(
    exercise: Exercise,
    index: int,
    written: Any,
    mine: Mapping[str, Any],
    names: tuple[str, ...],
    stage: Inputs | None,
) -> str:
    """The id of the one known mistake that the learner's code makes; "" if there is none.

    It gives exactly the learner's numbers ``mine`` in the check with this index, and passes all checks before it. If
    several do, the checks after it must leave one of them.
    """
    fitting = []
    for mistake in exercise.mistakes:
        wrong = _outcome(exercise, exercise.checks[index], mistake.written, stage)
        if all(_alike(mine[name], wrong.get(name)) for name in names):
            fitting.append(mistake)
    before, behind = exercise.checks[:index], exercise.checks[index + 1 :]
    fitting = [one for one in fitting if all(_passes(exercise, check, one.written, stage) for check in before)]
    for check in behind if len(fitting) > 1 else ():
        try:
            mine = _outcome(exercise, check, written, stage)
        except Ended:  # by a check that is not the one which failed
            return ""
        fitting = [one for one in fitting if _all_alike(mine, _outcome(exercise, check, one.written, stage))]
    return fitting[0].id if len(fitting) == 1 else ""


def _outcome(exercise: Exercise, check: Check, written: Any, stage: Inputs | None) -> dict[str, Any]:
    """The outputs of ``written``, by name, for a check's inputs; those before the exception if it raises one."""
    found = {}
    with suppress(Exception), np.errstate(all="ignore"):
        for name, value in exercise.use(written, **inputs_of(check, stage)):
            found[name] = value
            if check.quantities and found.keys() >= set(check.quantities):
                break
    return found


def _passes(exercise: Exercise, check: Check, written: Any, stage: Inputs | None) -> bool:
    found, ours = (_outcome(exercise, check, one, stage) for one in (written, exercise.reference))
    return all(
        name in found
        and np.shape(found[name]) == np.shape(ours[name])
        and first_difference(found[name], ours[name], check.tolerance) is None
        for name in check.quantities or tuple(ours)
    )


def _all_alike(some: Mapping[str, Any], others: Mapping[str, Any]) -> bool:
    return some.keys() == others.keys() and all(_alike(value, others[name]) for name, value in some.items())


def _alike(one: Any, other: Any) -> bool:
    if one is None or other is None or isinstance(one, Unsent) or np.shape(one) != np.shape(other):
        return False
    try:
        return first_difference(one, other, _ALIKE) is None
    except (TypeError, ValueError):  # of a type that holds no numbers
        return False


def _own(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


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
