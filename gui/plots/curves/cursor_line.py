"""A vertical line at the place that is read, across a plot; it can be gripped anywhere."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.api import pen, px, theme
from gui.plots.drawing.grip import GRIP, Grip


class CursorLine(Grip):
    """Where something is read, and where it was read before."""

    pointer = Qt.CursorShape.SizeHorCursor

    def __init__(self, z: float = 5) -> None:
        super().__init__()
        self._x = 0.0
        self._ghost: float | None = None
        self.setZValue(z)

    def show_cursor(self, x: float, ghost: float | None = None) -> None:
        """Where the line stands, and where it stood before."""
        self._x, self._ghost = x, ghost
        self.redraw()

    def shape(self) -> QPainterPath:
        path, view = QPainterPath(), self.boundingRect()
        pixel = self.pixelVectors()[0]
        half = px(GRIP) / 2 * (abs(pixel.x()) if pixel is not None else 0.001)
        path.addRect(QRectF(self._x - half, view.top(), 2 * half, view.height()))
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors, view = theme(), self.boundingRect()
        if self._ghost is not None:
            painter.setPen(pen(colors.text, 1.5, Qt.PenStyle.DashLine, colors.ghost_opacity))
            painter.drawLine(QPointF(self._ghost, view.top()), QPointF(self._ghost, view.bottom()))
        painter.setPen(pen(colors.text, 1.2))
        painter.drawLine(QPointF(self._x, view.top()), QPointF(self._x, view.bottom()))
