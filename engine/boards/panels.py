"""The layout of many arrays as small images (panels) in one large one, with lines between their cells.

Coordinates are x to the right and y up. It is plain data, which can be drawn without knowing its meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.contract.text import Text, as_written

Position = tuple[float, float]
Box = tuple[float, float, float, float]
"""A rectangle: left, top, right and bottom."""


@dataclass(frozen=True, eq=False)
class Panel:
    """An array (rows, columns) drawn as an image, in square cells of ``side``, from its upper left corner.

    ``part`` and ``number`` identify the array. Its values are drawn as brightness (``ink``), or in one colour for plus
    and one for minus, at full strength from the absolute value ``full``; no cell is drawn for nan. A panel of a single
    cell may show ``name`` instead of the value. ``details`` say for each cell, row by row, how its value is computed.
    Arrow keys select cells only in panels with ``chosen_from``.
    """

    part: str
    number: int
    left: float
    top: float
    side: float
    values: np.ndarray
    full: float = 1.0
    look: Literal["ink", "signed"] = "signed"
    name: str = ""
    details: tuple[str, ...] = ()
    chosen_from: bool = True

    @property
    def box(self) -> Box:
        """The rectangle of the whole panel."""
        rows, columns = self.values.shape
        return self.part_box(0, 0, rows, columns)

    def part_box(self, row: int, column: int, rows: int = 1, columns: int = 1) -> Box:
        """The rectangle of a block of cells, by default of one cell."""
        left, top = self.left + column * self.side, self.top - row * self.side
        return left, top, left + columns * self.side, top - rows * self.side

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a point; None outside."""
        row, column = int((self.top - y) // self.side), int((x - self.left) // self.side)
        return (row, column) if self.has(row, column) else None

    def has(self, row: int, column: int) -> bool:
        """Whether the panel has a cell at this row and column."""
        rows, columns = self.values.shape
        return 0 <= row < rows and 0 <= column < columns and not np.isnan(self.values[row, column])

    def middle(self, row: int, column: int) -> Position:
        """The centre of a cell."""
        return self.left + (column + 0.5) * self.side, self.top - (row + 0.5) * self.side


@dataclass(frozen=True)
class Link:
    """A line between two points, which may stand for a term of a sum.

    ``share`` from −1 to 1 is the size of that term, 0 for a line that only connects; ``words`` are its label.
    """

    start: Position
    end: Position
    share: float = 0.0
    words: str = ""


@dataclass(frozen=True)
class Beam:
    """Two rectangles, of which the ``target`` is computed from the ``source``: lines connect their edges."""

    source: Box
    target: Box


@dataclass(frozen=True)
class Mark:
    """A frame around the ``chosen`` cell, around a ``passed`` one that it is computed from, or a ``faint`` frame."""

    box: Box
    kind: Literal["chosen", "passed", "faint"] = "passed"


@dataclass(frozen=True)
class Bar:
    """A bar in a rectangle for a ``share`` from 0 to 1, with its label; the bar with the largest share is ``best``."""

    box: Box
    share: float
    words: str
    best: bool = False


@dataclass(frozen=True)
class Note:
    """A text in the middle of a rectangle, in a fixed size on the screen; the longest of its wordings that fits is
    shown.
    """

    box: Box
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A heading over the panels between two x coordinates: wordings of its name and subtitle, the longest first."""

    left: float
    right: float
    names: tuple[Text, ...]
    sizes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class PanelPicture:
    """Everything that is drawn; ``whole`` is the rectangle around it."""

    whole: Box
    panels: Sequence[Panel]
    links: Sequence[Link]
    beams: Sequence[Beam]
    marks: Sequence[Mark]
    bars: Sequence[Bar]
    notes: Sequence[Note]
    headings: Sequence[Heading]

    def bar_at(self, x: float, y: float) -> int | None:
        """The index of the bar at a point; None if there is none."""
        there = (n for n, (left, top, right, bottom) in enumerate(bar.box for bar in self.bars)
                 if left <= x <= right and bottom <= y <= top)  # fmt: skip
        return next(there, None)

    @property
    def chosen(self) -> tuple[Panel, int, int] | None:
        """The panel with the cell that is marked as chosen, and that cell's row and column."""
        boxes = [mark.box for mark in self.marks if mark.kind == "chosen"]
        middles = [((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in boxes]
        return found_among(self.panels, *middles[0]) if middles else None

    def beside(self, down: int, across: int, jumps: bool) -> Position | None:
        """The centre of the cell that an arrow key selects next; None if there is none.

        At the edge of a panel it is the nearest cell of the adjacent panel; with ``jumps`` always that panel's cell in
        the same row and column.
        """
        here = self.chosen
        if here is None:
            return None
        panel, row, column = here
        if not jumps and panel.has(row + down, column + across):
            return panel.middle(row + down, column + across)
        x, y = panel.middle(row, column)
        ahead = []
        for other in self.panels:
            along, aside = _apart(panel.box, other.box, (x, y), down, across)
            if other.chosen_from and along >= 2 * aside:
                ahead.append((along + 4 * aside, other))
        if not ahead:
            return None
        best = min(ahead, key=lambda one: one[0])[1]
        if not jumps:
            row, column = int((best.top - y) // best.side), int((x - best.left) // best.side)
        row, column = (min(max(n, 0), size - 1) for n, size in zip((row, column), best.values.shape, strict=True))
        return best.middle(row, column) if best.has(row, column) else None


def _apart(box: Box, other: Box, place: Position, down: int, across: int) -> tuple[float, float]:
    """The distance from ``box`` to ``other`` in a direction, and how far ``place`` is beside ``other`` across it."""
    gaps = {
        (0, 1): other[0] - box[2], (0, -1): box[0] - other[2], (1, 0): box[3] - other[1], (-1, 0): other[3] - box[1],
    }  # fmt: skip
    low, high, one = (other[3], other[1], place[1]) if across else (other[0], other[2], place[0])
    return gaps[down, across], max(low - one, one - high, 0.0)


def two_decimals(value: float) -> str:
    """Formats a value for a small cell: two decimals if its absolute value is below 10, else one; 0 is just "0"."""
    return as_written(f"{value:.{2 if abs(value) < 10 else 1}f}") if value else "0"


def found_among(panels: Sequence[Panel], x: float, y: float) -> tuple[Panel, int, int] | None:
    """The panel at a point, with row and column of the cell there; None outside all panels."""
    for panel in panels:
        cell = panel.cell_at(x, y)
        if cell is not None:
            return panel, *cell
    return None


def right_of(box: Box) -> Position:
    """The middle of the right edge of a box."""
    return box[2], (box[1] + box[3]) / 2


def left_of(box: Box) -> Position:
    """The middle of the left edge of a box."""
    return box[0], (box[1] + box[3]) / 2
