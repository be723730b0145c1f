"""What stood in the cells of a grid before: small numbers beside those of now where all have room, else corners."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF

from engine.boards.board import Grid, Place
from engine.contract.text.numerals import format_alike
from engine.contract.text.text import Text
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, px, theme, translate
from gui.plots.drawing.ink import readable_on

SMALL = Text("small: before")
"""The legend of the small numbers."""
_CORNER = Text("changed")
_APART, _FROM_EDGE = 2.0, 3.0
"""Pixels between a number and that of before, and between that and the edges of its cell."""

Texts = Mapping[Place, str]


def differing_before(grid: Grid) -> dict[Place, float]:
    """The numbers of before of the cells that have another one now."""
    if grid.before is None:
        return {}
    cells = ((row, column) for row in range(grid.block.rows) for column in range(grid.block.columns))
    return {
        (row, column): grid.before[row][column]
        for row, column in cells
        if (row, column) not in grid.empty and grid.before[row][column] != grid.values[row][column]
    }


class CellsBefore:
    """The numbers of before of one grid; ``now`` are the words that stand in the middle of its cells.

    All are numbers or all are corners, since a corner among numbers would seem to say something else.
    """

    def __init__(self, sketch: PixelPainter, grid: Grid, now: Texts, box_of: Callable[[int, int], QRectF]) -> None:
        self.places = differing_before(grid)
        self._sketch, self._box_of = sketch, box_of
        digits = format_alike(self.places.values())
        self._words = dict(zip(self.places, digits, strict=True))
        self.are_numbers = bool(self.places) and all(self._has_room(place, now[place]) for place in self.places)

    def draw(self, place: Place, ground: str) -> None:
        """What stood in a cell of that ground, in an ink that reads on it; nothing where the same stands there now."""
        if place not in self.places:
            return
        colors, box = theme(), self._box_of(*place)
        inks = (colors.muted_text, colors.text, colors.surface)
        ink = readable_on(ground, *inks)
        if self.are_numbers:
            self._sketch.words(self._words[place], self._small_box(box), color=ink, align=RIGHT)
        else:
            _draw_corner(self._sketch, box.bottomRight(), min(box.height(), box.width()) / 4, ink)

    def _small_box(self, box: QRectF) -> QRectF:
        height = self._sketch.height_of()
        return QRectF(box.left(), box.bottom() - height, box.width() - _FROM_EDGE, height)

    def _has_room(self, place: Place, now: str) -> bool:
        """Whether the number of before stands beside or below that of now, without touching it or leaving the cell."""
        if not now:
            return False
        sketch, box = self._sketch, self._box_of(*place)
        small = self._small_box(box)
        small.setLeft(small.right() - sketch.width_of(self._words[place]))
        if small.left() < box.left() + _FROM_EDGE or small.top() < box.top():
            return False
        width, height = sketch.width_of(now, "number"), sketch.height_of("number")
        number = QRectF(box.center().x() - width / 2, box.center().y() - height / 2, width, height)
        return not number.adjusted(-_APART, 0, _APART, 0).intersects(small)


class LegendBefore:
    """Says once what small numbers are, and once what corners are, each in the first of the ``lines`` that has room.

    Where none has room for that of the numbers, they become corners too: what is not said to be of before is misread.
    """

    def __init__(self, sketch: PixelPainter, grids: Sequence[CellsBefore], lines: Sequence[QRectF]) -> None:
        self._sketch, self._size = sketch, px(7)
        left = list(lines)
        self._numbers = self._taken(left, SMALL, 0.0) if any(one.are_numbers for one in grids) else None
        if self._numbers is None:
            for one in grids:
                one.are_numbers = False
        has_corners = any(one.places and not one.are_numbers for one in grids)
        self._corners = self._taken(left, _CORNER, self._indent()) if has_corners else None

    def draw(self) -> None:
        """Put the legends there, over what the board has drawn."""
        color, corners = theme().muted_text, self._corners
        if self._numbers is not None:
            self._sketch.words(translate(SMALL), self._numbers, color=color, align=LEFT)
        if corners is not None:
            tip = QPointF(corners.left() + self._size, corners.center().y() + self._size / 2)
            _draw_corner(self._sketch, tip, self._size, color)
            self._sketch.words(translate(_CORNER), corners.adjusted(self._indent(), 0, 0, 0), color=color, align=LEFT)

    def _indent(self) -> float:
        return self._size + px(4)

    def _taken(self, lines: list[QRectF], words: Text, indent: float) -> QRectF | None:
        """The first line that has room, which is then no longer among the ``lines``."""
        width = indent + self._sketch.width_of(translate(words))
        for number, line in enumerate(lines):
            if line.width() >= width:
                return lines.pop(number)
        return None


def _draw_corner(sketch: PixelPainter, corner: QPointF, size: float, ink: str) -> None:
    sketch.shape([corner, corner - QPointF(size, 0), corner - QPointF(0, size)], ink)
