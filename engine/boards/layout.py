"""Lays out grids of cells in lines and columns, such as the matrices of a product, and finds the cell at a point.

Coordinates are in cells, x to the right and y up; the upper edge of the board is y = 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.boards.trace import Cell

GAP, NAME, LINE_GAP = 0.7, 0.85, 0.25
"""In cells: the gap between two columns, the room for a name above a grid, and the gap between lines without names."""
FREE, MISTAKEN, FAULTY = ".", "!", "faulty"
"""An empty column in a line; the suffix of an array's id for the array with the mistake; its block's ``kind``."""


@dataclass(frozen=True)
class Block:
    """A grid that shows an array: its upper left corner (``left``, ``top``), and its numbers of rows and columns.

    If ``named_beside``, its name is at its right instead of above it. ``kind`` distinguishes several blocks of one
    array. With ``sample`` the block shows only that row of the array, folded into lines of ``columns`` cells; with
    ``first`` it omits the rows above that one. ``side`` is the side length of its cells; it is 1 for all blocks whose
    cells line up.
    """

    array: str
    left: float
    top: float
    rows: int
    columns: int
    named_beside: bool = False
    kind: str = ""
    sample: int | None = None
    first: int = 0
    side: float = 1.0

    def cell(self, row: int, column: int) -> Cell:
        """The cell of the array, (array, row, column), that is at a row and column of the block."""
        folded = (self.first + row, column) if self.sample is None else (self.sample, row * self.columns + column)
        return (self.array, *folded)

    def part_of(self, values: np.ndarray) -> np.ndarray:
        """The part (rows, columns) of the block's array, ``values``, that the block shows."""
        if self.sample is None:
            return values[self.first : self.first + self.rows]
        image: np.ndarray = values[self.sample].reshape(self.rows, self.columns)
        return image

    def middle(self, row: int, column: int) -> tuple[float, float]:
        """The centre of a cell."""
        return self.left + (column + 0.5) * self.side, self.top - (row + 0.5) * self.side


def found_at(blocks: Sequence[Block], x: float, y: float) -> tuple[Block, Cell] | None:
    """The block and the cell at a point; None outside all blocks."""
    for block in blocks:
        row, column = int((block.top - y) // block.side), int((x - block.left) // block.side)
        if 0 <= row < block.rows and 0 <= column < block.columns:
            return block, block.cell(row, column)
    return None


def cells_on_way(block: Block, places: Sequence[tuple[float, float]]) -> list[Cell]:
    """The cells of a block on the straight lines between consecutive ``places``, each cell once, in order."""
    found = []
    for (x, y), (to_x, to_y) in pairwise([places[0], *places]):
        steps = 1 + int(4 * max(abs(to_x - x), abs(to_y - y)) / block.side)
        for there in zip(np.linspace(x, to_x, steps + 1), np.linspace(y, to_y, steps + 1), strict=True):
            cell = found_at([block], *there)
            if cell is not None:
                found.append(cell[1])
    return list(dict.fromkeys(found))


def left_edges(lines: Sequence[Sequence[str]], size_of: Callable[[str], tuple[int, int]]) -> list[float]:
    """The x coordinate of each column's left edge; each column is as wide as its widest array."""
    widths = [max(size_of(one)[1] for one in column if one != FREE) for column in zip(*lines, strict=True)]
    return [sum(widths[:number]) + GAP * number for number in range(len(widths))]


def laid_out(
    lines: Sequence[Sequence[str]],
    lefts: Sequence[float],
    size_of: Callable[[str], tuple[int, int]],
    down: float,
    named_beside: Callable[[Sequence[str]], bool] = lambda line: False,
) -> tuple[list[Block], float]:
    """Lays out blocks line by line, beginning ``down`` cells below the upper edge.

    A line has the id of an array for each column, or ``FREE``. ``named_beside`` tells for a line whether its names are
    to the right of the arrays. Returns the blocks, and how far down they reach.
    """
    blocks = []
    for line in lines:
        beside = named_beside(line)
        down += LINE_GAP if beside else NAME
        shown = [(array, left) for array, left in zip(line, lefts, strict=True) if array != FREE]
        blocks += [Block(array, left, -down, *size_of(array), named_beside=beside) for array, left in shown]
        down += max((size_of(array)[0] for array, _ in shown), default=0)
    return blocks, down


def stacked(
    lines: Sequence[Sequence[Sequence[str]]],
    size_of: Callable[[str], tuple[int, int]],
    room: float = NAME,
    first_of: Callable[[str], int] = lambda array: 0,
) -> list[Block]:
    """Lays out blocks line by line; a line has for each column the ids of the arrays in it, one below the other.

    An id that ends in ``MISTAKEN`` means the array with the mistake. A column is as wide as its widest array, a line as
    high as its highest column; ``room`` is left above each array for its name. ``first_of`` returns the first row of an
    array that is shown.
    """
    columns = list(zip(*lines, strict=True))
    widths = [max((size_of(_right(one))[1] for stack in column for one in stack), default=0) for column in columns]
    lefts = [sum(widths[:number]) + GAP * sum(width > 0 for width in widths[:number]) for number in range(len(widths))]
    blocks, down = [], 0.0
    for line in lines:
        ends = [down]
        for left, stack in zip(lefts, line, strict=True):
            top = down
            for array in stack:
                name, kind = _right(array), FAULTY if array.endswith(MISTAKEN) else ""
                rows, wide = size_of(name)
                top += room
                blocks.append(Block(name, left, -top, rows, wide, kind=kind, first=first_of(name)))
                top += rows
            ends.append(top)
        down = max(ends)
    return blocks


def _right(array: str) -> str:
    return array.removesuffix(MISTAKEN)
