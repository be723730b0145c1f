"""A transposed table: one selectable column for each record, headings on the left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QFontMetricsF

from gui.plots.board.table import Cell
from gui.plots.drawing.api import Clickable, PixelPainter, font, px, theme

_WIDEST = 150


class StripItem(Clickable[int]):
    """A low, wide table for the foot of a stage, with a column for each record; ``column_clicked`` carries a record's
    index.
    """

    column_clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._headings: tuple[str, ...] = ()
        self._columns: list[Sequence[Cell]] = []
        self._selected: int | None = None

    def set_headings(self, headings: Sequence[str]) -> None:
        """Set the rows' headings; applies the current fonts and colours."""
        self._headings = tuple(headings)
        self.take_room(px(200), self._row_height() * len(headings) + 2, "across")

    def show_columns(self, columns: Sequence[Sequence[Cell]], selected: int | None = None) -> None:
        """Show a column of cells for each record, and highlight the record with the index ``selected``."""
        self._columns, self._selected = list(columns), selected
        self.update()

    def column(self, number: int) -> QRectF:
        """The rectangle of a record's column, in item coordinates."""
        front = self._front()
        width = min(px(_WIDEST), (self.size().width() - front) / max(1, len(self._columns)))
        left = (self.size().width() - front - width * len(self._columns)) / 2 + front
        return QRectF(left + number * width, 0, width, self._row_height() * len(self._headings))

    def draw(self, sketch: PixelPainter) -> None:
        if not self._columns:
            return
        colors, height = theme(), self._row_height()
        if self._selected is not None:
            sketch.fill(self.column(self._selected), colors.selection_fill, radius=4)
        left, right = self.column(0).left() - self._front(), self.column(len(self._columns) - 1).right()
        sketch.line(QPointF(left, height), QPointF(right, height), colors.hairline)
        for row, heading in enumerate(self._headings):
            box = QRectF(left, row * height, self._front(), height)
            sketch.words(heading, box, color=colors.muted_text)
            for number, cells in enumerate(self._columns):
                column, cell = self.column(number), cells[row]
                place = QRectF(column.left(), box.top(), column.width(), height)
                sketch.words(cell.text, place, "number", cell.color, bold=cell.strong)

    def part_at(self, place: QPointF) -> int | None:
        return next((number for number in range(len(self._columns)) if self.column(number).contains(place)), None)

    def press(self, part: int) -> None:
        self.column_clicked.emit(part)

    def _row_height(self) -> int:
        return round(QFontMetricsF(font("number")).height()) + px(4)

    def _front(self) -> float:
        metrics = QFontMetricsF(font("notes"))
        return max((metrics.horizontalAdvance(heading) for heading in self._headings), default=0.0) + px(24)
