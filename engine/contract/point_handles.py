"""A mixin with handles for labelled points: drag them, click for the next class, delete them, and add new ones."""

from __future__ import annotations

from collections.abc import Mapping

from engine.contract.experiment import Experiment, F, P
from engine.contract.fields.labelled_points import LabelledPoints, Point
from engine.contract.handle import Handle, Position
from engine.contract.params import Params, field_of
from engine.contract.text import Text

_PREFIX, _FIELD = "point", "points"
_STEP = 0.05
_POINT = Text("point {number}")
_LABEL = Text("{point}, class {label}: drag to move, click for the other class, Delete to remove")
_BY_KEYS = Text("Enter gives it the other class, Delete removes it.")


class PointsInHand(Experiment[P, F]):
    """An experiment with the handles ``point1``, ``point2``, … for the labelled points in its parameter ``points``."""

    def handles(self, params: P, frame: F) -> tuple[Handle, ...]:
        """One handle for every point; it is invisible until the point is hovered over or focused."""
        return tuple(
            Handle(
                f"{_PREFIX}{i}",
                (x1, x2),
                _STEP,
                _LABEL(point=self.point_words(params, i), label=label),
                quiet=True,
                by_keys=_BY_KEYS,
            )
            for i, (x1, x2, label) in enumerate(_points(params), start=1)
        )

    def point_words(self, params: P, number: int) -> Text:
        """The label of a point's handle; ``number`` counts from 1."""
        return _POINT(number=number)

    def drag(self, params: P, frame: F, handle: str, place: Position) -> Mapping[str, object]:
        """The parameter change that moves a point to ``place``, or the nearest allowed point, rounded to hundredths."""
        index = _index(params, handle)
        return _with(params, index, (*_tidy(params, place), _points(params)[index][2]))

    def click(self, params: P, frame: F, handle: str) -> Mapping[str, object]:
        """The parameter change that gives a point the next class; after the last class comes the first."""
        index = _index(params, handle)
        x1, x2, label = _points(params)[index]
        return _with(params, index, (x1, x2, (label + 1) % _field(params).classes))

    def remove(self, params: P, frame: F, handle: str) -> Mapping[str, object]:
        """The parameter change that deletes a point; empty if there are already as few points as allowed."""
        index, points = _index(params, handle), _points(params)
        return {} if len(points) == _field(params).fewest else {_FIELD: points[:index] + points[index + 1 :]}

    def add(self, params: P, frame: F, place: Position) -> Mapping[str, object]:
        """The parameter change that adds a point of class 1 at ``place`` or the nearest allowed point; empty if the
        maximum number is reached.
        """
        points = _points(params)
        return {} if len(points) == _field(params).most else {_FIELD: (*points, (*_tidy(params, place), 1))}


def _field(params: Params) -> LabelledPoints:
    return field_of(type(params), _FIELD, LabelledPoints)


def _points(params: Params) -> tuple[Point, ...]:
    points: tuple[Point, ...] = getattr(params, _FIELD)
    return points


def _with(params: Params, index: int, point: Point) -> dict[str, object]:
    points = _points(params)
    return {_FIELD: (*points[:index], point, *points[index + 1 :])}


def _index(params: Params, handle: str) -> int:
    """The index of a handle's point in the parameter ``points``; KeyError for a handle that belongs to no point."""
    number = handle.removeprefix(_PREFIX)
    if not number.isdecimal() or not 1 <= int(number) <= len(_points(params)):
        raise KeyError(handle)
    return int(number) - 1


def _tidy(params: Params, place: Position) -> Position:
    low, high = _field(params).minimum, _field(params).maximum
    x1, x2 = (round(min(max(float(part), low), high), 2) + 0.0 for part in place)
    return x1, x2
