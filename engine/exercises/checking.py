"""The checks in their order: read, run, ended, fitting, inputs unchanged, and then number by number."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.exercises.exercise import Check, Exercise, Inputs
from engine.exercises.verdict import ENDS, FIRST_CHECK, FITS, READS, RUNS, UNCHANGED, Failure, Verdict
from engine.sandbox.caller import Ended, Faulty, Sandbox
from engine.sandbox.learner_code import Unusable, compiled, fault_of, made_by
from engine.sandbox.values import Unsent, type_name

_ALIKE = 1e-9
_SMALL, _MOST_OF_INPUTS = 6, 300
_MOST_GIVEN = 100_000
"""Numbers that a given function makes at most for a check, of which none needs a hundredth."""


Make = Callable[[str, str, str, Mapping[str, Any]], Any]
"""Makes of a source, the exercise's id, a name and what is given the function or class that is asked for."""


def check_apart(exercise: Exercise, source: str, stage: Inputs | None, sandbox: Sandbox) -> Verdict:
    """Check foreign source: it runs in the ``sandbox`` and only gives numbers, which are compared here.

    ``stage`` are the numbers of the stage, if it shows what the exercise is about.
    """

    def make(source: str, exercise_id: str, name: str, given: Mapping[str, Any]) -> Any:
        return sandbox.make(source, exercise_id, name, {key: _within_reason(exercise, key, one) for key, one in
                            given.items()})  # fmt: skip

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
    """Check source in this process, where it is one of the program's own, or whatever ``make`` makes of it."""
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
    """Check a function or class; ``anew`` makes it again for every check, so that none sees what another one left.

    ``warned`` gathers what another process was warned of.
    """
    for index, check in enumerate(exercise.checks):
        step = FIRST_CHECK + index
        try:
            written = anew() if anew and index else written
            failed = _failed(exercise, check, written, stage, [] if warned is None else warned)
        except (Unusable, Faulty) as error:  # it has run once, and does not again
            failed = RUNS, Failure.of(error.fault)
        except Ended as ended:
            failed = ENDS if index == 0 else step, Failure.of(ended.fault)
        if failed is not None:
            earlier, failure = failed
            # What was written into is told where all inputs are, in whichever check it came out.
            return Verdict(earlier if index == 0 or earlier == UNCHANGED else step, failure)
    return Verdict(FIRST_CHECK + len(exercise.checks))


def _within_reason(exercise: Exercise, name: str, given: Any) -> Any:
    """A function as it is given to foreign code, which may ask for any number of numbers; it runs in this process."""
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
    """What goes in, made anew: lists become arrays in float64, and nothing is shared with an earlier use."""
    made = check.inputs() if check.inputs is not None else stage
    assert made is not None, "a check needs the numbers of the stage"
    return {name: np.array(value, dtype=float) if isinstance(value, list) else _own(value) for name, value in
            made.items()}  # fmt: skip


def by_hand(exercise: Exercise) -> float:
    """The number that is asked for before anything is written."""
    asked = exercise.by_hand
    assert asked is not None
    found = dict(exercise.use(exercise.reference, **inputs_of(Check(asked.words, asked.inputs), None)))
    return float(np.asarray(found[asked.quantity])[asked.place])


def _failed(
    exercise: Exercise, check: Check, written: Any, stage: Inputs | None, warned: list[str]
) -> tuple[int, Failure] | None:
    """The step and the failure of one check; the step is that of the first check."""
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
                if misfit := _misfit(name, value, wanted[name]):
                    return FITS, Failure(**misfit, came_in=came_in)
                mine[name] = value
                if check.quantities and mine.keys() >= set(check.quantities):
                    break
            if check.against == "differences":
                assert exercise.differences is not None
                wanted |= exercise.differences(written, **inputs_of(check, stage))
    except Faulty as error:
        return RUNS, Failure.of(error.fault, came_in)
    except Ended:
        raise
    except BaseException as error:  # whatever the learner's code raises, or what is made of its values
        return RUNS, Failure.of(fault_of(error), came_in)
    names = check.quantities or tuple(wanted)
    for name, value in before.items():
        if name not in exercise.changes and isinstance(value, np.ndarray):
            place = first_difference(given[name], value, 0.0)
            if place is not None:
                return UNCHANGED, _numbers("changed", name, place, given[name], value)
    for name in names:
        # With differences of one's own forward pass alone, a wrong pass forward would prove its own way back.
        for expected in (wanted[name], ours[name]):
            place = first_difference(mine[name], expected, check.tolerance)
            if place is not None:
                mistake = _mistake(exercise, check, mine, names, stage)
                came_in = came_in if check.inputs is not None else ""
                return FIRST_CHECK, _numbers("value", name, place, mine[name], expected, mistake, came_in)
        if check.whole and not isinstance(mine[name], (int, np.integer)):
            failure = _numbers("whole", name, (), mine[name], wanted[name], came_in=came_in)
            return FIRST_CHECK, dataclasses.replace(failure, got=type_name(mine[name]))
    # Where a number is wrong its cell says more than the warning; here the warning is all there is.
    if warned:
        return FIRST_CHECK, Failure("warned", words=warned[0][:200], came_in=came_in)
    return None


def _misfit(name: str, got: Any, wanted: Any) -> dict[str, Any] | None:
    """What is wrong with the kind or the shape of a quantity, as fields of a failure."""
    if got is None:
        return {"kind": "nothing", "quantity": name}
    kind = type_name(got)
    shape = got.shape if isinstance(got, Unsent) else np.shape(got)
    if isinstance(wanted, np.ndarray) and wanted.ndim:
        if not isinstance(got, np.ndarray) and not (isinstance(got, Unsent) and kind == "ndarray"):
            return {"kind": "type", "quantity": name, "got": kind, "wanted": "numpy.ndarray"}
        if shape != wanted.shape:
            return {"kind": "shape", "quantity": name, "got": f"{shape}", "wanted": f"{wanted.shape}"}
    elif shape or isinstance(got, (str, bytes)):
        return {"kind": "type", "quantity": name, "got": f"{shape}" if shape else kind, "wanted": type(wanted).__name__}
    try:
        np.asarray(got, dtype=float)
    except (TypeError, ValueError):
        return {"kind": "type", "quantity": name, "got": kind, "wanted": "float"}
    return None


def first_difference(got: Any, wanted: Any, tolerance: float) -> tuple[int, ...] | None:
    """The first place, line by line, where two are further apart than ``tolerance`` of the larger of 1 and the second.

    Where both are not finite and alike, they do not differ.
    """
    mine, other = np.asarray(got, dtype=float), np.asarray(wanted, dtype=float)
    with np.errstate(all="ignore"):
        near = np.abs(mine - other) <= tolerance * np.maximum(1.0, np.abs(other))
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
    exercise: Exercise, check: Check, mine: Mapping[str, Any], names: tuple[str, ...], stage: Inputs | None
) -> str:
    """The id of the known mistake that makes just these numbers, "" where none does."""
    for mistake in exercise.mistakes:
        try:
            with np.errstate(all="ignore"):
                wrong = dict(exercise.use(mistake.written, **inputs_of(check, stage)))
        except Exception:  # with other inputs than these a mistake may be one that raises
            continue
        if all(_alike(mine[name], wrong.get(name)) for name in names):
            return mistake.id
    return ""


def _alike(one: Any, other: Any) -> bool:
    return other is not None and np.shape(one) == np.shape(other) and first_difference(one, other, _ALIKE) is None


def _own(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


def _in_short(inputs: Mapping[str, Any]) -> str:
    """What goes in: numbers and small arrays as Python writes them, of larger arrays the shape; no functions."""
    shown = []
    for name, value in inputs.items():
        if isinstance(value, np.ndarray) and value.size > _SMALL:
            shown.append(f"{name} {value.shape}")
        elif not callable(value):
            rounded = np.round(value, 4).tolist() if isinstance(value, np.ndarray) else value
            shown.append(f"{name} = {rounded}")
    text = ", ".join(shown)
    return text if len(text) <= _MOST_OF_INPUTS else text[:_MOST_OF_INPUTS] + "…"
