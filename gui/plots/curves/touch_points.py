"""The points where a cursor meets curves: a dot on each, with a piece of its tangent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.api import PixelPainter, PlotOverlay, curve_color, pen, px, theme
from gui.plots.drawing.points import divided
from gui.plots.drawing.stage_item import GRIP, Grip
from gui.style.painting import tells_faults

_DOT = 5
_REACH = 46


@dataclass(frozen=True)
class Touch:
    """A dot in the style of curve ``number``; ``slope`` (in plot units) draws the tangent, None leaves it out.

    The tangent stays between the two x of ``within``, so that it does not cross a jump.
    """

    number: int
    x: float
    y: float
    slope: float | None = None
    within: tuple[float, float] = (-math.inf, math.inf)


class TouchPoints(PlotOverlay):
    """Dots and tangents, drawn in pixels above the curves, so that tangents have equal length whatever their slope."""

    state: tuple[Sequence[Touch], Sequence[Touch]] = ((), ())

    def __init__(self, z: float = 20) -> None:
        super().__init__()
        self.setZValue(z)

    def show_touches(self, touches: Sequence[Touch], ghosts: Sequence[Touch] = ()) -> None:
        """Show the dots and tangents, and ghosts of earlier ones."""
        self.show_state(touches, ghosts)

    def draw(self, sketch: PixelPainter) -> None:
        colors, radius = theme(), px(_DOT)
        touches, ghosts = self.state
        for ghost in ghosts:
            sketch.dot(sketch.at(ghost.x, ghost.y), radius, curve_color(ghost.number), opacity=colors.ghost_opacity)
        for touch in touches:
            if touch.slope is not None:
                middle = sketch.at(touch.x, touch.y)
                ahead = sketch.at(touch.x + 1, touch.y + touch.slope) - middle
                along = divided(ahead, math.hypot(ahead.x(), ahead.y())) * px(_REACH)
                start, end = (middle + along * (side * _share(sketch, touch, side * along.x())) for side in (-1, 1))
                sketch.line(start, end, colors.surface, 5)
                sketch.line(start, end, curve_color(touch.number), 3.5)
        for touch in touches:
            sketch.dot(sketch.at(touch.x, touch.y), radius, curve_color(touch.number), colors.surface)


def _share(sketch: PixelPainter, touch: Touch, across: float) -> float:
    """The share, from 0 to 1, of ``across`` pixels (negative to the left) that a tangent may extend from its dot
    without leaving ``touch.within``.
    """
    end = touch.within[across > 0]
    if not across or math.isinf(end):
        return 1.0
    return min(1.0, abs(sketch.at(end, touch.y).x() - sketch.at(touch.x, touch.y).x()) / abs(across))


class CursorLine(Grip):
    """A draggable vertical line as cursor, with a ghost at its earlier position."""

    pointer = Qt.CursorShape.SizeHorCursor

    def __init__(self, z: float = 5) -> None:
        super().__init__()
        self._x = 0.0
        self._ghost: float | None = None
        self.setZValue(z)

    def show_cursor(self, x: float, ghost: float | None = None) -> None:
        """Set the line's x, and its earlier one."""
        self._x, self._ghost = x, ghost
        self.redraw()

    def shape(self) -> QPainterPath:
        path, view = QPainterPath(), self.boundingRect()
        pixel = self.pixelVectors()[0]
        half = px(GRIP) / 2 * (abs(pixel.x()) if pixel is not None else 0.001)
        path.addRect(QRectF(self._x - half, view.top(), 2 * half, view.height()))
        return path

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors, view = theme(), self.boundingRect()
        if self._ghost is not None:
            painter.setPen(pen(colors.text, 1.5, Qt.PenStyle.DashLine, colors.ghost_opacity))
            painter.drawLine(QPointF(self._ghost, view.top()), QPointF(self._ghost, view.bottom()))
        painter.setPen(pen(colors.text, 1.2))
        painter.drawLine(QPointF(self._x, view.top()), QPointF(self._x, view.bottom()))
