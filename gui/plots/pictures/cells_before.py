"""Previous values in the cells of a grid: small digits beside the current ones if all fit, otherwise marked corners."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF

from engine.boards.board import CellIndex, Grid
from engine.contract.numerals import format_alike
from engine.contract.text import Text
from gui.plots.drawing.api import LEFT, RIGHT, PixelPainter, px, theme, translate
from gui.plots.drawing.ink import readable_on
from gui.plots.pictures.cells import number_box

SMALL = Text("small: before")
"""The legend of the previous values in small digits."""
CORNER = Text("changed")
"""The legend of the marked corners, in cells whose value has changed."""
_APART, _FROM_EDGE = 2.0, 3.0
"""Pixels between a value and the previous one, and between the latter and the edges of its cell."""

Texts = Mapping[CellIndex, str]


def differing_before(grid: Grid) -> dict[CellIndex, float]:
    """The previous values of the cells whose value has changed, by (row, column)."""
    if grid.before is None:
        return {}
    cells = ((row, column) for row in range(grid.block.rows) for column in range(grid.block.columns))
    return {
        (row, column): grid.before[row][column]
        for row, column in cells
        if (row, column) not in grid.empty and grid.before[row][column] != grid.values[row][column]
    }


class CellsBefore:
    """The previous values in the cells of one grid; ``now`` are the texts of the current values in the cells' centres.

    In one grid they are either all shown as small digits, or all only hinted at by a small triangle in the cell's
    corner: both together would be misread.
    """

    def __init__(self, sketch: PixelPainter, grid: Grid, now: Texts, box_of: Callable[[int, int], QRectF]) -> None:
        self.places = differing_before(grid)
        self._sketch, self._box_of = sketch, box_of
        digits = format_alike(self.places.values())
        self._words = dict(zip(self.places, digits, strict=True))
        self.are_numbers = bool(self.places) and all(self._has_room(place, now[place]) for place in self.places)

    @property
    def has_corners(self) -> bool:
        """Whether cells that have changed are marked by corners."""
        return bool(self.places) and not self.are_numbers

    def draw(self, place: CellIndex, ground: str) -> None:
        """Draw the previous value of a cell in a colour readable on its ``ground``; nothing if it is unchanged."""
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

    def _has_room(self, place: CellIndex, now: str) -> bool:
        """Whether the previous value fits beside or below the current one, inside the cell."""
        if not now:
            return False
        sketch, box = self._sketch, self._box_of(*place)
        small = self._small_box(box)
        small.setLeft(small.right() - sketch.width_of(self._words[place]))
        if small.left() < box.left() + _FROM_EDGE or small.top() < box.top():
            return False
        return not number_box(sketch, box, now).adjusted(-_APART, 0, _APART, 0).intersects(small)


class LegendBefore:
    """Two legends above the grids, which explain the small digits (the previous values) and the triangles in corners
    (changed cells).

    ``lines`` are the free rectangles above grids, each with the grid below it. Each legend takes the first one with
    room, preferably above a grid that it is about. If none has room for the legend of the digits, triangles are shown
    instead of digits, which would be misread without a legend.
    """

    def __init__(
        self, sketch: PixelPainter, grids: Sequence[CellsBefore], lines: Sequence[tuple[QRectF, CellsBefore]]
    ) -> None:
        self._sketch, self._size = sketch, px(7)
        left = sorted(lines, key=lambda one: not one[1].are_numbers)
        self._numbers = self._taken(left, SMALL, 0.0) if any(one.are_numbers for one in grids) else None
        if self._numbers is None:
            for one in grids:
                one.are_numbers = False
        has_corners = any(one.has_corners for one in grids)
        left.sort(key=lambda one: not one[1].has_corners)
        self._corners = self._taken(left, CORNER, self._indent()) if has_corners else None

    def draw(self) -> None:
        """Draw the legends over the board of grids."""
        color, corners = theme().muted_text, self._corners
        if self._numbers is not None:
            self._sketch.words(translate(SMALL), self._numbers, color=color, align=LEFT)
        if corners is not None:
            tip = QPointF(corners.left() + self._size, corners.center().y() + self._size / 2)
            _draw_corner(self._sketch, tip, self._size, color)
            self._sketch.words(translate(CORNER), corners.adjusted(self._indent(), 0, 0, 0), color=color, align=LEFT)

    def _indent(self) -> float:
        return self._size + px(4)

    def _taken(self, lines: list[tuple[QRectF, CellsBefore]], words: Text, indent: float) -> QRectF | None:
        """The first free rectangle that has room for the words, which is removed from ``lines``; None if there is
        none.
        """
        width = indent + self._sketch.width_of(translate(words))
        for number, (line, _) in enumerate(lines):
            if line.width() >= width:
                return lines.pop(number)[0]
        return None


def _draw_corner(sketch: PixelPainter, corner: QPointF, size: float, ink: str) -> None:
    sketch.shape([corner, corner - QPointF(size, 0), corner - QPointF(0, size)], ink)
