"""Many arrays as small pictures on one large one, with lines between their cells: where all of it stands.

Places are x to the right and y up. Everything is data: who draws it needs to know nothing of what it means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.contract.text.text import Text, as_written

Place = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True, eq=False)
class Panel:
    """An array (rows, columns) whose upper left corner lies at (``left``, ``top``), its cells squares of ``side``.

    ``part`` and ``number`` say which array it is. Its numbers are drawn as ``ink`` or in the colours of both signs, of
    which ``full`` is the size that has the strongest; a cell that is nan is not there. ``name`` stands in the only
    cell of a panel in place of its number. ``details`` say of each cell, in reading order, how its number is made.
    Arrow keys go to panels that are ``chosen_from``.
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
        """The whole panel."""
        rows, columns = self.values.shape
        return self.part_box(0, 0, rows, columns)

    def part_box(self, row: int, column: int, rows: int = 1, columns: int = 1) -> Box:
        """Some cells of it, one if nothing else is said."""
        left, top = self.left + column * self.side, self.top - row * self.side
        return left, top, left + columns * self.side, top - rows * self.side

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a place; None beside it."""
        row, column = int((self.top - y) // self.side), int((x - self.left) // self.side)
        return (row, column) if self.has(row, column) else None

    def has(self, row: int, column: int) -> bool:
        """Whether there is such a cell."""
        rows, columns = self.values.shape
        return 0 <= row < rows and 0 <= column < columns and not np.isnan(self.values[row, column])

    def middle(self, row: int, column: int) -> Place:
        """Where the middle of a cell lies."""
        return self.left + (column + 0.5) * self.side, self.top - (row + 0.5) * self.side


@dataclass(frozen=True)
class Link:
    """A line from place to place; ``share`` from −1 to 1 is the part of a sum that goes along it, 0 where it only says
    what belongs together. ``words`` stand at it.
    """

    start: Place
    end: Place
    share: float = 0.0
    words: str = ""


@dataclass(frozen=True)
class Beam:
    """A box out of which another one is made: lines go from the edge of the one to the edge of the other."""

    source: Box
    target: Box


@dataclass(frozen=True)
class Mark:
    """The frame of a box: of the cell that was ``chosen``, of one ``passed`` on the way to it, or a ``faint`` one."""

    box: Box
    kind: Literal["chosen", "passed", "faint"] = "passed"


@dataclass(frozen=True)
class Bar:
    """A share from 0 to 1 as a bar in a box, with its words; the strongest is ``best``."""

    box: Box
    share: float
    words: str
    best: bool = False


@dataclass(frozen=True)
class Note:
    """Words in the middle of a box, of several wordings the fullest that fits, in screen size."""

    box: Box
    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """What stands over the panels between two x: wordings of a name, the fullest first, and of what is beneath it."""

    left: float
    right: float
    names: tuple[Text, ...]
    sizes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class PanelPicture:
    """All of the picture, which fills the ``whole``."""

    whole: Box
    panels: Sequence[Panel]
    links: Sequence[Link]
    beams: Sequence[Beam]
    marks: Sequence[Mark]
    bars: Sequence[Bar]
    notes: Sequence[Note]
    headings: Sequence[Heading]

    def bar_at(self, x: float, y: float) -> int | None:
        """The number of the bar at a place; None where there is none."""
        there = (n for n, (left, top, right, bottom) in enumerate(bar.box for bar in self.bars)
                 if left <= x <= right and bottom <= y <= top)  # fmt: skip
        return next(there, None)

    @property
    def chosen(self) -> tuple[Panel, int, int] | None:
        """The panel and the cell that are marked as chosen."""
        boxes = [mark.box for mark in self.marks if mark.kind == "chosen"]
        middles = [((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in boxes]
        return found_among(self.panels, *middles[0]) if middles else None

    def beside(self, down: int, across: int, jumps: bool) -> Place | None:
        """The middle of the cell to which an arrow key goes: the next one, at the edge of a panel the nearest of the
        panel beside it; where it ``jumps``, the same cell of that panel. None where there is nothing.
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


def _apart(box: Box, other: Box, place: Place, down: int, across: int) -> tuple[float, float]:
    """How far another box lies ahead of one, and how far beside a place of it."""
    gaps = {
        (0, 1): other[0] - box[2], (0, -1): box[0] - other[2], (1, 0): box[3] - other[1], (-1, 0): other[3] - box[1],
    }  # fmt: skip
    low, high, one = (other[3], other[1], place[1]) if across else (other[0], other[2], place[0])
    return gaps[down, across], max(low - one, one - high, 0.0)


def two_decimals(value: float) -> str:
    """A number as it stands in a small cell: two decimals, one where it is larger; of nothing, 0."""
    return as_written(f"{value:.{2 if abs(value) < 10 else 1}f}") if value else "0"


def found_among(panels: Sequence[Panel], x: float, y: float) -> tuple[Panel, int, int] | None:
    """The panel at a place, with row and column of the cell there; None beside all panels."""
    for panel in panels:
        cell = panel.cell_at(x, y)
        if cell is not None:
            return panel, *cell
    return None


def right_of(box: Box) -> Place:
    """The middle of the right edge of a box."""
    return box[2], (box[1] + box[3]) / 2


def left_of(box: Box) -> Place:
    """The middle of the left edge of a box."""
    return box[0], (box[1] + box[3]) / 2
