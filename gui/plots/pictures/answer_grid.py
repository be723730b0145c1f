"""Nine answers in the places they belong to, those that differ from the middle one marked."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.sketch import sketch_alone
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
        colors, drawing = theme(), sketch_alone(painter, self)
        line = drawing.height_of() + scaled(3)
        width = self.size().width()
        side = max(1.0, min(width, self.size().height() - line) - 2)
        left, top, cell = (width - side) / 2, (self.size().height() - line - side) / 2, side / 3
        middle = self._rows[1][1]
        for number, answer in enumerate(answer for row in self._rows for answer in row):
            box = QRectF(left + number % 3 * cell, top + number // 3 * cell, cell, cell)
            if number == 4:
                drawing.fill(box, colors.selection_fill)
            drawing.frame(box, colors.hairline)
            role, color = ("number", colors.text) if answer == middle else ("strong", colors.wrong)
            drawing.words(answer, box, role, color)
        words = QFontMetricsF(font("notes")).elidedText(self._words, Qt.TextElideMode.ElideRight, width)
        drawing.words(words, QRectF(0, top + side + 1, width, line), color=colors.muted_text)
