"""A straight line w·x + b = 0 to look at, such as where it was before or the best one so far, with its name on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.plots.plane.line_geometry import visible_ends
from gui.style.theme import theme
from gui.style.typography import font, scaled


class PlainLine(OverPlot):
    """Crosses all that the plot shows; ``hide`` takes it away.

    ``name_end`` is the end that the name stands at: 1 the one to the left of w (as seen along w), −1 the other.
    """

    def __init__(self, z: float = -30, name_end: int = -1) -> None:
        super().__init__()
        self._end = name_end
        self._line: tuple[np.ndarray, float] | None = None
        self._color, self._width, self._opacity, self._name = "#000000", 1.0, 1.0, ""
        self._style = Qt.PenStyle.SolidLine
        self.setZValue(z)
        self.hide()

    def show_line(
        self,
        w: np.ndarray,
        b: float,
        color: str,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        width: float = 2.0,
        opacity: float = 1.0,
        name: str = "",
    ) -> None:
        """The line in a colour of the theme; nothing where w is 0."""
        self._line = (np.asarray(w, dtype=float), float(b))
        self._color, self._width, self._style, self._opacity, self._name = color, width, style, opacity, name
        self.show()
        self.redraw()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        ends = visible_ends(self.boundingRect(), *self._line) if self._line is not None else None
        if ends is None:
            return
        painter.setPen(pen(self._color, self._width, self._style, self._opacity))
        painter.drawLine(*ends)
        if self._name:
            self._paint_name(painter)

    def _paint_name(self, painter: QPainter) -> None:
        """Words on a plate in pixels, near the line's end but wholly inside the plot."""
        metrics = QFontMetricsF(font("strong"))
        across, up = metrics.horizontalAdvance(self._name) / 2 + scaled(6), metrics.height() / 2 + scaled(1)
        with in_pixels(painter, self) as to_pixels:
            inner = to_pixels.mapRect(self.boundingRect()).adjusted(across, up, -across, -up)
            back, _ = to_pixels.inverted()
            ends = visible_ends(back.mapRect(inner), *self._line) if inner.isValid() else None
            if ends is None:
                return
            middle = to_pixels.map(ends[1 if self._end > 0 else 0])
            box = QRectF(middle - QPointF(across, up), middle + QPointF(across, up))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush(theme().surface, 0.88))
            painter.drawRoundedRect(box, scaled(4), scaled(4))
            painter.setFont(font("strong"))
            painter.setPen(pen(self._color))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._name)
