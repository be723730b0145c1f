"""A place on the stage that the engine is asked about: what the pointer is over, or what was clicked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class ProbePoint:
    """(``x``, ``y``) in plot coordinates; ``part`` names the plot where a stage has several that mean different things.

    A plot of bars has them at whole numbers, a picture of cells has its cell (row, column) between those numbers.
    """

    x: float
    y: float
    part: str = ""

    @property
    def bar(self) -> int:
        """The number of the bar that stands here."""
        return round(self.x)

    @property
    def row(self) -> int:
        """The row of the cell that lies here."""
        return math.floor(self.y)

    @property
    def column(self) -> int:
        """The column of the cell that lies here."""
        return math.floor(self.x)

    def cell(self, array: np.ndarray) -> Any:
        """What ``array`` (rows, columns, …) holds for the cell that lies here; None beside it."""
        rows, columns = array.shape[:2]
        inside = 0 <= self.row < rows and 0 <= self.column < columns
        return array[self.row, self.column] if inside else None
