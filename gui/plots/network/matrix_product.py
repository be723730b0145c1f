"""Matrices in a row, as in X · W + B = A, with their shapes below and the cells in the light."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from gui.plots.drawing.ink import brush, pen
from gui.style.theme import theme
from gui.style.typography import Role, font, scaled

_FADED = 0.42
_SHORTEST = "0.00"


@dataclass(frozen=True)
class Block:
    """One matrix: ``name`` above, ``shape`` below, its numbers as text, and the sign that stands before it.

    Cells are (row, column): ``lit`` ones are on a ground of their own and strong, ``faded`` ones not computed yet.
    """

    name: str
    shape: str
    numbers: tuple[tuple[str, ...], ...]
    sign: str = ""
    lit: frozenset[tuple[int, int]] = frozenset()
    faded: frozenset[tuple[int, int]] = frozenset()


class MatrixProductItem(pg.GraphicsWidget):
    """Of several wordings of one product, from the fullest to the shortest, the first that fits is drawn.

    ``cell_clicked`` carries the name of a block, and row and column of the cell in it.
    """

    cell_clicked = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._products: tuple[tuple[Block, ...], ...] = ()
        self._rows = 1
        self._cells: list[tuple[QRectF, str, int, int]] = []
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setAcceptHoverEvents(True)
        self.restyle()

    def show_product(self, *products: Sequence[Block], rows: int) -> None:
        """Show one of these; ``rows`` is the room to keep, that of the highest matrix that will ever stand here."""
        self._products = tuple(tuple(product) for product in products)
        if rows != self._rows:
            self._rows = rows
            self.restyle()
        self.update()

    def restyle(self) -> None:
        """Take fonts and colours anew."""
        height = self._row_height() * self._rows + 2 * self._caption_height() + scaled(6)
        self.setMinimumSize(QSizeF(scaled(120), height))
        self.setMaximumHeight(height)
        self.update()

    def cell(self, name: str, row: int, column: int) -> QRectF:
        """Where a cell was drawn last, in the item's coordinates; empty where it is not shown."""
        found = (box for box, *place in self._cells if place == [name, row, column])
        return next(found, QRectF())

    def shown_product(self) -> tuple[tuple[Block, ...], Role]:
        """The product that fits, and the role of its type."""
        roles: tuple[Role, ...] = ("number", "notes")
        for product in self._products:
            for role in roles:
                if self._width(product, role) <= self.size().width():
                    return product, role
        return (self._products[-1] if self._products else ()), "notes"

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        product, role = self.shown_product()
        self._cells.clear()
        left = max(0.0, (self.size().width() - self._width(product, role)) / 2)
        for block in product:
            left = self._paint_block(painter, block, left, role)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        for box, name, row, column in self._cells:
            if box.contains(event.pos()):
                self.cell_clicked.emit(name, row, column)
                return
        event.ignore()

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        over = any(box.contains(event.pos()) for box, *_ in self._cells)
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    # Drawing

    def _paint_block(self, painter: QPainter, block: Block, left: float, role: Role) -> float:
        """Draw a sign and its matrix; gives the place where the next begins."""
        colors = theme()
        middle = self._caption_height() + self._row_height() * self._rows / 2 + scaled(3)
        if block.sign:
            width = self._sign_width(block, role)
            painter.setFont(font("text"))
            painter.setPen(pen(colors.text))
            line = QRectF(left, middle - self._row_height() / 2, width, self._row_height())
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, block.sign)
            left += width
        cell = QSizeF(self._cell_width(block, role), self._row_height())
        rows, columns = len(block.numbers), len(block.numbers[0])
        whole = QRectF(left, 0, self._block_width(block, role), self._caption_height())
        size = QSizeF(columns * cell.width(), rows * cell.height())
        box = QRectF(QPointF(whole.center().x() - size.width() / 2, middle - size.height() / 2), size)
        self._paint_cells(painter, block, box, cell, role)
        self._paint_brackets(painter, box)
        painter.setFont(font("strong"))
        painter.setPen(pen(colors.text))
        painter.drawText(whole.translated(0, box.top() - whole.height() - 1), Qt.AlignmentFlag.AlignCenter, block.name)
        painter.setFont(font("notes"))
        painter.setPen(pen(colors.muted_text))
        painter.drawText(whole.translated(0, box.bottom() + 1), Qt.AlignmentFlag.AlignCenter, block.shape)
        return left + whole.width()

    def _paint_cells(self, painter: QPainter, block: Block, box: QRectF, cell: QSizeF, role: Role) -> None:
        colors = theme()
        for row, numbers in enumerate(block.numbers):
            for column, number in enumerate(numbers):
                place = QRectF(box.topLeft() + QPointF(column * cell.width(), row * cell.height()), cell)
                self._cells.append((place, block.name, row, column))
                lit = (row, column) in block.lit
                if lit:
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(brush(colors.selection_fill))
                    painter.drawRect(place)
                faded = (row, column) in block.faded and not lit
                type_face = font(role)
                type_face.setBold(lit)
                painter.setFont(type_face)
                painter.setPen(pen(colors.text, opacity=_FADED if faded else 1.0))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number)

    def _paint_brackets(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(pen(theme().muted_text, 1.2))
        tick = scaled(4)
        for x, side in ((box.left() - 1, 1), (box.right() + 1, -1)):
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            for y in (box.top(), box.bottom()):
                painter.drawLine(QPointF(x, y), QPointF(x + side * tick, y))

    # Measures

    def _row_height(self) -> float:
        return round(QFontMetricsF(font("number")).height()) + scaled(4)

    def _caption_height(self) -> float:
        return round(QFontMetricsF(font("strong")).height())

    def _cell_width(self, block: Block, role: Role) -> float:
        bold = font(role)
        bold.setBold(True)
        metrics = QFontMetricsF(bold)
        texts = [_SHORTEST, *(number for row in block.numbers for number in row)]
        return max(map(metrics.horizontalAdvance, texts)) + scaled(8)

    def _block_width(self, block: Block, role: Role) -> float:
        """The matrix with its brackets; wider where its name or shape needs it."""
        cells = len(block.numbers[0]) * self._cell_width(block, role)
        name = QFontMetricsF(font("strong")).horizontalAdvance(block.name)
        shape = QFontMetricsF(font("notes")).horizontalAdvance(block.shape)
        return max(cells, name, shape) + scaled(8)

    def _sign_width(self, block: Block, role: Role) -> float:
        room = scaled(14 if role == "number" else 8)
        return QFontMetricsF(font("text")).horizontalAdvance(block.sign) + room if block.sign else 0.0

    def _width(self, product: Sequence[Block], role: Role) -> float:
        return sum(self._block_width(block, role) + self._sign_width(block, role) for block in product)
