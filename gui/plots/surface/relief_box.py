"""The box around a relief: its edges, and three axes with names and tick texts on the foremost edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF
from PySide6.QtGui import QFontMetricsF

from engine.contract.numerals import format_real, rounded_down
from engine.geometry.relief import HEIGHT
from gui.plots.drawing.api import PixelPainter, Role, font, pen, px, theme
from gui.plots.drawing.ink import mixed
from gui.plots.drawing.points import divided
from gui.plots.surface.relief_ground import ReliefGround

_TICKS = 4
"""About how many ticks an axis has where there is room."""
_TICK, _GAP = 4, 3
"""The length of a tick in pixels, and the gap between it and its text."""
_SHORT = 46
"""The length in pixels below which an edge has no tick texts: it is seen almost end-on."""
_FLOOR, _CEILING = -HEIGHT / 2, HEIGHT / 2
Position3D = tuple[float, float, float]
"""x, y and z in coordinates of the box."""


def below_corner() -> float:
    """The pixels needed for tick texts below a corner of the floor."""
    return px(_TICK + 2 * _GAP) + QFontMetricsF(font("notes")).height()


def below_edge() -> float:
    """The pixels needed for tick texts and a name below an edge of the floor."""
    return below_corner() + QFontMetricsF(font("text")).height()


@dataclass(frozen=True)
class _Axis:
    """An axis along an edge of the box: its two ends, the values there, and its name."""

    start: Position3D
    end: Position3D
    low: float
    high: float
    name: str


class ReliefBox:
    """The box around a surface. Edges behind the surface are painted before it, edges in front of it and the axes after
    it.
    """

    def __init__(self, ground: ReliefGround, names: Sequence[str]) -> None:
        self._ground = ground
        shown, (across, along) = ground.shown, ground.aspect.away
        self._half = half_x, half_y = shown.reach
        # The sides of the floor that are turned to who looks; straight from before, the left one.
        self._front = near_x, near_y = -half_x if across >= -1e-9 else half_x, -half_y if along >= -1e-9 else half_y
        # Upright at the outer end of that edge which is more level on the picture, so that both can be read.
        foot = (-near_x, near_y) if abs(along) >= abs(across) else (near_x, -near_y)
        self._axes = (
            _Axis((-half_x, near_y, _FLOOR), (half_x, near_y, _FLOOR), shown.low[0], shown.high[0], names[0]),
            _Axis((near_x, -half_y, _FLOOR), (near_x, half_y, _FLOOR), shown.low[1], shown.high[1], names[1]),
            _Axis((*foot, _FLOOR), (*foot, _CEILING), shown.floor, shown.ceiling, names[2]),
        )

    def paint_behind(self, sketch: PixelPainter) -> None:
        """Paint the floor with its grid lines, and the edges that the surface may hide."""
        colors, (x, y) = theme(), self._half
        floor = [(-x, -y), (x, -y), (x, y), (-x, y)]
        # Opaque, which is painted several times as fast as what lets the ground through.
        sketch.shape([self._ground.point(*place, _FLOOR) for place in floor], mixed(colors.raised, 0.6))
        across, along, _ = self._axes
        ats = [_place(across, value)[0] for value in self._ticks(sketch, across)]
        grid = [((at, -y, _FLOOR), (at, y, _FLOOR)) for at in ats]
        ats = [_place(along, value)[1] for value in self._ticks(sketch, along)]
        grid += [((-x, at, _FLOOR), (x, at, _FLOOR)) for at in ats]
        self._edges(sketch, grid, colors.grid)
        (near_x, near_y), (far_x, far_y) = self._front, (-self._front[0], -self._front[1])
        back = [((far_x, far_y, _FLOOR), (far_x, far_y, _CEILING))]
        for side in ((near_x, far_y), (far_x, near_y)):
            back += [((far_x, far_y, height), (*side, height)) for height in (_FLOOR, _CEILING)]
            back.append(((*side, _FLOOR), (*side, _CEILING)))
        self._edges(sketch, back, colors.hairline)

    def _edges(self, sketch: PixelPainter, edges: Sequence[tuple[Position3D, Position3D]], color: str) -> None:
        """Draw all these edges of the box as one stroke."""
        point = self._ground.point
        sketch.painter.setPen(pen(color))
        sketch.painter.drawLines([QLineF(point(*start), point(*end)) for start, end in edges])

    def paint_before(self, sketch: PixelPainter) -> None:
        """Paint the axes, which lie in front of the surface."""
        for axis in self._axes:
            self._paint_axis(sketch, axis)

    def _paint_axis(self, sketch: PixelPainter, axis: _Axis) -> None:
        color, point = theme().muted_text, self._ground.point
        start, end = point(*axis.start), point(*axis.end)
        away, ticks = self._outwards(axis, start, end), self._ticks(sketch, axis)
        named = not away.isNull() and bool(ticks)
        feet = [point(*_place(axis, value)) for value in ticks] if named else []
        sketch.painter.setPen(pen(theme().hairline, 1.2))
        sketch.painter.drawLines([QLineF(start, end), *(QLineF(foot, foot + away * px(_TICK)) for foot in feet)])
        if not named:
            return
        widest = 0.0
        for value, foot in zip(ticks, feet, strict=True):
            words = format_real(value, 6)
            size = _size(sketch, words)
            reach = _reach(size, away)
            widest = max(widest, reach)
            sketch.words(words, _around(foot + away * (px(_TICK + _GAP) + reach), size), color=color)
        size = _size(sketch, axis.name, "text")
        if axis is self._axes[2]:
            place = end - QPointF(0, size.height() * 0.75)
        else:
            beyond = px(_TICK + 2 * _GAP) + 2 * widest + _reach(size, away)
            place = divided(start + end, 2) + away * beyond
        sketch.words(axis.name, _around(place, size), "text", color)

    def _ticks(self, sketch: PixelPainter, axis: _Axis) -> list[float]:
        """The values of the ticks that fit along an axis."""
        along = self._ground.point(*axis.end) - self._ground.point(*axis.start)
        length, span = math.hypot(along.x(), along.y()), axis.high - axis.low
        if length < px(_SHORT):
            return []
        spacing = rounded_down(span / _TICKS)
        room = 1.6 * sketch.height_of()
        if abs(along.x()) > 0.5 * length:
            room = 1.25 * sketch.width_of("\N{MINUS SIGN}0.5")
        while spacing * length / span < room and spacing < span:
            spacing = rounded_down(2.5 * spacing)
        first, last = math.ceil(axis.low / spacing - 1e-9), math.floor(axis.high / spacing + 1e-9)
        return [number * spacing for number in range(first, last + 1)]

    def _outwards(self, axis: _Axis, start: QPointF, end: QPointF) -> QPointF:
        """The unit vector perpendicular to an edge on the screen, away from the middle of the box."""
        along = end - start
        length = math.hypot(along.x(), along.y())
        if length < 1:
            return QPointF()
        aside = divided(QPointF(-along.y(), along.x()), length)
        middle = self._ground.point(0.0, 0.0, 0.0 if axis is self._axes[2] else _FLOOR)
        return aside if QPointF.dotProduct(aside, divided(start + end, 2) - middle) > 0 else -aside


def _place(axis: _Axis, value: float) -> Position3D:
    """The point on an axis, in coordinates of the box, that stands for a value."""
    share = (value - axis.low) / (axis.high - axis.low)
    x, y, z = (start + share * (end - start) for start, end in zip(axis.start, axis.end, strict=True))
    return x, y, z


def _size(sketch: PixelPainter, words: str, role: Role = "notes") -> QSizeF:
    return QSizeF(sketch.width_of(words, role), sketch.height_of(role))


def _reach(size: QSizeF, away: QPointF) -> float:
    """The distance from the centre of words of this size to their edge, along a unit vector."""
    return abs(away.x()) * size.width() / 2 + abs(away.y()) * size.height() / 2


def _around(middle: QPointF, size: QSizeF) -> QRectF:
    """The box of words of this size around ``middle``, with a margin of a pixel."""
    width = size.width() + 2
    return QRectF(middle.x() - width / 2, middle.y() - size.height() / 2, width, size.height())
