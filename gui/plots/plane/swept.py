"""The part of a plane that changed sides when a line moved: what lies between the line before and the line now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.api import PlotOverlay, brush, theme
from gui.plots.plane.line_geometry import Line, positive_part


class SweptItem(PlotOverlay):
    """Shades where w·x + b > 0 holds for exactly one of two lines; ``hide`` takes it away."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, Line] | None = None
        self.setZValue(-45)
        self.hide()

    def show_change(self, before: Line, now: Line) -> None:
        """The line before and the line now, each as w (2,) and b."""
        self._lines = (before, now)
        self.show()
        self.redraw()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._lines is None:
            return
        both = QPainterPath()
        both.setFillRule(Qt.FillRule.OddEvenFill)  # what both lines hold positive is filled twice, that is, not at all
        for w, b in self._lines:
            polygon = positive_part(self.boundingRect(), w, b)
            if polygon.size():
                both.addPolygon(polygon)
                both.closeSubpath()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(theme().text, 0.13))
        painter.drawPath(both)
