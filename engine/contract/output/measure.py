"""The figures by which runs are told apart: which columns of an experiment's tables, and which value is the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.contract.output.table import Column, Table
from engine.contract.text.text import Text, untranslated

Best = Literal["lowest", "highest"]
_OF = Text("{of}: {whom}")


@dataclass(frozen=True)
class Measure:
    """Columns of a table whose rows are places of a run; without ``columns`` all that hold numbers.

    ``label`` is what a single column is called. Without one a column has its own name where ``columns`` are named,
    and otherwise that of the table before it, as the columns of a race are called after the learners only.
    """

    table: str
    columns: tuple[str, ...] = ()
    best: Best = "lowest"
    label: Text | None = None


@dataclass(frozen=True, eq=False)
class Series:
    """One figure in the course of a run: ``values`` (N,) at the places ``at`` (N,), NaN left out.

    ``measure`` is the number of the measure that it belongs to: those of one measure can be drawn over one axis.
    ``label`` says ``of`` what it is, and of ``whom`` where there are several in it, such as the learners of a race.
    """

    key: str
    of: Text
    whom: Text | None
    at: np.ndarray
    values: np.ndarray
    best_is: Best
    measure: int

    @property
    def label(self) -> Text:
        """What it is called."""
        return self.of if self.whom is None else _OF(of=self.of, whom=self.whom)

    @property
    def last(self) -> float | None:
        """The newest value; None where there is none yet."""
        return float(self.values[-1]) if len(self.values) else None

    @property
    def best(self) -> float | None:
        """The best value so far."""
        if not len(self.values):
            return None
        return float(np.min(self.values) if self.best_is == "lowest" else np.max(self.values))


def series_of(tables: Sequence[Table], measures: Sequence[Measure], places: Sequence[str]) -> tuple[Series, ...]:
    """The figures of a run in its tables; without ``measures``, those of the first table whose rows are such places.

    Rows that a column ``complete`` says are not so yet are left out; a table whose first column holds words has a
    series for each of them. Measures of tables that are not there now, as in another view, have no series.
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
            found.append(Series(key, of, whom, places[kept], values[kept], measure.best, number))
    return found


def _is_number(column: Column) -> bool:
    return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in column.values)
