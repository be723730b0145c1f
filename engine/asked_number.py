"""Checks a numeric answer to a question: whether it is right, and if not, which known mistake ("slip") leads to it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Integral, Real
from typing import Any

NEAR = 0.025
"""The relative tolerance for answers that are not integers."""
_ROUNDING = 1e-9


def is_right(given: float, value: Any) -> bool:
    """Whether an answer equals the right ``value``: an integer exactly, any other number within the tolerance."""
    if isinstance(value, Integral):
        # Comparing NumPy numbers gives np.bool_, which JSON cannot encode.
        return bool(given == value)
    if not (isinstance(value, Real) and math.isfinite(value) and math.isfinite(given)):
        return False
    return abs(given - float(value)) <= NEAR * abs(float(value)) + _ROUNDING


def slip_of(given: float, right: Any, slips: Sequence[float | None]) -> int | None:
    """The index of the mistake that leads to the wrong answer ``given``; None if the answer is right, or if no mistake
    or several lead to it.

    ``slips`` are the answers to which the known mistakes lead, None where a mistake gives no number.
    """
    if is_right(given, right):
        return None
    found = [index for index, slip in enumerate(slips) if _is_slip(given, slip, right)]
    return found[0] if len(found) == 1 else None


def are_told_apart(right: Any, slips: Sequence[float | None]) -> bool:
    """Whether the mistakes can be identified by their answers: none leads to the right one, and no two to the same."""
    numbers = [slip for slip in slips if slip is not None]
    return not any(_is_slip(slip, right, right) or _is_slip(right, slip, right) for slip in numbers) and not any(
        _is_slip(one, other, right) or _is_slip(other, one, right)
        for index, one in enumerate(numbers)
        for other in numbers[index + 1 :]
    )


def _is_slip(given: float, slip: float | None, right: Any) -> bool:
    # If the right number must be matched exactly, so must the number of a mistake.
    if slip is None:
        return False
    return abs(given - slip) <= _ROUNDING if isinstance(right, Integral) else is_right(given, float(slip))
