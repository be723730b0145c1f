"""A line that names the symbols of the classes."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from pyqtgraph.graphicsItems.ScatterPlotItem import drawSymbol
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.api import Role, brush, font, pen, px, theme


class ClassLegend(pg.GraphicsWidget):
    """Each class's symbol in its colour with a word, the ring of what is wrong, and a note where there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._words: Sequence[str] = ()
        self._note = self._wrong = ""
        self.restyle()

    def show_words(self, words: Sequence[str], note: str = "", wrong: str = "") -> None:
        """One word per class, from class 0 on; ``wrong`` names the ring."""
        self._words, self._note, self._wrong = words, note, wrong
        self.update()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        self.setMinimumHeight(px(20))
        self.setMaximumHeight(px(20))
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        size, middle, left = px(11), self.size().height() / 2, float(px(8))
        painter.setFont(font(self._role(size, left)))
        metrics = QFontMetricsF(painter.font())
        for number, word in enumerate(self._words):
            painter.save()
            painter.translate(QPointF(left + size / 2, middle))
            drawSymbol(
                painter, colors.class_symbols[number], size, pen(colors.surface), brush(colors.class_colors[number])
            )
            painter.restore()
            left = self._write(painter, left + size + px(5), word, colors.text, metrics) + px(16)
        if self._wrong:
            painter.setPen(pen(colors.wrong, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(left + size / 2, middle), size / 2, size / 2)
            left = self._write(painter, left + size + px(5), self._wrong, colors.text, metrics) + px(16)
        if left + metrics.horizontalAdvance(self._note) <= self.size().width():
            self._write(painter, left, self._note, colors.muted_text, metrics)

    def _role(self, size: float, left: float) -> Role:
        """The usual letters, or small ones where the words of the classes would be cut off."""
        metrics = QFontMetricsF(font("text"))
        needed = left + sum(size + px(21) + metrics.horizontalAdvance(word) for word in (*self._words, self._wrong))
        return "text" if needed <= self.size().width() + px(16) or not self._words else "notes"

    def _write(self, painter: QPainter, left: float, words: str, color: str, metrics: QFontMetricsF) -> float:
        width = metrics.horizontalAdvance(words)
        painter.setPen(pen(color))
        box = QRectF(left, 0, width + 2, self.size().height())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        return left + width
