"""Access to cells of named arrays: their values, and which ones a mistake changes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.boards.trace import Cell
from engine.contract.api import in_powers

Arrays = Mapping[str, np.ndarray]
_DIGITS = 4


def value_of(arrays: Arrays, cell: Cell) -> float:
    """The value of a cell, given as (array, row, column)."""
    return float(arrays[cell[0]][cell[1:]])


def spelled(arrays: Arrays, cell: Cell) -> str:
    """The value of a cell as text for display, with four digits."""
    return in_powers(value_of(arrays, cell), _DIGITS)


def differing(right: Arrays, wrong: Arrays) -> list[Cell]:
    """Every cell whose value a mistake changes.

    ``wrong`` are arrays computed with the mistake, under the same ids as in ``right``.
    """
    return [
        (name, int(row), int(column))
        for name, values in wrong.items()
        for row, column in np.argwhere(~np.isclose(values, right[name], rtol=1e-9, atol=1e-12))
    ]
