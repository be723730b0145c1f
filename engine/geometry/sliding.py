"""A window that slides over a padded grid: which cells it reads at each place, and which cells it never reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from engine.nn.convolution.windows import output_size

Place = tuple[int, int]
"""Row and column."""


class Meeting(NamedTuple):
    """One cell of the window on one cell of the padded grid, when the window makes the cell ``output``."""

    output: Place
    window: Place
    padded: Place


@dataclass(frozen=True)
class Sliding:
    """A window (rows, columns) over a grid of ``sides`` (rows, columns), ``padding`` cells put around it.

    ValueError where the window does not fit, as for ``output_size``.
    """

    sides: Place
    window: Place
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    @property
    def padded_sides(self) -> Place:
        """Rows and columns with what was put around."""
        rows, columns = (side + 2 * self.padding for side in self.sides)
        return rows, columns

    @cached_property
    def output(self) -> Place:
        """Rows and columns of what the window makes."""
        rows, columns = (
            output_size(side, window, self.stride, self.padding, self.dilation)
            for side, window in zip(self.sides, self.window, strict=True)
        )
        return rows, columns

    @property
    def reach(self) -> Place:
        """Rows and columns from the first cell of the window to its last, those that dilation skips among them."""
        rows, columns = (self.dilation * (window - 1) + 1 for window in self.window)
        return rows, columns

    @property
    def remainder(self) -> Place:
        """Rows and columns at the end that do not fill another step."""
        rows, columns = (
            (side - reach) % self.stride for side, reach in zip(self.padded_sides, self.reach, strict=True)
        )
        return rows, columns

    def is_inside(self, padded: Place) -> bool:
        """Whether a cell of the padded grid belongs to the grid itself."""
        return all(self.padding <= one < self.padding + side for one, side in zip(padded, self.sides, strict=True))

    def meetings(self) -> tuple[Meeting, ...]:
        """All of them: window by window in reading order, and so the cells of a window."""
        return _meetings(self)

    def reads(self) -> np.ndarray:
        """How often each cell of the grid is read, (rows, columns) of whole numbers; 0 where it never is."""
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
