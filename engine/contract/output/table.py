"""Named, unit-bearing, rectangular tables: what the Data panel shows and CSV and NPZ hold."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.contract.text.text import Text, notation, untranslated


@dataclass(frozen=True)
class Column:
    """``name`` is the file's column name, ``label`` what people read; values are numbers, strings or booleans."""

    name: str
    values: Sequence[object]
    unit: str = ""
    label: Text | None = None

    @property
    def heading(self) -> str:
        """Name and unit as a file's header shows them."""
        return f"{self.name} [{self.unit}]" if self.unit else self.name

    @property
    def title(self) -> Text:
        """Label and unit as the program shows them; the name in words where there is no label."""
        label = self.label or _in_words(self.name)
        return _WITH_UNIT(label=label, unit=self.unit) if self.unit else label


@dataclass(frozen=True)
class Table:
    """Columns of equal length (ValueError otherwise); ``name`` is the file's, ``label`` what people read."""

    name: str
    columns: tuple[Column, ...]
    label: Text | None = None

    def __post_init__(self) -> None:
        lengths = {len(column.values) for column in self.columns}
        if len(lengths) != 1:
            raise ValueError(f"table {self.name!r}: columns of different lengths {sorted(lengths)}")

    @property
    def title(self) -> Text:
        """The label, or the name in words where there is none."""
        return self.label or _in_words(self.name)

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """The table row by row."""
        return list(zip(*(column.values for column in self.columns), strict=True))


def table_of(name: str, label: Text | None = None, /, **columns: object) -> Table:
    """A table with a column for each keyword: its values, or (values, label); arrays become plain Python values.

    A single value makes a table of one row, and None stands there for a number that there is not.
    """
    return Table(name, tuple(_column(key, given) for key, given in columns.items()), label)


def grid_table(name: str, label: Text | None = None, /, **grids: object) -> Table:
    """Arrays (rows, columns) of one shape, each perhaps with a label, as a table with a row for each cell; row and
    column count from 0.
    """
    flat = {key: _split(given) for key, given in grids.items()}
    row, column = np.indices(np.shape(next(iter(flat.values()))[0])).reshape(2, -1)
    places = Column("row", row.tolist(), label=_ROW), Column("column", column.tolist(), label=_COLUMN)
    cells = (Column(key, np.ravel(grid).tolist(), label=one) for key, (grid, one) in flat.items())
    return Table(name, (*places, *cells), label)


def _column(name: str, given: object) -> Column:
    values, label = _split(given)
    return Column(name, np.atleast_1d(np.asarray(math.nan if values is None else values)).tolist(), label=label)


def _split(given: object) -> tuple[Any, Text | None]:
    """Values and their label, None for those that come without one."""
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], Text):
        return given
    return given, None


_ROW, _COLUMN = Text("row"), Text("column")
_WITH_UNIT = notation("{label} [{unit}]")


def _in_words(name: str) -> Text:
    return untranslated(name.replace("_", " "))
