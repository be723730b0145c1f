"""Nine answers in the places they belong to, those that differ from the middle one marked."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import brush, pen
from gui.style.theme import theme
from gui.style.typography import font, scaled


class AnswerGrid(pg.GraphicsWidget):
    """Three rows of three short answers, and a line of words under them."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Sequence[str]] = ()
        self._words = ""
        self.restyle()

    def show_answers(self, rows: Sequence[Sequence[str]], words: str) -> None:
        """The answers row by row, and what they are."""
        self._rows, self._words = rows, words
        self.update()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        self.setMinimumSize(QSizeF(scaled(72), scaled(88)))
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not self._rows:
            return
        colors = theme()
        line = QFontMetricsF(font("notes")).height() + scaled(3)
        side = max(1.0, min(self.size().width(), self.size().height() - line) - 2)
        left, top, cell = (self.size().width() - side) / 2, (self.size().height() - line - side) / 2, side / 3
        middle = self._rows[1][1]
        for number, answer in enumerate(answer for row in self._rows for answer in row):
            box = QRectF(left + number % 3 * cell, top + number // 3 * cell, cell, cell)
            same = answer == middle
            painter.setPen(pen(colors.hairline))
            painter.setBrush(brush(colors.selection_fill) if number == 4 else Qt.BrushStyle.NoBrush)
            painter.drawRect(box)
            painter.setFont(font("number" if same else "strong"))
            painter.setPen(pen(colors.text if same else colors.wrong))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, answer)
        painter.setFont(font("notes"))
        painter.setPen(pen(colors.muted_text))
        words = QFontMetricsF(painter.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, self.size().width())
        painter.drawText(QRectF(0, top + side + 1, self.size().width(), line), Qt.AlignmentFlag.AlignCenter, words)
