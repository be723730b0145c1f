"""Named tables of columns with units: what the Data panel shows and CSV and NPZ files contain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from engine.contract.text import Text, notation, untranslated


@dataclass(frozen=True)
class Column:
    """A column of a table: ``name`` is used in files, ``label`` shown to people; values are numbers, strings or
    booleans.
    """

    name: str
    values: Sequence[object]
    unit: str = ""
    label: Text | None = None

    @property
    def heading(self) -> str:
        """The column's header in files: name and unit."""
        return f"{self.name} [{self.unit}]" if self.unit else self.name

    @property
    def title(self) -> Text:
        """The column's header in the program: label and unit; without a label, the name with spaces."""
        label = self.label or _in_words(self.name)
        return _WITH_UNIT(label=label, unit=self.unit) if self.unit else label


@dataclass(frozen=True)
class Table:
    """A table: columns of equal length (ValueError otherwise); ``name`` is used in files, ``label`` shown to people."""

    name: str
    columns: tuple[Column, ...]
    label: Text | None = None

    def __post_init__(self) -> None:
        lengths = {len(column.values) for column in self.columns}
        if len(lengths) != 1:
            raise ValueError(f"table {self.name!r}: columns of different lengths {sorted(lengths)}")

    @property
    def title(self) -> Text:
        """The table's label; if there is none, its name with spaces."""
        return self.label or _in_words(self.name)

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """The values of the table row by row."""
        return list(zip(*(column.values for column in self.columns), strict=True))


def table_of(name: str, label: Text | None = None, /, **columns: object) -> Table:
    """Makes a table with a column for each keyword, given as values or as (values, label); arrays become plain Python
    values.

    Single values make a table of one row; None is a missing number.
    """
    return Table(name, tuple(_column(key, given) for key, given in columns.items()), label)


def grid_table(name: str, label: Text | None = None, /, **grids: object) -> Table:
    """Makes a table from arrays (rows, columns) of one shape, each given with or without a label. It has one row per
    cell; the columns ``row`` and ``column`` count from 0.
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
    """Splits a column given as (values, label); without a label, returns the values and None."""
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[1], Text):
        return given
    return given, None


_ROW, _COLUMN = Text("row"), Text("column")
_WITH_UNIT = notation("{label} [{unit}]")


def _in_words(name: str) -> Text:
    return untranslated(name.replace("_", " "))


Best = Literal["lowest", "highest"]
_OF = Text("{of}: {whom}")


@dataclass(frozen=True)
class Measure:
    """Columns of a table, with one row per update or epoch of a run, that are compared between runs; by default all
    numeric ``columns``.

    ``label`` says what they measure. Without it, each of the listed ``columns`` is labelled by itself. If none are
    listed, the table's label says what is measured, and a column's label which object it belongs to, such as an
    optimizer in a race. ``single`` means a number from a table with one row, which has no curve over the run.
    """

    table: str
    columns: tuple[str, ...] = ()
    best: Best = "lowest"
    label: Text | None = None
    single: bool = False


@dataclass(frozen=True, eq=False)
class Series:
    """The values of one figure over the course of a run: ``values`` (N,) at the updates or epochs ``at`` (N,), without
    NaN.

    ``measure`` is the index of its ``Measure``: series of the same measure can share an axis. The label is made of
    ``of``, the quantity measured, and ``whom``, the object it belongs to if there are several, such as an optimizer in
    a race. ``unit`` is the name of the column that ``at`` was taken from.
    """

    key: str
    of: Text
    whom: Text | None
    at: np.ndarray
    values: np.ndarray
    best_is: Best
    measure: int
    unit: str = ""

    @property
    def label(self) -> Text:
        """The label of the series for people."""
        return self.of if self.whom is None else _OF(of=self.of, whom=self.whom)

    @property
    def last(self) -> float | None:
        """The value at the last place of the series; None if it has no values yet."""
        return float(self.values[-1]) if len(self.values) else None

    @property
    def best(self) -> float | None:
        """The best value so far, lowest or highest by ``best_is``; None if there is none yet."""
        if not len(self.values):
            return None
        return float(np.min(self.values) if self.best_is == "lowest" else np.max(self.values))


def series_of(tables: Sequence[Table], measures: Sequence[Measure], places: Sequence[str]) -> tuple[Series, ...]:
    """Extracts the series of a run from its tables; without ``measures``, those of the first table whose first column
    is one of ``places``, such as update or epoch.

    Rows with a false ``complete`` are skipped; a table whose first column contains words has a series for each word. If
    a table is missing, as in another view, its measures have no series.
    """
    named = {table.name: table for table in tables}
    if not measures:
        measures = [found] if (found := _found(tables, places)) else []
    return tuple(
        one
        for number, measure in enumerate(measures)
        if measure.table in named
        for one in _series_in(named[measure.table], measure, number)
    )


def _found(tables: Sequence[Table], places: Sequence[str]) -> Measure | None:
    for table in tables:
        numbers = tuple(column.name for column in table.columns[1:] if _is_number(column))
        if table.columns[0].name in places and numbers:
            return Measure(table.name, numbers)
    return None


def _series_in(table: Table, measure: Measure, number: int) -> list[Series]:
    wanted = [one for one in table.columns if one.name in measure.columns]
    if measure.single:
        numbers = [(one, np.asarray(one.values, dtype=float)) for one in wanted]
        return [
            Series(f"{table.name}.{one.name}", measure.label or one.title, None, np.zeros(len(values)), values,
                   measure.best, number)
            for one, values in numbers if len(values) == 1 and np.isfinite(values).all()
        ]  # fmt: skip
    at, *groups = 0, ""
    by_words = bool(table.columns[0].values) and isinstance(table.columns[0].values[0], str)
    if by_words:
        groups, at = list(dict.fromkeys(str(one) for one in table.columns[0].values)), 1
    if not measure.columns:
        wanted = [one for one in table.columns[at + 1 :] if _is_number(one)]
    places = np.asarray(table.columns[at].values, dtype=float)
    complete = next((one.values for one in table.columns if one.name == "complete"), None)
    rows = np.ones(len(places), dtype=bool) if complete is None else np.asarray(complete, dtype=bool)
    found = []
    for column in wanted:
        values = np.asarray(column.values, dtype=float)
        for group in groups:
            kept = rows & np.isfinite(values)
            if by_words:
                kept &= np.asarray([str(one) == group for one in table.columns[0].values])
            of = measure.label or (column.title if measure.columns else table.title)
            whom = untranslated(group) if group else None if measure.columns or len(wanted) == 1 else column.title
            key = ".".join(filter(None, (table.name, column.name, group)))
            found.append(
                Series(key, of, whom, places[kept], values[kept], measure.best, number, table.columns[at].name)
            )
    return found


def _is_number(column: Column) -> bool:
    return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in column.values)
