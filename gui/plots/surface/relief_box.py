"""The box in which a surface stands: its edges, and three axes with their names and numbers on the foremost ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from engine.contract.numerals import format_real, rounded_down
from engine.geometry.relief import HEIGHT
from gui.plots.drawing.pieces import Role, Sketch, scaled, theme
from gui.plots.drawing.points import divided
from gui.plots.surface.relief_ground import ReliefGround

_TICKS = 4
"""About so many numbers stand at an axis where there is room."""
_TICK, _GAP = 4, 3
"""Pixels of a tick, and from there to its number."""
_SHORT = 46
"""Pixels below which an edge is seen so much from its end that nothing can be read off it."""


@dataclass(frozen=True)
class _Axis:
    """An edge of the box from ``start`` to ``end`` (3,), the numbers at these, and its name."""

    start: np.ndarray
    end: np.ndarray
    low: float
    high: float
    name: str


class ReliefBox:
    """The edges behind the surface are painted before it, those in front and the axes after it."""

    def __init__(self, ground: ReliefGround, names: Sequence[str]) -> None:
        self._ground = ground
        shown, (across, along) = ground.shown, ground.aspect.away
        half_x, half_y = shown.reach
        # The sides of the floor that are turned to who looks; straight from before, the left one.
        self._front = np.array([-half_x if across >= -1e-9 else half_x, -half_y if along >= -1e-9 else half_y])
        self._half = np.array([half_x, half_y])
        near_x, near_y = self._front.tolist()
        floor, ceiling = -HEIGHT / 2, HEIGHT / 2
        self._axes = [
            _Axis(
                np.array([-half_x, near_y, floor]), np.array([half_x, near_y, floor]),
                shown.low[0], shown.high[0], names[0],
            ),
            _Axis(
                np.array([near_x, -half_y, floor]), np.array([near_x, half_y, floor]),
                shown.low[1], shown.high[1], names[1],
            ),
        ]  # fmt: skip
        # Upright at the outer end of that edge which is more level on the picture, so that both can be read.
        far_x, far_y = -near_x, -near_y
        foot = (far_x, near_y) if abs(along) >= abs(across) else (near_x, far_y)
        upright = _Axis(np.array([*foot, floor]), np.array([*foot, ceiling]), shown.floor, shown.ceiling, names[2])
        self._axes.append(upright)

    def paint_behind(self, sketch: Sketch) -> None:
        """The floor with its lines, and the edges that the surface may hide."""
        colors = theme()
        corners = self._pixels([(x, y, -HEIGHT / 2) for x, y in self._floor()])
        sketch.shape(corners, colors.raised, 0.6)
        for axis, other in ((0, 1), (1, 0)):
            for value, _ in self._ticks(sketch, self._axes[axis]):
                place = self._between(self._axes[axis], value)[axis]
                ends = np.zeros((2, 3))
                ends[:, axis], ends[:, 2] = place, -HEIGHT / 2
                ends[:, other] = -self._half[other], self._half[other]
                self._edge(sketch, ends, colors.grid)
        back = -self._front
        for x, y in ((back[0], back[1]), (self._front[0], back[1]), (back[0], self._front[1])):
            self._edge(sketch, [(x, y, -HEIGHT / 2), (x, y, HEIGHT / 2)], colors.hairline)
            if (x, y) != (back[0], back[1]):
                tops = [(back[0], back[1], HEIGHT / 2), (x, y, HEIGHT / 2)]
                self._edge(sketch, tops, colors.hairline)
                floors = [(back[0], back[1], -HEIGHT / 2), (x, y, -HEIGHT / 2)]
                self._edge(sketch, floors, colors.hairline)

    def _edge(self, sketch: Sketch, ends: object, color: str) -> None:
        start, end = self._pixels(ends)
        sketch.line(start, end, color)

    def paint_before(self, sketch: Sketch) -> None:
        """The axes, which nothing hides."""
        for axis in self._axes:
            self._paint_axis(sketch, axis)

    def _paint_axis(self, sketch: Sketch, axis: _Axis) -> None:
        colors = theme()
        start, end = self._pixels([axis.start, axis.end])
        sketch.line(start, end, colors.hairline, 1.2)
        away = self._outwards(axis, start, end)
        ticks = self._ticks(sketch, axis)
        if away.isNull() or not ticks:
            return
        widest = 0.0
        for value, words in ticks:
            (foot,) = self._pixels([self._between(axis, value)])
            sketch.line(foot, foot + away * scaled(_TICK), colors.hairline, 1.2)
            widest = max(widest, _reach(sketch, words, away))
            box = _box(sketch, words, foot + away * (scaled(_TICK + _GAP) + _reach(sketch, words, away)))
            sketch.words(words, box, color=colors.muted_text)
        middle = end if axis is self._axes[2] else divided(start + end, 2)
        if axis is self._axes[2]:
            place = middle - QPointF(0, sketch.height_of("text") * 0.75)
        else:
            beyond = scaled(_TICK + 2 * _GAP) + 2 * widest + _reach(sketch, axis.name, away, "text")
            place = middle + away * beyond
        sketch.words(axis.name, _box(sketch, axis.name, place, "text"), "text", colors.muted_text)

    def _ticks(self, sketch: Sketch, axis: _Axis) -> list[tuple[float, str]]:
        """The numbers that have room at an axis."""
        start, end = self._pixels([axis.start, axis.end])
        length, span = math.hypot(end.x() - start.x(), end.y() - start.y()), axis.high - axis.low
        if length < scaled(_SHORT):
            return []
        spacing = rounded_down(span / _TICKS)
        room = 1.6 * sketch.height_of()
        if abs(end.x() - start.x()) > 0.5 * length:
            room = 1.25 * sketch.width_of("\N{MINUS SIGN}0.5")
        while spacing * length / span < room and spacing < span:
            spacing = rounded_down(2.5 * spacing)
        first, last = math.ceil(axis.low / spacing - 1e-9), math.floor(axis.high / spacing + 1e-9)
        values = [number * spacing for number in range(first, last + 1)]
        return [(value, format_real(value, 6)) for value in values]

    def _between(self, axis: _Axis, value: float) -> np.ndarray:
        return axis.start + (value - axis.low) / (axis.high - axis.low) * (axis.end - axis.start)

    def _outwards(self, axis: _Axis, start: QPointF, end: QPointF) -> QPointF:
        """The unit vector at right angles to an edge on the picture that leads away from the middle of the box."""
        along = end - start
        length = math.hypot(along.x(), along.y())
        if length < 1:
            return QPointF()
        aside = divided(QPointF(-along.y(), along.x()), length)
        base = 0.0 if axis is self._axes[2] else -HEIGHT / 2
        (middle,) = self._pixels([(0.0, 0.0, base)])
        return aside if QPointF.dotProduct(aside, divided(start + end, 2) - middle) > 0 else -aside

    def _floor(self) -> list[tuple[float, float]]:
        x, y = self._half.tolist()
        return [(-x, -y), (x, -y), (x, y), (-x, y)]

    def _pixels(self, places: object) -> list[QPointF]:
        found = self._ground.in_pixels(np.array(places, dtype=float))
        return [QPointF(x, y) for x, y in found.tolist()]


def _reach(sketch: Sketch, words: str, away: QPointF, role: Role = "notes") -> float:
    """How far words reach from their middle along a unit vector."""
    return abs(away.x()) * sketch.width_of(words, role) / 2 + abs(away.y()) * sketch.height_of(role) / 2


def _box(sketch: Sketch, words: str, middle: QPointF, role: Role = "notes") -> QRectF:
    width, height = sketch.width_of(words, role) + 2, sketch.height_of(role)
    return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)
