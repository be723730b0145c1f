"""Words on a small plate beside a place of a plot, always wholly inside the plot."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import brush, pen
from gui.plots.drawing.over_plot import OverPlot
from gui.plots.drawing.pixels import in_pixels
from gui.style.theme import theme
from gui.style.typography import font, scaled

_GAP = 13


class PlaceWords(OverPlot):
    """Drawn in pixels; the plate stands above or below its place, towards the middle of the plot."""

    def __init__(self, z: float = 20) -> None:
        super().__init__()
        self._place = QPointF()
        self._words, self._color = "", "#000000"
        self.setZValue(z)
        self.hide()

    def show_words(self, place: tuple[float, float], words: str, color: str) -> None:
        """The words beside a place in the plot's coordinates; left out where the plot is too narrow for them."""
        self._place, self._words, self._color = QPointF(*place), words, color
        self.show()
        self.redraw()

    def plate(self, to_pixels: QTransform | None = None) -> QRectF:
        """Where the plate lies, in pixels of the scene; empty where there is no room."""
        to_pixels = to_pixels or self.sceneTransform()
        whole = to_pixels.mapRect(self.boundingRect()).adjusted(2, 2, -2, -2)
        metrics = QFontMetricsF(font("notes"))
        width, height = metrics.horizontalAdvance(self._words) + scaled(8), metrics.height() + scaled(4)
        if not self._words or width > whole.width() or height > whole.height():
            return QRectF()
        at, gap = to_pixels.map(self._place), scaled(_GAP)
        left = at.x() - scaled(4) if at.x() < whole.center().x() else at.x() + scaled(4) - width
        top = at.y() + gap if at.y() < whole.center().y() else at.y() - gap - height
        left = min(max(left, whole.left()), whole.right() - width)
        top = min(max(top, whole.top()), whole.bottom() - height)
        return QRectF(left, top, width, height)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        with in_pixels(painter, self) as to_pixels:
            box = self.plate(to_pixels)
            if box.isEmpty():
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush(theme().surface, 0.86))
            painter.drawRoundedRect(box, scaled(4), scaled(4))
            painter.setFont(font("notes"))
            painter.setPen(pen(self._color))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._words)
