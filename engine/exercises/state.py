"""Whether calls disturb one another: two at a time, and a second time with the same object.

What belongs to one object may lie in its class, in a default value or in a global variable, where all objects share it;
and an object may keep of a first batch what it should have made anew. No check of a single call sees either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.exercises.exercise import Check, Exercise, Inputs, Values, inputs_of
from engine.exercises.naming import RAISED
from engine.exercises.verdict import Failure, VerdictKind, first_difference, wrong_number

_Found = list[dict[str, Any]]


def disturbed(exercise: Exercise, written: Any, stage: Inputs | None) -> Failure | None:
    """The first number that differs from the reference's where calls follow one another; None if there is none.

    ``Ended``, raised by the process in which the code runs, is not caught.
    """
    checks, codes = (exercise.checks[0], exercise.checks[-1]), (exercise.reference, written)
    # Of a whole file some quantities depend on chance unless their own check asks for them.
    names = [check.quantities if not exercise.name else () for check in checks]
    return _apart("shared", checks, names, *(_in_turn(exercise, one, checks, stage) for one in codes)) or _apart(
        "stale", checks[:1], names, *(_again(exercise, one, checks[0], stage) for one in codes)
    )


def _in_turn(exercise: Exercise, written: Any, checks: Sequence[Check], stage: Inputs | None) -> _Found:
    """What the code gives in two checks, one quantity of the one and of the other in turn."""
    return _gone_through([exercise.use(written, **inputs_of(check, stage)) for check in checks])


def _again(exercise: Exercise, written: Any, check: Check, stage: Inputs | None) -> _Found:
    """What the code gives the second time: a class keeps its object, and the samples come in another order."""
    made: list[Any] = []

    def once(*given: Any, **named: Any) -> Any:
        if not made:
            made.append(written(*given, **named))
        return made[0]

    is_class = isinstance(exercise.reference, type)
    first = _gone_through([exercise.use(once if is_class else written, **inputs_of(check, stage))])
    if RAISED in first[0]:
        return first
    return _gone_through([exercise.use(once if is_class else written, **_rolled(inputs_of(check, stage)))])


def _rolled(inputs: dict[str, Any]) -> dict[str, Any]:
    """The inputs with the last sample first, in every array that has as many rows as a batch ``x``."""
    samples = len(inputs["x"]) if np.ndim(inputs.get("x", 0)) > 1 else 0
    return {
        name: np.roll(one, 1, axis=0) if samples and np.ndim(one) and len(one) == samples else one
        for name, one in inputs.items()
    }


def _gone_through(running: list[Values]) -> _Found:
    """What several uses yield, one quantity of each in turn."""
    found: _Found = [{} for _ in running]
    left = dict(enumerate(running))
    with np.errstate(all="ignore"):
        while left:
            for number, values in list(left.items()):
                try:
                    step = next(values, None)
                except Exception:  # as where arrays of one shape meet those of another
                    step, found[number][RAISED] = None, True
                if step is None:
                    del left[number]
                else:
                    found[number][step[0]] = step[1]
    return found


def _apart(
    kind: VerdictKind, checks: Sequence[Check], names: Sequence[tuple[str, ...]], right: _Found, mine: _Found,
) -> Failure | None:  # fmt: skip
    """The first number that differs, of the quantities with these names for each check, or of all."""
    for check, asked, wanted, got in zip(checks, names, right, mine, strict=False):
        if RAISED in got and RAISED not in wanted:
            return Failure(kind)
        for name in asked or tuple(wanted):
            if name not in got or np.shape(got[name]) != np.shape(wanted[name]):
                continue
            place = first_difference(got[name], wanted[name], check.tolerance)
            if place is not None:
                return wrong_number(kind, name, place, got[name], wanted[name])
    return None
