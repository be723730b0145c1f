"""Named, unit-bearing, rectangular tables: what the Data panel shows and CSV and NPZ hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Column:
    """``name`` is also the file's column name; values are numbers, strings or booleans, one a row."""

    name: str
    values: Sequence[object]
    unit: str = ""

    @property
    def heading(self) -> str:
        """Name and unit as a file's header shows them."""
        return f"{self.name} [{self.unit}]" if self.unit else self.name


@dataclass(frozen=True)
class Table:
    """Columns of equal length (ValueError otherwise)."""

    name: str
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        lengths = {len(column.values) for column in self.columns}
        if len(lengths) != 1:
            raise ValueError(f"table {self.name!r}: columns of different lengths {sorted(lengths)}")

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """The table row by row."""
        return list(zip(*(column.values for column in self.columns), strict=True))


def table_of(name: str, **columns: Sequence[object]) -> Table:
    """A table with a column for each keyword, its values as plain Python ones; arrays are welcome."""
    return Table(name, tuple(Column(key, np.asarray(values).tolist()) for key, values in columns.items()))
