"""Matrices in a row, as in X · W + B = A, with their shapes below and highlighted cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Signal
from PySide6.QtGui import QFontMetricsF

from gui.plots.drawing.api import Clickable, PixelPainter, Role, font, px, theme

_SHORTEST = "0.00"


@dataclass(frozen=True)
class Block:
    """A matrix: ``name`` above, ``shape`` below, its values as text, and before it an operator sign such as ·.

    ``lit`` cells (row, column) are highlighted, ``faded`` ones are not computed yet.
    """

    name: str
    shape: str
    numbers: tuple[tuple[str, ...], ...]
    sign: str = ""
    lit: frozenset[tuple[int, int]] = frozenset()
    faded: frozenset[tuple[int, int]] = frozenset()


class MatrixProductItem(Clickable[tuple[str, int, int]]):
    """Draws a product of matrices; of several versions, from the fullest to the shortest, the first that fits.

    ``cell_clicked`` carries the name of a block, and the row and column of the cell in it.
    """

    cell_clicked = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._products: tuple[tuple[Block, ...], ...] = ()
        self._rows = 1
        self._cells: list[tuple[QRectF, str, int, int]] = []
        self.restyle()

    def show_product(self, *products: Sequence[Block], rows: int) -> None:
        """Show the first of these versions of a product that fits; ``rows`` is the height to reserve, in rows of the
        tallest matrix to come.
        """
        self._products = tuple(tuple(product) for product in products)
        if rows != self._rows:
            self._rows = rows
            self.restyle()
        self.update()

    def restyle(self) -> None:
        """Apply the current fonts and colours."""
        height = self._row_height() * self._rows + 2 * self._caption_height() + px(6)
        self.take_room(px(120), height, "across")

    def cell(self, name: str, row: int, column: int) -> QRectF:
        """The rectangle of a cell as last drawn, in item coordinates; empty if it is not shown."""
        found = (box for box, *place in self._cells if place == [name, row, column])
        return next(found, QRectF())

    def shown_product(self) -> tuple[tuple[Block, ...], Role]:
        """The version of the product that fits, and the role of its font."""
        for product in self._products:
            for role in ("number", "notes"):
                if self._width(product, role) <= self.size().width():
                    return product, role
        return (self._products[-1] if self._products else ()), "notes"

    def part_at(self, place: QPointF) -> tuple[str, int, int] | None:
        return next(((name, row, column) for box, name, row, column in self._cells if box.contains(place)), None)

    def press(self, part: tuple[str, int, int]) -> None:
        self.cell_clicked.emit(*part)

    def draw(self, sketch: PixelPainter) -> None:
        product, role = self.shown_product()
        self._cells.clear()
        left = max(0.0, (self.size().width() - self._width(product, role)) / 2)
        for block in product:
            left = self._draw_block(sketch, block, left, role)

    def _draw_block(self, sketch: PixelPainter, block: Block, left: float, role: Role) -> float:
        """Draw an operator sign and its matrix from the x ``left`` on; returns the x of the next block."""
        colors, row_height = theme(), self._row_height()
        middle = self._caption_height() + row_height * self._rows / 2 + px(3)
        if block.sign:
            width = self._sign_width(block, role)
            sketch.words(block.sign, QRectF(left, middle - row_height / 2, width, row_height), "text")
            left += width
        cell = QSizeF(self._cell_width(block, role), row_height)
        rows, columns = len(block.numbers), len(block.numbers[0])
        whole = QRectF(left, 0, self._block_width(block, role), self._caption_height())
        size = QSizeF(columns * cell.width(), rows * cell.height())
        box = QRectF(QPointF(whole.center().x() - size.width() / 2, middle - size.height() / 2), size)
        for row, numbers in enumerate(block.numbers):
            for column, number in enumerate(numbers):
                place = QRectF(box.topLeft() + QPointF(column * cell.width(), row * cell.height()), cell)
                self._cells.append((place, block.name, row, column))
                lit = (row, column) in block.lit
                if lit:
                    sketch.fill(place, colors.selection_fill)
                faded = (row, column) in block.faded and not lit
                sketch.words(number, place, role, theme().muted_text if faded else None, bold=lit)
        _draw_brackets(sketch, box)
        sketch.words(block.name, whole.translated(0, box.top() - whole.height() - 1), "strong")
        sketch.words(block.shape, whole.translated(0, box.bottom() + 1), color=colors.muted_text)
        return left + whole.width()

    # Measures

    def _row_height(self) -> float:
        return round(QFontMetricsF(font("number")).height()) + px(4)

    def _caption_height(self) -> float:
        return round(QFontMetricsF(font("strong")).height())

    def _cell_width(self, block: Block, role: Role) -> float:
        bold = font(role)
        bold.setBold(True)
        metrics = QFontMetricsF(bold)
        texts = [_SHORTEST, *(number for row in block.numbers for number in row)]
        return max(map(metrics.horizontalAdvance, texts)) + px(8)

    def _block_width(self, block: Block, role: Role) -> float:
        """The width of a matrix with its brackets, and of its name or shape if wider."""
        cells = len(block.numbers[0]) * self._cell_width(block, role)
        name = QFontMetricsF(font("strong")).horizontalAdvance(block.name)
        shape = QFontMetricsF(font("notes")).horizontalAdvance(block.shape)
        return max(cells, name, shape) + px(8)

    def _sign_width(self, block: Block, role: Role) -> float:
        room = px(14 if role == "number" else 8)
        return QFontMetricsF(font("text")).horizontalAdvance(block.sign) + room if block.sign else 0.0

    def _width(self, product: Sequence[Block], role: Role) -> float:
        return sum(self._block_width(block, role) + self._sign_width(block, role) for block in product)


def _draw_brackets(sketch: PixelPainter, box: QRectF) -> None:
    color = theme().muted_text
    for x, tick in ((box.left() - 1, px(4)), (box.right() + 1, -px(4))):
        sketch.line(QPointF(x, box.top()), QPointF(x, box.bottom()), color, 1.2)
        for y in (box.top(), box.bottom()):
            sketch.line(QPointF(x, y), QPointF(x + tick, y), color, 1.2)
