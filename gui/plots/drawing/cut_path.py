"""What of a long line is near enough to a plot to be seen in it: Qt takes its time for what lies far outside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from PySide6.QtCore import QPointF, QRectF

_BEYOND = 40
"""Pixels from the box; where a line turns sharply, a join reaches further than a pen is wide."""
Part = tuple[list[QPointF], float]
"""Places that are joined, and how far from the line's start the first of them lies along it."""


def cut_to(places: Sequence[QPointF], box: QRectF) -> list[Part]:
    """The parts of a line through ``places`` that come near ``box``, ending so far outside that nothing of a pen's ends
    and joins is to be seen. One place alone is a part by itself.
    """
    near = box.adjusted(-_BEYOND, -_BEYOND, _BEYOND, _BEYOND)
    if len(places) < 2 or all(near.contains(place) for place in places):
        return [(list(places), 0.0)]
    parts: list[Part] = []
    along, goes_on = 0.0, False
    for start, end in pairwise(places):
        way = end - start
        length = hypot(way.x(), way.y())
        first, last = _inside(start, way, near)
        if first >= last:
            goes_on = False
        else:
            entered = start if first == 0 else start + way * first
            left = end if last == 1 else start + way * last
            if goes_on and first == 0:
                parts[-1][0].append(left)
            else:
                parts.append(([entered, left], along + first * length))
            goes_on = last == 1
        along += length
    return parts


def _inside(start: QPointF, way: QPointF, box: QRectF) -> tuple[float, float]:
    """From which share of a straight way to which it lies in a box; the first is not below the second if nowhere."""
    first, last = 0.0, 1.0
    for at, along, low, high in (
        (start.x(), way.x(), box.left(), box.right()),
        (start.y(), way.y(), box.top(), box.bottom()),
    ):
        if along:
            enters, leaves = sorted(((low - at) / along, (high - at) / along))
            first, last = max(first, enters), min(last, leaves)
        elif not low <= at <= high:
            return 1.0, 0.0
    return first, last
