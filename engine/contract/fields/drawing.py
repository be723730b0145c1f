"""A field that contains a drawing: pen strokes, each a sequence of points, so that it can be undone stroke by
stroke.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from engine.contract.fields.base import Field
from engine.contract.fields.numbers import check_real
from engine.contract.text import Refused, Text, shortened

Stroke = tuple[tuple[float, float], ...]
_ADDED_ONE, _ADDED = Text("1 stroke added"), Text("{count} strokes added")
_REMOVED_ONE, _REMOVED = Text("1 stroke removed"), Text("{count} strokes removed")
_ERASED = Text("partly erased")
_ON_LINE = 0.002
"""The maximum distance at which a point counts as lying on a stroke; the eraser rounds coordinates to thousandths."""
_REDRAWN = Text("{label}: other strokes")


@dataclass(frozen=True, kw_only=True)
class Drawing(Field):
    """A tuple of strokes, each a tuple of (x, y) from 0 to 1: x to the right, y downwards. It may be empty."""

    kind: ClassVar[str] = "drawing"

    most_strokes: int = 60
    most_points: int = 600

    @property
    def of_many(self) -> bool:
        return True

    def check(self, value: object) -> tuple[Stroke, ...]:
        if not isinstance(value, (list, tuple)):
            raise Refused(Text("“{value}” is not a list of strokes.")(value=shortened(value)))
        if len(value) > self.most_strokes:
            raise Refused(
                Text("{count} strokes: at most {most} are allowed.")(count=len(value), most=self.most_strokes)
            )
        return tuple(self._check_stroke(stroke) for stroke in value)

    def _check_stroke(self, stroke: object) -> Stroke:
        if not isinstance(stroke, (list, tuple)) or not 1 <= len(stroke) <= self.most_points:
            count = len(stroke) if isinstance(stroke, (list, tuple)) else shortened(stroke)
            raise Refused(
                Text("a stroke of {count} places: 1 to {most} are allowed.")(count=count, most=self.most_points)
            )
        return tuple(self._check_place(place) for place in stroke)

    def _check_place(self, place: object) -> tuple[float, float]:
        if not isinstance(place, (list, tuple)) or len(place) != 2:
            raise Refused(Text("“{value}” is not a place [x, y].")(value=shortened(place)))
        return check_real(place[0], 0, 1), check_real(place[1], 0, 1)

    def example(self) -> str:
        return "[[[0.5, 0.2], [0.5, 0.8]]]"

    def to_json(self, value: tuple[Stroke, ...]) -> object:
        return [[list(place) for place in stroke] for stroke in value]

    def spell(self, value: tuple[Stroke, ...]) -> Text:
        if len(value) == 1:
            return Text("1 stroke")
        return Text("{count} strokes")(count=len(value))

    def spell_change(self, before: tuple[Stroke, ...], after: tuple[Stroke, ...]) -> Text:
        gone, new = Counter(before) - Counter(after), Counter(after) - Counter(before)
        if not gone:
            return _ADDED_ONE if new.total() == 1 else _ADDED(count=new.total())
        if not new:
            return _REMOVED_ONE if gone.total() == 1 else _REMOVED(count=gone.total())
        if all(any(_lies_on(piece, stroke) for stroke in gone) for piece in new):
            return _ERASED
        return _REDRAWN(label=self.label)

    def describe(self) -> dict[str, object]:
        return {"minimum": 0, "maximum": 1, "most_strokes": self.most_strokes, "most_points": self.most_points}

    def allowed(self) -> Text:
        return Text("at most {strokes} strokes")(strokes=self.most_strokes)


def _lies_on(piece: Stroke, stroke: Stroke) -> bool:
    """Whether all points of the stroke ``piece`` lie on ``stroke``."""
    return all(min(_distance(place, *step) for step in pairwise((stroke[0], *stroke))) < _ON_LINE for place in piece)


def _distance(place: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """The distance from a point ``place`` to the line segment from ``start`` to ``end``."""
    along = (end[0] - start[0], end[1] - start[1])
    squared = along[0] ** 2 + along[1] ** 2
    part = ((place[0] - start[0]) * along[0] + (place[1] - start[1]) * along[1]) / squared if squared else 0.0
    part = min(1.0, max(0.0, part))
    return math.hypot(start[0] + part * along[0] - place[0], start[1] + part * along[1] - place[1])
