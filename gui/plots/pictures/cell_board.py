"""Several grids of values on one board, such as the matrices of a product, with highlighted and selected cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainterPath
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from engine.boards.board import Grid, Heading
from engine.boards.layout import Block
from gui.plots.axes.chart import KeyedChart
from gui.plots.drawing.api import LEFT, PixelPainter, PlotOverlay, px, theme, translate
from gui.plots.drawing.stage_item import Grip
from gui.plots.pictures.cells import (
    CellIndex,
    draw_cell,
    draw_cross,
    draw_marks,
    fitting_digits,
    full_size,
)
from gui.plots.pictures.cells_before import CellsBefore, LegendBefore
from gui.style.typography import SIZES, font, pixels

_WAYS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_WIDEST, _NARROWEST = 2.4, 1.0
"""The largest and the smallest ratio of a cell's width to its height."""
_BESIDE, _NAME_WIDTH = 0.85, 1.6
"""In cells: the height reserved for a name above a grid or for a heading, and the width for a name right of a grid."""


class CellBoard(KeyedChart):
    """A plot of grids of cells. ``chosen`` carries x and y, the centre of the cell that arrow keys have selected.

    Painted grids can be drawn on: ``drawn`` carries the points of the stroke whenever it grows, ``stroke_ended``
    follows. Cells are at most ``widest`` times as wide as high; images have 1, for square cells.
    """

    chosen = Signal(float, float)
    drawn = Signal(object)
    stroke_ended = Signal()

    def __init__(self, widest: float = _WIDEST) -> None:
        super().__init__()
        self._widest = widest
        self.grids: tuple[Grid, ...] = ()
        self._cells = _Cells(self)
        self._whole = QRectF(0, 0, 1, 1)
        self.put(self._cells)
        self._brush = _Brush(self)
        self.addItem(self._brush, ignoreBounds=True)
        self.vb.sigResized.connect(self._fit)

    def show_board(self, grids: Sequence[Grid], headings: Sequence[Heading] = ()) -> None:
        """Show these grids, and the headings between groups of them."""
        self.grids = tuple(grids)
        whole = QRectF()
        for grid in grids:
            whole = whole.united(_whole(grid))
        for heading in headings:
            whole = whole.united(QRectF(whole.left(), heading.top - _BESIDE, whole.width(), _BESIDE))
        self._whole = whole.adjusted(-0.1, -0.1, 0.1, 0)
        self._cells.show_state(self.grids, tuple(headings))
        self._fit()

    def cell_box(self, grid: Grid, row: int, column: int) -> QRectF:
        """The rectangle of a cell of a grid, in scene coordinates."""
        block = grid.block
        left, low = block.left + column * block.side, block.top - (row + 1) * block.side
        return self.vb.mapViewToScene(QRectF(left, low, block.side, block.side)).boundingRect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = next((grid.block.middle(*grid.selected) for grid in self.grids if grid.selected is not None), None)
        if event.key() not in _WAYS or here is None:
            event.ignore()
            return
        dx, dy = _WAYS[event.key()]
        ahead = []
        for grid in self.grids:
            block = grid.block
            for place in np.ndindex(block.rows, block.columns) if grid.chosen_from else ():
                x, y = (there - start for there, start in zip(block.middle(*place), here, strict=True))
                along, aside = x * dx + y * dy, abs(x * dy) + abs(y * dx)
                if along > 0.5 * block.side and aside < along + 0.5 * block.side:
                    ahead.append((along + 2 * aside, block.middle(*place)))
        if ahead:
            self.chosen.emit(*min(ahead)[1])

    def _fit(self) -> None:
        """Fit the board into the plot, with cells at least as wide as high and no wider than allowed."""
        room, whole = self.vb.rect(), self._whole
        if min(room.width(), room.height(), whole.width(), whole.height()) <= 0:
            return
        whole = self._with_names(whole, room.height())
        across, up = room.width() / whole.width(), room.height() / whole.height()
        across, up = min(across, self._widest * up), min(up, across / _NARROWEST)
        width, height = room.width() / across, room.height() / up
        middle = whole.center()
        self.vb.setRange(QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height), padding=0)
        self._cells.redraw()

    def _with_names(self, whole: QRectF, height: float) -> QRectF:
        """The rectangle enlarged at the top for a line of text, if cells are too low to leave room for names above
        them.
        """
        least = min(1.0, SIZES["notes"] / pixels("strong")) if pixels("strong") > SIZES["strong"] else 1.0
        letters = least * QFontMetricsF(font("strong")).height()
        named = any(
            grid.block.top + _BESIDE > whole.bottom() - 1e-6 for grid in self.grids if not grid.block.named_beside
        )
        if not named or letters >= height / 2 or _BESIDE * height / whole.height() >= letters:
            return whole
        cell = (height - letters) / (whole.height() - _BESIDE)
        return whole.adjusted(0, 0, 0, letters / cell - _BESIDE)


class _Brush(Grip):
    """An invisible item that records strokes of the mouse over the painted grids of a board."""

    pointer = Qt.CursorShape.CrossCursor

    def __init__(self, board: CellBoard) -> None:
        super().__init__()
        self._board = board
        self._stroke: tuple[tuple[float, float], ...] = ()
        self.grabbed.connect(self._go_to)
        self.released.connect(board.stroke_ended)

    def draw(self, sketch: PixelPainter) -> None:
        """Draw nothing: the stroke shows in the cells."""

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        for grid in self._board.grids:
            if grid.painted:
                path.addRect(_cells(grid))
        return path

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.isAccepted():
            self._stroke = ()
            self._go_to(event.pos().x(), event.pos().y())

    def _go_to(self, x: float, y: float) -> None:
        self._stroke = (*self._stroke, (x, y))
        self._board.drawn.emit(self._stroke)


@dataclass(frozen=True)
class _NameLine:
    """The name above or beside a grid and its note, with their places.

    ``pull`` is the place of the arrows that mark draggable values, None if they are not draggable.
    """

    words: str
    pull: QPointF | None
    note: str
    line: QRectF
    note_box: QRectF
    room: QRectF

    def is_on(self, other: _NameLine) -> bool:
        """Whether this row of text would overlap the words of another one."""
        taken = QRectF(other.line.topLeft(), QPointF(other.room.left(), other.line.bottom()))
        return self.room.intersects(taken)


class _Cells(PlotOverlay):
    """The overlay of cells with their digits and marks, and of the words above them."""

    def __init__(self, board: CellBoard) -> None:
        super().__init__()
        self._board = board

    def draw(self, sketch: PixelPainter) -> None:
        if not self.state:
            return
        grids, headings = self.state
        self._fit_letters(sketch, grids)
        left, right = min(grid.block.left for grid in grids), max(_whole(grid).right() for grid in grids)
        for heading in headings:
            box = sketch.area(left, heading.top - _BESIDE, right, heading.top)
            sketch.line(box.topLeft(), box.topRight(), theme().hairline)
            words = sketch.fitting(
                [*map(translate, heading.wordings)], max(box.width(), sketch.box.right() - box.left()), "strong"
            )
            box.setRight(sketch.box.right())
            sketch.words(words, box, "strong", getattr(theme(), heading.role), LEFT)
        texts = [self._texts(sketch, grid) for grid in grids]
        before = [
            CellsBefore(sketch, grid, words, partial(self._box, sketch, grid))
            for grid, words in zip(grids, texts, strict=True)
        ]
        names = [self._name_line(sketch, grid) for grid in grids]
        free = [
            (name.room, cells) for name, cells in zip(names, before, strict=True) if not any(map(name.is_on, names))
        ]
        legend = LegendBefore(sketch, before, free)
        for grid, digits, was, name in zip(grids, texts, before, names, strict=True):
            self._draw_grid(sketch, grid, digits, was)
            self._draw_name(sketch, grid, name)
        legend.draw()
        for grid, digits in zip(grids, texts, strict=True):
            box_of = partial(self._box, sketch, grid)
            for place in grid.marked:
                # A cell may be of much the same colour.
                sketch.seen_frame(box_of(*place).adjusted(2, 2, -2, -2), theme().selection, 2)
            draw_marks(sketch, box_of, grid.lit, grid.outlined, grid.selected, self._board.hasFocus(), digits)
            for row, column, rows, columns in grid.windows:
                first, last = box_of(row, column), box_of(row + rows - 1, column + columns - 1)
                sketch.frame(first.united(last), theme().text, 3)

    def _fit_letters(self, sketch: PixelPainter, grids: Sequence[Grid]) -> None:
        """Make letters smaller if they are large and a name would overlap the cells above it, but not smaller than the
        smallest usual size.
        """
        room = _BESIDE * min(self._box(sketch, grid, 0, 0).height() for grid in grids)
        smallest = SIZES["notes"] / pixels("strong")
        share = max(smallest, room / sketch.height_of("strong"))
        if pixels("strong") > SIZES["strong"] and share < 1:
            sketch.write_smaller(share)

    def _texts(self, sketch: PixelPainter, grid: Grid) -> dict[CellIndex, str]:
        """The text of each cell's value, by (row, column); "" for cells that are empty or too small for it."""
        values, side = np.array(grid.values), self._box(sketch, grid, 0, 0)
        digits = fitting_digits(sketch, values, side.width(), side.height())
        return {place: "" if place in grid.empty else str(digits[place]) for place in np.ndindex(values.shape)}

    def _draw_grid(self, sketch: PixelPainter, grid: Grid, texts: dict[CellIndex, str], before: CellsBefore) -> None:
        values = np.array(grid.values)
        full = grid.most or full_size(values)
        for place, value in np.ndenumerate(values):
            box = self._box(sketch, grid, *place)
            number = 0.0 if place in grid.empty else value
            # What is lit is framed: the ground of a cell says its number alone, chosen or not.
            ground = draw_cell(sketch, box, number, full, texts[place], place in grid.faint, place in grid.outside)
            if place in grid.crossed:
                draw_cross(sketch, box)
            before.draw(place, ground)

    def _name_line(self, sketch: PixelPainter, grid: Grid) -> _NameLine:
        """The text above or beside a grid (its name and its note, or the name alone if the next grid is too near), with
        its places.
        """
        block, first, name = grid.block, self._box(sketch, grid, 0, 0), translate(grid.name)
        height = sketch.height_of("strong")
        left, top = first.left(), first.top() - height
        if block.named_beside:
            right = sketch.at(block.left + block.columns * block.side, 0).x()
            left, top = right + px(8), first.center().y() - height / 2
        others = [sketch.at(one.block.left, 0).x() for one in self._board.grids if _beside(one.block, block)]
        line = QRectF(left, top, min((x for x in others if x > left), default=sketch.box.right()) - left, height)
        x, pull = line.left() + sketch.width_of(name, "strong") + px(6), None
        if grid.edited and x + px(6) < line.right():
            pull = QPointF(x + px(2), line.center().y())
            x += px(10)
        note = sketch.fitting([*map(translate, grid.notes)], line.right() - px(4) - x)
        end = x + sketch.width_of(note) + px(10) if note else x
        # Cells too low for a whole line above them have none to spare.
        is_low = not block.named_beside and height > _BESIDE * first.height()
        room = QRectF(end, top, 0.0 if is_low else line.right() - px(4) - end, height)
        return _NameLine(name, pull, note, line, QRectF(x, top, line.right() - x, height), room)

    def _draw_name(self, sketch: PixelPainter, grid: Grid, name: _NameLine) -> None:
        sketch.words(name.words, name.line, "strong", getattr(theme(), grid.role), LEFT)
        if name.pull is not None:
            self._draw_pull(sketch, name.pull)
        if name.note:
            sketch.words(name.note, name.note_box, "notes", theme().muted_text, LEFT)

    @staticmethod
    def _box(sketch: PixelPainter, grid: Grid, row: int, column: int) -> QRectF:
        block = grid.block
        left, top = block.left + column * block.side, block.top - row * block.side
        return sketch.area(left, top - block.side, left + block.side, top)

    @staticmethod
    def _draw_pull(sketch: PixelPainter, middle: QPointF) -> None:
        """Draw an arrow up and one down, the mark of draggable values."""
        for way in (1, -1):
            tip = middle + QPointF(0, way * px(6))
            sketch.head(tip, QPointF(0, way), px(5), theme().muted_text)


def _cells(grid: Grid) -> QRectF:
    """The rectangle of a grid's cells in plot coordinates, where y goes upwards."""
    block = grid.block
    height = block.rows * block.side
    return QRectF(block.left, block.top - height, block.columns * block.side, height)


def _whole(grid: Grid) -> QRectF:
    """The rectangle of a grid's cells and of its name, in plot coordinates."""
    return _cells(grid).adjusted(0, 0, *((_NAME_WIDTH, 0) if grid.block.named_beside else (0, _BESIDE)))


def _beside(one: Block, block: Block) -> bool:
    """Whether the grid ``one`` begins to the right of ``block``, at the height of the first row of ``block``."""
    return one.left > block.left and one.top - one.rows * one.side < block.top and one.top > block.top - 1
