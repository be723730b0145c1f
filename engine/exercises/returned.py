"""Validates the return values of the learner's code at each call in a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.exercises.verdict import Failure
from engine.sandbox.learner_code import printable

_LARGEST, _TAME = 1e150, 1e100
"""A value larger than the first is rejected, unless an input was already larger than the second."""
_REAL = "biuf"


class Unfit(Exception):
    """Raised if a return value of the learner's code is unusable; ``failure`` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.kind)
        self.failure = failure


_MOST_NAMES, _LONGEST_NAME = 8, 20
_RETURN = "return"
"""The name used in messages for a return value as a whole."""


@dataclass(frozen=True)
class NoEntry:
    """Stands for a missing entry of a dictionary: its ``name``, and the ``names`` of the existing ones, shortened."""

    name: str
    names: str


def entry(answer: Any, name: str) -> Any:
    """The entry of a dictionary with this name; ``NoEntry`` if it is missing, None if ``answer`` is no dictionary."""
    if not isinstance(answer, dict):
        return None
    if name in answer:
        return answer[name]
    names = [printable(repr(one))[:_LONGEST_NAME] for one in list(answer)[:_MOST_NAMES]]
    return NoEntry(name, ", ".join(names) + (", …" if len(answer) > _MOST_NAMES else ""))


def array(value: Any, shape: tuple[int, ...], name: str = _RETURN) -> np.ndarray:
    """Returns the value as an array if it has real numbers and this shape; raises ``Unfit`` otherwise."""
    if value is None and name == _RETURN:
        raise Unfit(Failure("nothing", quantity=name))
    if not isinstance(value, (np.ndarray, np.generic, int, float)):
        raise Unfit(Failure("type", quantity=name, got=type(value).__name__, wanted="numpy.ndarray"))
    found = np.asarray(value)
    if found.dtype.kind not in _REAL:
        raise Unfit(Failure("type", quantity=name, got=f"{found.dtype}", wanted="float"))
    if found.shape != shape:
        raise Unfit(Failure("shape", quantity=name, got=f"{found.shape}", wanted=f"{shape}"))
    return found


def number(value: Any) -> float:
    """Returns the value as a float if it is one real number; raises ``Unfit`` otherwise."""
    return float(array(value, np.shape(value) if np.size(value) == 1 and np.ndim(value) else ()).reshape(()))


def pair(value: Any) -> tuple[Any, Any]:
    """Returns the two elements of a tuple or list of length 2; raises ``Unfit`` for anything else."""
    if value is None:
        raise Unfit(Failure("nothing", quantity=_RETURN))
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise Unfit(Failure("type", quantity=_RETURN, got=type(value).__name__, wanted="tuple (2)"))
    return value[0], value[1]


def look_at(value: Any, inputs: Iterable[Any]) -> None:
    """Raises ``Unfit`` if a return value has infinite, nan or huge numbers although the inputs have none.

    If the inputs have such numbers too, the run diverged by itself, and the learner's code is not to blame.
    """
    for part in value if isinstance(value, (tuple, list)) else (value,):
        if isinstance(part, (float, np.ndarray)) and _is_wild(part) and not any(map(_is_wild_already, inputs)):
            numbers = np.ravel(np.asarray(part, dtype=float))
            odd = numbers[~(np.abs(numbers) <= _LARGEST)]
            raise Unfit(Failure("infinite", got=f"{odd[0]:g}"))


def _is_wild(part: Any) -> bool:
    found = np.asarray(part)
    if found.dtype.kind != "f" or not found.size:
        return False
    with np.errstate(all="ignore"):
        # One pass, which nearly always says that there is nothing.
        if abs(np.vdot(found, found)) < np.inf and found.dtype != np.float16:
            return False
        return not bool((np.abs(found) <= _LARGEST).all())


def _is_wild_already(part: Any) -> bool:
    if isinstance(part, dict):
        return any(map(_is_wild_already, part.values()))
    if not isinstance(part, (float, np.ndarray, np.generic)):
        return False
    found = np.asarray(part)
    return found.dtype.kind == "f" and not bool((np.abs(found) <= _TAME).all())
