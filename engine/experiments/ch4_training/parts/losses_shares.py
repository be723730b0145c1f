"""Outputs that are probabilities: when one share changes, the others are scaled so that all still sum to 1."""

from __future__ import annotations

import math
from collections.abc import Sequence

CLOSE = 1e-8
"""A sum that is off by less is taken as 1: the digits that are kept of every share are not more."""
_DIGITS = 10

Shares = tuple[float, ...]


def sums_to_one(values: Sequence[float]) -> bool:
    """Whether these numbers can be read as probabilities."""
    return abs(math.fsum(values) - 1) < CLOSE


def scaled_to_one(values: Sequence[float]) -> Shares:
    """The same proportions with the sum 1; equal shares where all are 0."""
    return _filled(values, range(len(values)), 1.0)


def with_share(values: Sequence[float], index: int, share: float, fixed: int | None = None) -> Shares:
    """``share`` at ``index``, the rest scaled to what is left of 1; the value at ``fixed`` keeps out of it.

    Where ``fixed`` leaves less than ``share``, that is all there is.
    """
    if fixed == index:
        fixed = None
    others = [other for other in range(len(values)) if other not in (index, fixed)]
    room = 1.0 if fixed is None else max(0.0, 1.0 - values[fixed])
    share = min(max(share, 0.0), room) if others else room
    changed = list(values)
    changed[index] = _tidy(share)
    return _filled(changed, others, room - share)


def _filled(values: Sequence[float], places: Sequence[int], total: float) -> Shares:
    """``values`` with those at ``places`` scaled so that they sum to ``total``."""
    before = math.fsum(values[place] for place in places)
    filled = list(values)
    for place in places:
        filled[place] = _tidy(values[place] / before * total if before > 0 else total / len(places))
    return tuple(filled)


def _tidy(value: float) -> float:
    """Ten digits: 0.3 instead of 0.30000000000000004, and never below 0 or above 1."""
    return min(max(float(f"{value:.{_DIGITS}g}"), 0.0), 1.0)
