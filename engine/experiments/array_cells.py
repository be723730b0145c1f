"""Cells of named arrays that are looked at one by one, and those that a mistake changes.

Experiments whose arrays lie on a board share it, whatever makes the arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from engine.calculus.traces import Cell
from engine.contract.pieces import Table, Text, table_of

Arrays = Mapping[str, np.ndarray]


def value_of(arrays: Arrays, cell: Cell) -> float:
    """The number in a cell."""
    return float(arrays[cell[0]][cell[1:]])


def differing(right: Arrays, wrong: Arrays) -> list[Cell]:
    """Every cell that a mistake has changed; ``wrong`` holds the arrays that it makes, by the ids of the right ones."""
    return [
        (name, int(row), int(column))
        for name, values in wrong.items()
        for row, column in np.argwhere(~np.isclose(values, right[name], rtol=1e-9, atol=1e-12))
    ]


def difference_tables(right: Arrays, wrong: Arrays, name_of: Callable[[Cell], str]) -> tuple[Table, ...]:
    """The cells that a mistake makes wrong; no table where none is made."""
    if not wrong:
        return ()
    cells = differing(right, wrong)
    table = table_of(
        "difference",
        Text("cells that the mistake changes", "错误写法改变的格子"),
        cell=([name_of(cell) for cell in cells], Text("cell", "格子")),
        right=([value_of(right, cell) for cell in cells], Text("right", "正确")),
        wrong=([value_of(wrong, cell) for cell in cells], Text("wrong", "错误")),
    )
    return (table,)
