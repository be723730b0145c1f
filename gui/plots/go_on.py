"""Words at the end of a curve that invite to let it go on."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.ink import brush, pen
from gui.plots.over_plot import OverPlot
from gui.plots.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled


class GoOnItem(OverPlot):
    """A pill with an arrow to the right, in the manner of a handle's invitation; ``hide`` takes it away."""

    def __init__(self) -> None:
        super().__init__()
        self._place, self._words = QPointF(), ""
        self.setZValue(30)
        self.hide()

    def show_words(self, x: float, y: float, words: str) -> None:
        """The words right of the place where the curve ends."""
        self._place, self._words = QPointF(x, y), words
        self.show()
        self.redraw()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors, face = theme(), font("strong")
        metrics = QFontMetricsF(face)
        width, height = metrics.horizontalAdvance(self._words) + scaled(18), metrics.height() + scaled(6)
        with in_pixels(painter, self) as to_pixels:
            room = to_pixels.mapRect(self.boundingRect())
            here = to_pixels.map(self._place)
            box = QRectF(here.x() + scaled(12), here.y() - height / 2, width, height)
            tip = QPointF(box.right() + scaled(18), here.y())
            if tip.x() > room.right():
                return
            painter.setPen(pen(colors.handle, 2.5))
            painter.drawLine(QPointF(box.right(), here.y()), tip - QPointF(scaled(8), 0))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush(colors.handle))
            base = tip - QPointF(scaled(11), 0)
            painter.drawPolygon(QPolygonF([tip, base + QPointF(0, scaled(6)), base - QPointF(0, scaled(6))]))
            painter.drawRoundedRect(box, height / 2, height / 2)
            painter.setFont(face)
            painter.setPen(pen(colors.surface))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._words)
