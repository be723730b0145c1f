"""Labelled points as handles: each can be dragged, flipped to the next class, taken away, and new ones put down."""

from __future__ import annotations

from engine.contract.fields.labelled_points import LabelledPoints, Point
from engine.contract.handle import Handle, Place
from engine.contract.params import Params, field_of
from engine.contract.text import Text

_PREFIX = "point"
_STEP = 0.05
_LABEL = Text(
    "point {number}, class {label}: drag to move, click for the other class, Delete to remove",
    "第 {number} 个点，类别 {label}：拖动可移动，点一下换类别，按 Delete 键删除",
)


class PointHandles:
    """The handles ``point1``, ``point2``, … of the labelled points in one field of an experiment's parameters."""

    def __init__(self, params_type: type[Params], name: str) -> None:
        self._name = name
        self._field = field_of(params_type, name, LabelledPoints)

    def handles(self, params: Params) -> tuple[Handle, ...]:
        """One quiet handle on every point."""
        return tuple(
            Handle(f"{_PREFIX}{i}", (x1, x2), _STEP, _LABEL(number=i, label=label), quiet=True)
            for i, (x1, x2, label) in enumerate(self._points(params), start=1)
        )

    def moved(self, params: Params, handle: str, place: Place) -> dict[str, object]:
        """The change that brings a point to ``place`` or the nearest one that is allowed, in hundredths."""
        index = self._index(params, handle)
        return self._with(params, index, (*self._tidy(place), self._points(params)[index][2]))

    def flipped(self, params: Params, handle: str) -> dict[str, object]:
        """The change that gives a point the next class, after the last the first."""
        index = self._index(params, handle)
        x1, x2, label = self._points(params)[index]
        return self._with(params, index, (x1, x2, (label + 1) % self._field.classes))

    def removed(self, params: Params, handle: str) -> dict[str, object]:
        """The change without a point; empty where no more can be taken away."""
        index, points = self._index(params, handle), self._points(params)
        return {} if len(points) == self._field.fewest else {self._name: points[:index] + points[index + 1 :]}

    def added(self, params: Params, place: Place, label: int) -> dict[str, object]:
        """The change with one more point, at ``place`` or the nearest that is allowed; empty where there are enough."""
        points = self._points(params)
        if len(points) == self._field.most:
            return {}
        return {self._name: (*points, (*self._tidy(place), label))}

    def _points(self, params: Params) -> tuple[Point, ...]:
        points: tuple[Point, ...] = getattr(params, self._name)
        return points

    def _with(self, params: Params, index: int, point: Point) -> dict[str, object]:
        points = self._points(params)
        return {self._name: (*points[:index], point, *points[index + 1 :])}

    def _index(self, params: Params, handle: str) -> int:
        """The place of a handle's point in the field; KeyError for any other handle."""
        number = handle.removeprefix(_PREFIX)
        if not number.isdecimal() or not 1 <= int(number) <= len(self._points(params)):
            raise KeyError(handle)
        return int(number) - 1

    def _tidy(self, place: Place) -> Place:
        low, high = self._field.minimum, self._field.maximum
        x1, x2 = (round(min(max(float(part), low), high), 2) + 0.0 for part in place)
        return x1, x2
