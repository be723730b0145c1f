"""Many arrays as small pictures on one large one, with lines between their cells: where all of it stands.

Places are x to the right and y up. Everything is data: who draws it needs to know nothing of what it means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.contract.text import Text, as_written

Place = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True, eq=False)
class Panel:
    """An array (rows, columns) whose upper left corner lies at (``left``, ``top``), its cells squares of ``side``.

    ``part`` and ``number`` say which array it is. Its numbers are drawn as ``ink`` or in the colours of both signs, of
    which ``full`` is the size that has the strongest; a cell that is nan is not there. ``name`` stands in the only
    cell of a panel in place of its number. ``details`` say of each cell, in reading order, how its number is made.
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
        is_there = 0 <= row < self.values.shape[0] and 0 <= column < self.values.shape[1]
        return (row, column) if is_there and not np.isnan(self.values[row, column]) else None


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
