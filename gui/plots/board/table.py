"""A small table of numbers drawn on the stage, whose rows can be selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSceneHoverEvent

from gui.plots.drawing.api import Clickable, PixelPainter, theme
from gui.style.typography import figures_height, font, px


@dataclass(frozen=True)
class Cell:
    """One cell's text; ``color`` is a colour of the theme, None the ordinary ink."""

    text: str
    color: str | None = None
    strong: bool = False


class TableItem(Clickable[int]):
    """Headings and rows of cells; where the width does not suffice, the columns of least ``priority`` are left out.

    ``row_clicked`` carries the row's number, ``row_hovered`` that of the row under the pointer or None.
    """

    row_clicked = Signal(int)
    row_hovered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._headings: tuple[str, ...] = ()
        self._priority: tuple[int, ...] = ()
        self._rows: list[Sequence[Cell]] = []
        self._selected: int | None = None
        self._hovered: int | None = None
        self.restyle()

    def set_headings(self, headings: Sequence[str], priority: Sequence[int] = ()) -> None:
        """The columns' headings, and how much each is needed (more is more)."""
        self._headings = tuple(headings)
        self._priority = tuple(priority) or (0,) * len(headings)
        self.update()

    def show_rows(self, rows: Sequence[Sequence[Cell]], selected: int | None = None) -> None:
        """The cells, row by row, and which row is selected."""
        self._rows, self._selected = list(rows), selected
        self.restyle()

    @property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """The cells that are shown, row by row."""
        return self._rows

    def shows(self, column: int) -> bool:
        """Whether there is room for a column."""
        return column in self._columns()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        self.take_room(px(120), self._row_height() * (len(self._rows) + 1) + 2, "across")

    def draw(self, sketch: PixelPainter) -> None:
        colors, height, width = theme(), self._row_height(), self.size().width()
        columns = self._columns()
        if self._selected is not None:
            row = QRectF(0, height * (self._selected + 1), width, height)
            sketch.fill(row, colors.selection_fill, radius=4)
        sketch.line(QPointF(0, height), QPointF(width, height), colors.hairline)
        for column, (left, right) in columns.items():
            box = QRectF(left, 0, right - left, height)
            sketch.words(self._headings[column], box, color=colors.muted_text)
            for number, cells in enumerate(self._rows, start=1):
                cell = cells[column]
                sketch.words(cell.text, box.translated(0, height * number), "number", cell.color, bold=cell.strong)

    def part_at(self, place: QPointF) -> int | None:
        row = int(place.y() // self._row_height()) - 1
        return row if 0 <= row < len(self._rows) else None

    def cell_at(self, place: QPointF) -> tuple[str, str] | None:
        """The heading of the column at a place, and what the row there says in it; "" in the row of headings."""
        row = int(place.y() // self._row_height()) - 1
        for column, (left, right) in self._columns().items():
            if left <= place.x() <= right and row < len(self._rows):
                return self._headings[column], self._rows[row][column].text if row >= 0 else ""
        return None

    def press(self, part: int) -> None:
        self.row_clicked.emit(part)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        super().hoverMoveEvent(event)
        self._hover(self.part_at(event.pos()))

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hover(None)

    def _hover(self, row: int | None) -> None:
        if row != self._hovered:
            self._hovered = row
            self.row_hovered.emit(row)

    def _row_height(self) -> int:
        return round(figures_height("number")) + px(8)

    def _columns(self) -> dict[int, tuple[float, float]]:
        """Left and right edge of every column that is shown."""
        gap = px(10)
        notes, numbers = QFontMetricsF(font("notes")), QFontMetricsF(font("number"))
        needed = [
            max([notes.horizontalAdvance(heading)] + [numbers.horizontalAdvance(row[index].text) for row in self._rows])
            + gap
            for index, heading in enumerate(self._headings)
        ]
        shown = list(range(len(needed)))
        width = self.size().width()
        while len(shown) > 1 and sum([needed[index] for index in shown]) > width:
            shown.remove(min(shown, key=lambda index: (self._priority[index], -index)))
        spare = max(0.0, width - sum([needed[index] for index in shown])) / max(1, len(shown))
        edges, left = {}, 0.0
        for index in shown:
            edges[index] = (left, left + needed[index] + spare)
            left = edges[index][1]
        return edges
