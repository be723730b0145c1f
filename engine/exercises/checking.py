"""The checks in their order: read, run, ended, fitting, inputs unchanged, and then number by number."""

from __future__ import annotations

import dataclasses
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.exercises.exercise import Check, Exercise, Inputs
from engine.exercises.own_code import Unusable, compiled, failure_of, made_by
from engine.exercises.verdict import ENDS, FIRST_CHECK, FITS, READS, RUNS, UNCHANGED, Failure, Verdict

_ALIKE = 1e-9
_SMALL, _MOST_OF_INPUTS = 6, 300


def check_source(
    exercise: Exercise,
    source: str,
    stage: Inputs | None = None,
    begun: Callable[[int], None] = lambda step: None,
) -> Verdict:
    """Check what a learner wrote; ``stage`` are the numbers of the stage, if it shows what the exercise is about.

    ``begun`` is told every step before it is made, so that whoever has to end this knows how far it came.
    """
    begun(READS)
    try:
        code = compiled(source, exercise.id)
        begun(RUNS)
        written = made_by(code, exercise.name, exercise.given())
    except Unusable as unusable:
        return Verdict(READS if unusable.failure.kind == "syntax" else RUNS, unusable.failure)
    return check_written(exercise, written, stage, begun, lambda: made_by(code, exercise.name, exercise.given()))


def check_written(
    exercise: Exercise,
    written: Any,
    stage: Inputs | None = None,
    begun: Callable[[int], None] = lambda step: None,
    anew: Callable[[], Any] | None = None,
) -> Verdict:
    """Check a function or class; ``anew`` makes it again for every check, so that none sees what another one left."""
    for index, check in enumerate(exercise.checks):
        step = FIRST_CHECK + index
        begun(step if index else ENDS)
        failed = _failed(exercise, check, anew() if anew and index else written, stage)
        if failed is not None:
            earlier, failure = failed
            # What was written into is told where all inputs are, in whichever check it came out.
            return Verdict(earlier if index == 0 or earlier == UNCHANGED else step, failure)
    return Verdict(FIRST_CHECK + len(exercise.checks))


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


def _failed(exercise: Exercise, check: Check, written: Any, stage: Inputs | None) -> tuple[int, Failure] | None:
    """The step and the failure of one check; the step is that of the first check."""
    given, before = (inputs_of(check, stage) for _ in range(2))
    came_in = _in_short(given)
    wanted = dict(exercise.use(exercise.reference, **inputs_of(check, stage)))
    mine: dict[str, Any] = {}
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always", RuntimeWarning)
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
    except BaseException as error:  # whatever the learner's code raises
        failure = failure_of(error)
        return RUNS, Failure(failure.kind, failure.line, words=failure.words, came_in=came_in)
    names = check.quantities or tuple(wanted)
    for name, value in before.items():
        if name not in exercise.changes and isinstance(value, np.ndarray):
            place = first_difference(given[name], value, 0.0)
            if place is not None:
                return UNCHANGED, _numbers("changed", name, place, given[name], value)
    for name in names:
        place = first_difference(mine[name], wanted[name], check.tolerance)
        if place is not None:
            mistake = _mistake(exercise, check, mine, names, stage)
            came_in = came_in if check.inputs is not None else ""
            return FIRST_CHECK, _numbers("value", name, place, mine[name], wanted[name], mistake, came_in)
        if check.whole and not isinstance(mine[name], (int, np.integer)):
            failure = _numbers("whole", name, (), mine[name], wanted[name], came_in=came_in)
            return FIRST_CHECK, dataclasses.replace(failure, got=type(mine[name]).__name__)
    # Where a number is wrong its cell says more than the warning; here the warning is all there is.
    of_ours = [one for one in warned if issubclass(one.category, RuntimeWarning)]
    if of_ours:
        return FIRST_CHECK, Failure("warned", words=f"{of_ours[0].message}"[:200], came_in=came_in)
    return None


def _misfit(name: str, got: Any, wanted: Any) -> dict[str, Any] | None:
    """What is wrong with the kind or the shape of a quantity, as fields of a failure."""
    if got is None:
        return {"kind": "nothing", "quantity": name}
    if isinstance(wanted, np.ndarray) and wanted.ndim:
        if not isinstance(got, np.ndarray):
            return {"kind": "type", "quantity": name, "got": type(got).__name__, "wanted": "numpy.ndarray"}
        if got.shape != wanted.shape:
            return {"kind": "shape", "quantity": name, "got": f"{got.shape}", "wanted": f"{wanted.shape}"}
    elif np.ndim(got) or isinstance(got, str):
        number = f"{np.shape(got)}" if np.ndim(got) else type(got).__name__
        return {"kind": "type", "quantity": name, "got": number, "wanted": type(wanted).__name__}
    try:
        np.asarray(got, dtype=float)
    except (TypeError, ValueError):
        return {"kind": "type", "quantity": name, "got": type(got).__name__, "wanted": "float"}
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
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)
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
