"""A square table of counts, such as labels against answers: what strays from the diagonal has another tint."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.sketch import sketch_alone
from gui.style.theme import theme
from gui.style.typography import font, scaled

_FAINTEST, _STRONGEST = 0.12, 0.85


class CountMatrix(pg.GraphicsWidget):
    """Rows are labels, columns answers, both 0 to N − 1; ``cell_clicked`` carries (row, column) of a cell with a count.

    Off the diagonal a cell is the stronger the more of its row strayed there; 5% is full strength.
    """

    cell_clicked = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._counts = np.zeros((10, 10), dtype=int)
        self._marked: tuple[int, int] | None = None
        self._words = ("", "")
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAcceptHoverEvents(True)
        self.restyle()

    def set_words(self, down: str, across: str) -> None:
        """The names of rows and columns."""
        self._words = (down, across)
        self.restyle()

    def show_counts(self, counts: np.ndarray, marked: tuple[int, int] | None = None) -> None:
        """The counts (N, N), and the cell that what is shown belongs to."""
        self._counts, self._marked = counts, marked
        self.update()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        line = QFontMetricsF(font("notes")).height()
        side = 11 * line + scaled(6)
        self.setMinimumSize(QSizeF(side + line, side + line))
        self.update()

    def cell(self, row: int, column: int) -> QRectF:
        """Where a cell is drawn, in the item's coordinates."""
        area = self._area()
        step = area.width() / len(self._counts)
        return QRectF(area.left() + column * step, area.top() + row * step, step, step)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors, area, count = theme(), self._area(), len(self._counts)
        drawing = sketch_alone(painter, self)
        rows = np.maximum(self._counts.sum(axis=1), 1)
        fits = drawing.width_of("1135") <= self.cell(0, 0).width()
        for row, column in zip(*np.nonzero(self._counts), strict=True):
            box, number = self.cell(row, column), int(self._counts[row, column])
            share = number / rows[row]
            if row == column:
                drawing.fill(box, colors.accent, 0.22 * share)
            else:
                strength = min(1.0, share / 0.05)
                drawing.fill(box, colors.wrong, _FAINTEST + (_STRONGEST - _FAINTEST) * strength * 0.6)
            if fits or row != column:
                drawing.words(str(number), box)
        line = drawing.height_of()
        for digit in range(count):
            across, down = self.cell(0, digit), self.cell(digit, 0)
            above = QRectF(across.left(), area.top() - line, across.width(), line)
            beside = QRectF(area.left() - line, down.top(), line, down.height())
            drawing.words(str(digit), above, color=colors.muted_text)
            drawing.words(str(digit), beside, color=colors.muted_text)
        top = QRectF(area.left(), area.top() - 2 * line, area.width(), line)
        drawing.words(self._words[1], top, color=colors.muted_text)
        painter.save()
        painter.translate(area.left() - 2 * line, area.bottom())
        painter.rotate(-90)
        drawing.words(self._words[0], QRectF(0, 0, area.height(), line), color=colors.muted_text)
        painter.restore()
        drawing.frame(area, colors.hairline)
        if self._marked is not None:
            drawing.frame(self.cell(*self._marked), colors.selection, 2.5)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        place = self._cell_at(event)
        if place is not None and self._counts[place]:
            self.cell_clicked.emit(*place)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        place = self._cell_at(event)
        there = place is not None and self._counts[place] > 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if there else Qt.CursorShape.ArrowCursor)

    def _cell_at(self, event: QGraphicsSceneMouseEvent | QGraphicsSceneHoverEvent) -> tuple[int, int] | None:
        count = len(self._counts)
        places = ((row, column) for row in range(count) for column in range(count))
        return next((place for place in places if self.cell(*place).contains(event.pos())), None)

    def _area(self) -> QRectF:
        """The square of the cells, beside and below the names."""
        line = QFontMetricsF(font("notes")).height()
        side = max(10.0, min(self.size().width() - 2 * line, self.size().height() - 2 * line) - 2)
        return QRectF(max(2 * line, (self.size().width() - side) / 2), 2 * line, side, side)
