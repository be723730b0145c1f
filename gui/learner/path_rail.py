"""The line that joins the chapters of the overview, with a numbered stop for each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.plots.drawing.ink import pen
from gui.style.theme import theme
from gui.style.tokens import GRID
from gui.style.typography import font, px


@dataclass(frozen=True)
class Stop:
    """A chapter: how many of its experiments were begun, of how many; one without any is still being built."""

    number: int
    begun: int
    all: int


class PathRail(QWidget):
    """Paints a stop beside each of the ``headings``, which stand in its layout, ``left()`` pixels from its edge.

    A stop is outlined, in the accent colour once the chapter was begun, filled when all of it was, and dashed while it
    is being built.
    """

    def __init__(self, headings: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headings = headings
        self._stops: list[Stop] = []

    def left(self) -> int:
        """The room that the rail takes."""
        return px(26) + 2 * GRID

    def show_stops(self, stops: list[Stop]) -> None:
        """Show how far one has come; one stop a heading."""
        self._stops = stops
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        radius = px(26) / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            places = [QPointF(radius + 1, heading.geometry().center().y() + 0.5) for heading in self._headings]
            for (stop, place), (_, below) in itertools.pairwise(zip(self._stops, places, strict=True)):
                done = stop.all and stop.begun == stop.all
                painter.setPen(pen(colors.accent if done else colors.control_outline, 2))
                painter.drawLine(place + QPointF(0, radius + 3), below - QPointF(0, radius + 3))
            painter.setFont(font("strong"))
            for stop, place in zip(self._stops, places, strict=True):
                whole = bool(stop.all) and stop.begun == stop.all
                outline = colors.accent if stop.begun else colors.control_outline
                dashes = Qt.PenStyle.SolidLine if stop.all else Qt.PenStyle.DotLine
                painter.setPen(pen(outline, 2, dashes))
                painter.setBrush(QBrush(QColor(colors.accent)) if whole else QBrush(Qt.BrushStyle.NoBrush))
                circle = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
                painter.drawEllipse(circle)
                painter.setPen(
                    QColor(colors.accent_text if whole else colors.text if stop.begun else colors.muted_text)
                )
                painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(stop.number))
