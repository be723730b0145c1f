"""A small table of numbers drawn on the stage, whose rows can be selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import brush, pen
from gui.style.theme import theme
from gui.style.typography import font, scaled


@dataclass(frozen=True)
class Cell:
    """One cell's text; ``color`` is a colour of the theme, None the ordinary ink."""

    text: str
    color: str | None = None
    strong: bool = False


class TableItem(pg.GraphicsWidget):
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
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAcceptHoverEvents(True)
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

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        height = self._row_height() * (len(self._rows) + 1) + 2
        self.setMinimumSize(QSizeF(scaled(120), height))
        self.setMaximumHeight(height)
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        colors = theme()
        height = self._row_height()
        columns = self._columns()
        width = self.size().width()
        if self._selected is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush(colors.selection_fill))
            painter.drawRoundedRect(QRectF(0, height * (self._selected + 1), width, height), 4, 4)
        painter.setFont(font("notes"))
        painter.setPen(pen(colors.muted_text))
        for column, (left, right) in columns.items():
            self._text(painter, QRectF(left, 0, right - left, height), self._headings[column])
        painter.setPen(pen(colors.hairline))
        painter.drawLine(0, height, width, height)
        for number, row in enumerate(self._rows):
            for column, (left, right) in columns.items():
                cell = row[column]
                type_face = font("number")
                type_face.setBold(cell.strong)
                painter.setFont(type_face)
                painter.setPen(pen(cell.color or colors.text))
                self._text(painter, QRectF(left, height * (number + 1), right - left, height), cell.text)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        row = self._row_at(event.pos().y())
        if row is not None:
            self.row_clicked.emit(row)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hover(self._row_at(event.pos().y()))

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hover(None)

    def _hover(self, row: int | None) -> None:
        if row != self._hovered:
            self._hovered = row
            self.setCursor(Qt.CursorShape.ArrowCursor if row is None else Qt.CursorShape.PointingHandCursor)
            self.row_hovered.emit(row)

    def _row_at(self, y: float) -> int | None:
        row = int(y // self._row_height()) - 1
        return row if 0 <= row < len(self._rows) else None

    def _text(self, painter: QPainter, box: QRectF, text: str) -> None:
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _row_height(self) -> int:
        return round(QFontMetricsF(font("number")).height()) + scaled(8)

    def _columns(self) -> dict[int, tuple[float, float]]:
        """Left and right edge of every column that is shown."""
        gap = scaled(10)
        notes, numbers = QFontMetricsF(font("notes")), QFontMetricsF(font("number"))
        needed = [
            max(
                [notes.horizontalAdvance(heading)]
                + [numbers.horizontalAdvance(row[index].text) for row in self._rows]
            )
            + gap
            for index, heading in enumerate(self._headings)
        ]
        shown = list(range(len(needed)))
        width = self.size().width()
        while len(shown) > 1 and sum(needed[index] for index in shown) > width:
            shown.remove(min(shown, key=lambda index: (self._priority[index], -index)))
        spare = max(0.0, width - sum(needed[index] for index in shown)) / max(1, len(shown))
        edges, left = {}, 0.0
        for index in shown:
            edges[index] = (left, left + needed[index] + spare)
            left = edges[index][1]
        return edges
