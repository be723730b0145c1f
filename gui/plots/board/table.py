"""A small table on the stage with selectable rows, and a line of words that adapts to its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSceneHoverEvent

from engine.contract.text import Text
from gui.plots.drawing.api import CENTRE, LEFT, Clickable, PixelPainter, StageItem, font, px, theme, translate
from gui.style.typography import figures_height


@dataclass(frozen=True)
class Cell:
    """The text of a table cell; ``color`` is the name of a theme colour, None for the usual text colour."""

    text: str
    color: str | None = None
    strong: bool = False


class TableItem(Clickable[int]):
    """A table; if it is too wide, the columns with the lowest ``priority`` are left out.

    ``row_clicked`` carries a row's index, ``row_hovered`` that of the row under the pointer, or None.
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
        """Set the columns' headings and priorities; higher ones are kept longer."""
        self._headings = tuple(headings)
        self._priority = tuple(priority) or (0,) * len(headings)
        self.update()

    def show_rows(self, rows: Sequence[Sequence[Cell]], selected: int | None = None) -> None:
        """Show the cells, row by row, and highlight the row with the index ``selected``."""
        self._rows, self._selected = list(rows), selected
        self.restyle()

    @property
    def rows(self) -> Sequence[Sequence[Cell]]:
        """The cells that are shown, row by row, without the headings."""
        return self._rows

    def shows(self, column: int) -> bool:
        """Whether the column with this index has room, and so is visible."""
        return column in self._columns()

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
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
        """The heading of the column at a point, and the text of the cell there ("" in the header row); None outside of
        the table.
        """
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
        """The x of the left and right edge of every visible column, by its index."""
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


Pieces = tuple[tuple[str, str | None], ...]
Wording = Text | str | Pieces
"""A translatable text, a plain string, or pieces (string, colour) of one line; None is the colour of the whole line."""


class FittingWords(StageItem):
    """A line of text that shows the longest of several wordings that fits; ``centered`` centres it.

    Texts are translated, and named colours taken from the theme, at every painting.
    """

    def __init__(self, centered: bool = False) -> None:
        super().__init__()
        self._side = CENTRE if centered else LEFT
        self._wordings: tuple[Wording, ...] = ()
        self._color: str | None = None
        self.restyle()

    def show_words(self, *wordings: Wording, color: str | None = None, **values: object) -> None:
        """Set the wordings, the fullest first, with ``values`` for the placeholders of texts; ``color`` is a colour,
        the name of a theme colour, or None for the usual text colour.
        """
        filled = tuple(one(**values) if values and isinstance(one, Text) else one for one in wordings)
        if (filled, color) != (self._wordings, self._color):
            self._wordings, self._color = filled, color
            self.update()

    def restyle(self) -> None:
        """Apply the current font."""
        self.take_room(px(60), round(QFontMetricsF(font("strong")).height()) + px(4), "across")

    def shown_words(self) -> str:
        """The wording that fits the present width; empty if none does.

        For code that reads a stage from outside, since Qt cannot return painted words.
        """
        return "".join(words for words, _ in self._shown())

    def draw(self, sketch: PixelPainter) -> None:
        pieces, box = self._shown(), sketch.box
        whole = self._color and getattr(theme(), self._color, self._color)
        if len(pieces) == 1:
            sketch.words(pieces[0][0], box, "strong", pieces[0][1] or whole, self._side)
            return
        widths = [sketch.width_of(words, "strong") for words, _ in pieces]
        x = box.center().x() - sum(widths) / 2 if self._side == CENTRE else box.left()
        for (words, color), width in zip(pieces, widths, strict=True):
            sketch.words(words, QRectF(x, box.top(), width + 1, box.height()), "strong", color or whole, LEFT)
            x += width

    def _shown(self) -> Pieces:
        metrics = QFontMetricsF(font("strong"))
        for wording in self._wordings:
            words = translate(wording) if isinstance(wording, Text) else wording
            pieces = ((words, None),) if isinstance(words, str) else words
            if metrics.horizontalAdvance("".join(words for words, _ in pieces)) <= self.size().width():
                return pieces
        return (("", None),)
