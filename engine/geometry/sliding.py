"""A window that slides over a padded grid: which cells it reads at each position, and which cells it never reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from engine.nn.im2col import output_size

CellIndex = tuple[int, int]
"""(row, column) of a cell, or numbers of rows and columns."""


class Meeting(NamedTuple):
    """One read of a cell: the cell ``window`` of the window lies over the cell ``padded`` of the padded grid, while the
    output cell ``output`` is computed.
    """

    output: CellIndex
    window: CellIndex
    padded: CellIndex


@dataclass(frozen=True)
class Sliding:
    """A window (rows, columns) that slides over a grid of ``sides`` (rows, columns), which is surrounded by ``padding``
    cells.

    ValueError if the window does not fit, as in ``output_size``.
    """

    sides: CellIndex
    window: CellIndex
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    @property
    def padded_sides(self) -> CellIndex:
        """The numbers of rows and columns of the grid including the padding."""
        rows, columns = (side + 2 * self.padding for side in self.sides)
        return rows, columns

    @cached_property
    def output(self) -> CellIndex:
        """The numbers of rows and columns of the output."""
        rows, columns = (
            output_size(side, window, self.stride, self.padding, self.dilation)
            for side, window in zip(self.sides, self.window, strict=True)
        )
        return rows, columns

    @property
    def reach(self) -> CellIndex:
        """The window's extent in rows and columns, including the cells that dilation skips."""
        rows, columns = (self.dilation * (window - 1) + 1 for window in self.window)
        return rows, columns

    @property
    def remainder(self) -> CellIndex:
        """The numbers of rows and columns left over at the end, which are too few for another step of the window."""
        rows, columns = (
            (side - reach) % self.stride for side, reach in zip(self.padded_sides, self.reach, strict=True)
        )
        return rows, columns

    def is_inside(self, padded: CellIndex) -> bool:
        """Whether a cell of the padded grid lies in the grid itself, not in the padding."""
        return all(self.padding <= one < self.padding + side for one, side in zip(padded, self.sides, strict=True))

    def meetings(self) -> tuple[Meeting, ...]:
        """All reads of cells: window position by window position in row-major order, and within each the window's cells
        in row-major order.
        """
        return _meetings(self)

    def reads(self) -> np.ndarray:
        """The number of times that each cell of the grid is read, integers (rows, columns); 0 for a cell that is never
        read.
        """
        counts = np.zeros(self.padded_sides, dtype=int)
        for meeting in self.meetings():
            counts[meeting.padded] += 1
        rows, columns = self.sides
        return counts[self.padding : self.padding + rows, self.padding : self.padding + columns].copy()


@lru_cache(maxsize=64)
def _meetings(sliding: Sliding) -> tuple[Meeting, ...]:
    step, apart = sliding.stride, sliding.dilation
    return tuple(
        Meeting((i, j), (a, b), (i * step + a * apart, j * step + b * apart))
        for i, j in np.ndindex(sliding.output)
        for a, b in np.ndindex(sliding.window)
    )
