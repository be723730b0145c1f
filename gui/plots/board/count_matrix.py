"""A square table of counts, such as a confusion matrix, tinted off the diagonal."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QGraphicsItem

from gui.plots.drawing.api import Clickable, PixelPainter, font, px, theme

_FAINTEST, _STRONGEST = 0.12, 0.85
_WAYS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


class CountMatrix(Clickable[tuple[int, int]]):
    """A matrix of counts: rows are labels, columns answers, both 0 to N − 1. ``cell_clicked`` carries (row, column) of
    a clicked cell whose count is not 0.

    Off the diagonal a cell's tint grows with its share of the row and is full at 5%. With the focus, arrow keys move
    from count to count and Enter clicks; ``walked`` is emitted at each move, and ``words`` describe the cell reached.
    """

    cell_clicked = Signal(int, int)
    walked = Signal()

    def __init__(self) -> None:
        super().__init__()
        # Tab is given by the view; a click is no arrival, and shows no ring.
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsFocusable)
        self._here = (0, 0)
        self._counts = np.zeros((10, 10), dtype=int)
        self._marked: tuple[int, int] | None = None
        self._words = ("", "")
        self.restyle()

    def set_words(self, down: str, across: str) -> None:
        """Set the names of the vertical axis (what rows are) and the horizontal axis (what columns are)."""
        self._words = (down, across)
        self.restyle()

    def show_counts(self, counts: np.ndarray, marked: tuple[int, int] | None = None) -> None:
        """Show the counts (N, N), and highlight the cell ``marked``."""
        self._counts = counts
        if marked is not None and marked != self._marked:
            self._here = marked
        self._marked = marked
        self.update()

    @property
    def words(self) -> str:
        """The row, column and count of the cell that arrow keys have reached, as text."""
        (down, across), (row, column) = self._words, self._here
        return f"{down} {row}, {across} {column}: {self._counts[self._here]}"

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        line = QFontMetricsF(font("notes")).height()
        self.take_room(12 * line + px(6), 12 * line + px(6))

    def cell(self, row: int, column: int) -> QRectF:
        """The rectangle of a cell, in item coordinates."""
        area = self._area()
        step = area.width() / len(self._counts)
        return QRectF(area.left() + column * step, area.top() + row * step, step, step)

    def draw(self, sketch: PixelPainter) -> None:
        colors, area, count = theme(), self._area(), len(self._counts)
        rows = np.maximum(self._counts.sum(axis=1), 1)
        fits = sketch.width_of("1135") <= self.cell(0, 0).width()
        for row, column in zip(*np.nonzero(self._counts), strict=True):
            box, number = self.cell(row, column), int(self._counts[row, column])
            share = number / rows[row]
            if row == column:
                sketch.fill(box, colors.accent, 0.22 * share)
            else:
                strength = min(1.0, share / 0.05)
                sketch.fill(box, colors.wrong, _FAINTEST + (_STRONGEST - _FAINTEST) * strength * 0.6)
            if fits or row != column:
                sketch.words(str(number), box)
        line = sketch.height_of()
        for digit in range(count):
            across, down = self.cell(0, digit), self.cell(digit, 0)
            above = QRectF(across.left(), area.top() - line, across.width(), line)
            beside = QRectF(area.left() - line, down.top(), line, down.height())
            sketch.words(str(digit), above, color=colors.muted_text)
            sketch.words(str(digit), beside, color=colors.muted_text)
        top = QRectF(area.left(), area.top() - 2 * line, area.width(), line)
        sketch.words(self._words[1], top, color=colors.muted_text)
        sketch.painter.save()
        sketch.painter.translate(area.left() - 2 * line, area.bottom())
        sketch.painter.rotate(-90)
        sketch.words(self._words[0], QRectF(0, 0, area.height(), line), color=colors.muted_text)
        sketch.painter.restore()
        sketch.frame(area, colors.hairline)
        if self._marked is not None:
            sketch.frame(self.cell(*self._marked), colors.selection, 2.5)
        if self.hasFocus():
            sketch.focus(self.cell(*self._here).adjusted(-2, -2, 2, 2))

    def part_at(self, place: QPointF) -> tuple[int, int] | None:
        cells = np.argwhere(self._counts).tolist()
        return next(((row, column) for row, column in cells if self.cell(row, column).contains(place)), None)

    def press(self, part: tuple[int, int]) -> None:
        self.cell_clicked.emit(*part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _WAYS:
            ways = np.argwhere(self._counts) - self._here
            along = ways @ _WAYS[event.key()]
            aside = np.abs(ways).sum(axis=1) - np.abs(along)
            ahead = np.flatnonzero((along > 0) & (aside <= along))
            if len(ahead):
                # Those of the same row or column come first, however far they are.
                apart = along[ahead] + 2 * aside[ahead] + 100 * (aside[ahead] > 0)
                row, column = (ways[ahead[np.argmin(apart)]] + self._here).tolist()
                self._here = row, column
                self.update()
                self.walked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._counts[self._here]:
                self.press(self._here)
        else:
            event.ignore()

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.update()

    def _area(self) -> QRectF:
        """The square of the cells, to the right of and below the axis names."""
        line = QFontMetricsF(font("notes")).height()
        side = max(10.0, min(self.size().width() - 2 * line, self.size().height() - 2 * line) - 2)
        return QRectF(max(2 * line, (self.size().width() - side) / 2), 2 * line, side, side)
