"""Receptive fields: which cells of the input can change one cell behind several layers of windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ReceptiveField:
    """Along one side, without padding: a cell i of the output sees ``side`` cells of the input from i · ``jump`` on."""

    side: int
    jump: int

    def start(self, cell: int) -> int:
        """The first cell of the input that a cell of the output sees."""
        return cell * self.jump

    def cell_around(self, place: int, cells: int) -> int:
        """Which of so many cells of the output sees a place of the input nearest to the middle of its field."""
        nearest = round((place - (self.side - 1) / 2) / self.jump)
        return min(max(nearest, 0), cells - 1)


def receptive_field(windows: Sequence[tuple[int, int]]) -> ReceptiveField:
    """The field behind layers of windows, each (size, stride), the first layer first.

    A window of k cells that lie ``jump`` apart reaches over (k − 1)·jump more; strides multiply. Where a stride is
    larger than its window, cells in between are not seen.
    """
    side, jump = 1, 1
    for size, stride in windows:
        side += (size - 1) * jump
        jump *= stride
    return ReceptiveField(side, jump)
