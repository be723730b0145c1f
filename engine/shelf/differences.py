"""The table of differences: a row for every run, and of the parameters only those in which the runs differ."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.contract.experiment import Experiment
from engine.contract.output.measure import Series
from engine.contract.output.table import Column, Table
from engine.contract.params import field_of
from engine.contract.text.text import Text
from engine.shelf.naming import differing, names_of
from engine.shelf.repeats import SEEDS
from engine.shelf.shelved_run import ShelvedRun

TITLE = Text("What differs between the runs")
_RUN, _SEED, _UPDATES = Text("run"), Text("seed"), Text("updates")
_LAST = Text("{label}, last")
_BEST = Text("{label}, best")
_OF_SEEDS = (
    ("lowest", Text("{label}, lowest of {seeds} seeds")),
    ("median", Text("{label}, median of {seeds} seeds")),
    ("highest", Text("{label}, highest of {seeds} seeds")),
)


def table_of_differences(experiment: Experiment, runs: Sequence[ShelvedRun], language: str) -> Table:
    """Name, parameters that differ, seed where chance plays a part, updates, and of every figure the last and the best,
    and its range where a run was repeated with other seeds.

    Numbers stay numbers, everything else is spelled in ``language``; NaN stands for a figure that there is not.
    """
    names = differing(experiment, runs) if runs else ()
    columns = [Column("run", [name.render(language) for name in names_of(experiment, runs)], label=_RUN)]
    for name in names:
        field = field_of(experiment.params_type, name)
        values = [getattr(one.params, name) for one in runs]
        if not all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
            values = [field.spell(value).render(language) for value in values]
        columns.append(Column(name, values, field.unit, field.label))
    if experiment.uses_seed:
        columns.append(Column("seed", [one.seed for one in runs], label=_SEED))
    unit = experiment.units[0]
    reached = _UPDATES if unit.id == "update" else unit.kind or unit.name
    columns.append(Column("updates", [one.update for one in runs], label=reached))
    for key, first in _figures(runs).items():
        found = [_of(one, key) for one in runs]
        columns.append(Column(f"{key}.last", _numbers(found, "last"), label=_LAST(label=first.label)))
        columns.append(Column(f"{key}.best", _numbers(found, "best"), label=_BEST(label=first.label)))
    bands = [one.bands() for one in runs]
    for key in dict.fromkeys(key for found in bands for key in found):
        label = next(found[key].first.label for found in bands if key in found)
        for place, (name, words) in enumerate(_OF_SEEDS):
            last = [found[key].last if key in found else None for found in bands]
            values = [math.nan if one is None else one[place] for one in last]
            columns.append(Column(f"{key}.{name}", values, label=words(label=label, seeds=SEEDS)))
    return Table("differences", tuple(columns), TITLE)


def sorted_rows(table: Table, column: int, descending: bool) -> Table:
    """The table with its rows in the order of a column; what is no number comes last either way."""
    values = table.columns[column].values
    missing = [index for index, value in enumerate(values) if isinstance(value, float) and math.isnan(value)]
    there = [index for index in range(len(values)) if index not in missing]
    there.sort(key=lambda index: values[index], reverse=descending)  # type: ignore[arg-type,return-value]
    order = [*there, *missing]
    columns = (Column(one.name, [one.values[index] for index in order], one.unit, one.label) for one in table.columns)
    return Table(table.name, tuple(columns), table.label)


def _figures(runs: Sequence[ShelvedRun]) -> dict[str, Series]:
    """Every figure that some run has, called as in the run with most of them, where none is called too shortly."""
    found: dict[str, Series] = {}
    for one in sorted(runs, key=lambda run: -len(run.series or ())):
        for series in one.series or ():
            found.setdefault(series.key, series)
    return found


def _of(run: ShelvedRun, key: str) -> Series | None:
    return next((series for series in run.series or () if series.key == key), None)


def _numbers(found: Sequence[Series | None], which: str) -> list[float]:
    values = [getattr(series, which) if series is not None else None for series in found]
    return [math.nan if value is None else value for value in values]
