"""A small table that lies on its side: one column per record, its headings in front; columns can be selected."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.board.table import Cell
from gui.plots.drawing.ink import brush, pen
from gui.style.theme import theme
from gui.style.typography import font, scaled

_WIDEST = 150


class StripItem(pg.GraphicsWidget):
    """Low and wide, for the foot of a stage. ``column_clicked`` carries the record's number."""

    column_clicked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._headings: tuple[str, ...] = ()
        self._columns: list[Sequence[Cell]] = []
        self._selected: int | None = None
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)

    def set_headings(self, headings: Sequence[str]) -> None:
        """The rows' headings; takes fonts and colours anew."""
        self._headings = tuple(headings)
        height = self._row_height() * len(headings) + 2
        self.setMinimumSize(QSizeF(scaled(200), height))
        self.setMaximumHeight(height)
        self.update()

    def show_columns(self, columns: Sequence[Sequence[Cell]], selected: int | None = None) -> None:
        """The cells, record by record, and which record is selected."""
        self._columns, self._selected = list(columns), selected
        self.update()

    def column(self, number: int) -> QRectF:
        """Where a record is drawn, in the item's coordinates."""
        front = self._front()
        width = min(scaled(_WIDEST), (self.size().width() - front) / max(1, len(self._columns)))
        left = (self.size().width() - front - width * len(self._columns)) / 2 + front
        return QRectF(left + number * width, 0, width, self._row_height() * len(self._headings))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not self._columns:
            return
        colors = theme()
        height = self._row_height()
        if self._selected is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(brush(colors.selection_fill))
            painter.drawRoundedRect(self.column(self._selected), 4, 4)
        left, right = self.column(0).left() - self._front(), self.column(len(self._columns) - 1).right()
        painter.setPen(pen(colors.hairline))
        painter.drawLine(left, height, right, height)
        for row, heading in enumerate(self._headings):
            painter.setFont(font("notes"))
            painter.setPen(pen(colors.muted_text))
            self._text(painter, QRectF(left, row * height, self._front(), height), heading)
            for number, cells in enumerate(self._columns):
                box = self.column(number)
                type_face = font("number")
                type_face.setBold(cells[row].strong)
                painter.setFont(type_face)
                painter.setPen(pen(cells[row].color or colors.text))
                self._text(painter, QRectF(box.left(), row * height, box.width(), height), cells[row].text)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        for number in range(len(self._columns)):
            if self.column(number).contains(event.pos()):
                self.column_clicked.emit(number)

    def _text(self, painter: QPainter, box: QRectF, text: str) -> None:
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _row_height(self) -> int:
        return round(QFontMetricsF(font("number")).height()) + scaled(4)

    def _front(self) -> float:
        metrics = QFontMetricsF(font("notes"))
        return max((metrics.horizontalAdvance(heading) for heading in self._headings), default=0.0) + scaled(24)
