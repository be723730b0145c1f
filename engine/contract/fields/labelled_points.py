"""Points of the plane, each with a class label: a small data set that can be edited by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.contract.csv_points import rows_of
from engine.contract.fields.base import Ranged
from engine.contract.fields.real import check_real
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, counted

Point = tuple[float, float, int]
_ADDED = Text("point {number} added")
_TOO_MANY = Text("line {number}: at most {most} points are allowed.")
_AT_LINE = Text("line {number}: {reason}")
_REMOVED = Text("point {number} removed")


@dataclass(frozen=True, kw_only=True)
class LabelledPoints(Ranged):
    """A tuple of (x1, x2, label): coordinates from ``minimum`` to ``maximum``, label 0 to ``classes`` − 1."""

    kind: ClassVar[str] = "labelled_points"

    classes: int = 2
    fewest: int = 1
    most: int = 200

    def check(self, value: object) -> tuple[Point, ...]:
        if not isinstance(value, (list, tuple)) or not self.fewest <= len(value) <= self.most:
            count = len(value) if isinstance(value, (list, tuple)) else shortened(value)
            raise Refused(
                Text("{count} points: a list of {fewest} to {most} is needed.")(
                    count=count, fewest=self.fewest, most=self.most
                )
            )
        return tuple(self._check_point(point) for point in value)

    def parse(self, text: str) -> tuple[Point, ...]:
        """The points that a text spells: JSON, or the lines of a CSV file."""
        return super().parse(text) if text.lstrip().startswith("[") else self.check(self._of_lines(text))

    def _of_lines(self, text: str) -> tuple[Point, ...]:
        points: list[Point] = []
        for number, row in rows_of(text):
            if len(points) == self.most:
                raise Refused(_TOO_MANY(number=number, most=self.most))
            try:
                points.append(self._check_point(row))
            except Refused as refusal:
                raise Refused(_AT_LINE(number=number, reason=refusal.text)) from None
        return tuple(points)

    def _check_point(self, point: object) -> Point:
        if not isinstance(point, (list, tuple)) or len(point) != 3:
            raise Refused(Text("“{value}” is not a point [x1, x2, label].")(value=shortened(point)))
        x1, x2, label = point
        number = check_real(label, 0, self.classes - 1)
        if number != int(number):
            raise Refused(Text("label {value} is not a whole number.")(value=number))
        return (
            check_real(x1, self.minimum, self.maximum),
            check_real(x2, self.minimum, self.maximum),
            int(number),
        )

    def example(self) -> str:
        return "[[0.5, -1, 0], [1, 0.2, 1]]"

    def to_json(self, value: tuple[Point, ...]) -> object:
        return [list(point) for point in value]

    def spell(self, value: tuple[Point, ...]) -> Text:
        return counted(len(value), "point")

    def spell_change(self, before: tuple[Point, ...], after: tuple[Point, ...]) -> Text:
        if len(before) == len(after):
            places = [index for index in range(len(after)) if before[index] != after[index]]
            if len(places) == 1:
                return _point_change(places[0], before[places[0]], after[places[0]])
            return Text("{count} points changed")(count=len(places))
        longer, shorter = (after, before) if len(after) > len(before) else (before, after)
        extra = next((place for place in range(len(longer)) if longer[:place] + longer[place + 1 :] == shorter), None)
        if extra is None:
            return super().spell_change(before, after)
        return (_ADDED if longer is after else _REMOVED)(number=extra + 1)

    def describe(self) -> dict[str, object]:
        return {**super().describe(), "classes": self.classes, "fewest": self.fewest, "most": self.most}


def _point_change(place: int, before: Point, after: Point) -> Text:
    if before[2] == after[2]:
        return Text("point {number} moved")(number=place + 1)
    if before[:2] == after[:2]:
        words = Text("point {number} is now class {label}")
        return words(number=place + 1, label=after[2])
    return Text("point {number} changed")(number=place + 1)
