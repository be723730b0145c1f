"""The table that compares the runs on the shelf: a row for each run; only parameters that differ have a column."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from engine.contract.experiment import Experiment
from engine.contract.harmless import csv_text, in_latex, in_markdown
from engine.contract.numerals import format_real
from engine.contract.params import field_of
from engine.contract.table import Column, Series, Table
from engine.contract.text import Text
from engine.shelf.shelved_run import SEEDS, ShelvedRun, differing, names_of

TITLE = Text("What differs between the runs")
_RUN, _SEED, _UPDATES = Text("run"), Text("seed"), Text("updates")
_LAST = Text("{label}, last")
_BEST = Text("{label}, best")
_MEASURED = Text("{label}: {unit} when measured")
_OF_SEEDS = (
    ("lowest", Text("{label}, lowest of {seeds} seeds")),
    ("median", Text("{label}, median of {seeds} seeds")),
    ("highest", Text("{label}, highest of {seeds} seeds")),
)


def table_of_differences(experiment: Experiment, runs: Sequence[ShelvedRun], language: str) -> Table:
    """Makes a table with a row for each run.

    The columns are its name, the parameters that differ, the seed if the experiment uses chance, the number of updates,
    and for each figure the last and best value. Where needed they are followed by the update at which the last value
    was measured, and by the range of last values over several seeds. Numbers stay numbers, everything else is text in
    ``language``; NaN is a missing value.
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
        if not first.unit:
            columns.append(Column(key, _numbers(found, "last"), label=first.label))
            continue
        columns.append(Column(f"{key}.last", _numbers(found, "last"), label=_LAST(label=first.label)))
        if any(one and len(one.at) and one.unit == unit.id and one.at[-1] != run.update for one, run in
               zip(found, runs, strict=True)):  # fmt: skip
            places = [int(one.at[-1]) if one and len(one.at) else math.nan for one in found]
            columns.append(Column(f"{key}.at", places, label=_MEASURED(label=first.label, unit=reached)))
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
    """The table sorted by a column; nan comes last in either direction."""
    values = table.columns[column].values
    missing = [index for index, value in enumerate(values) if isinstance(value, float) and math.isnan(value)]
    there = [index for index in range(len(values)) if index not in missing]
    there.sort(key=lambda index: values[index], reverse=descending)  # type: ignore[arg-type,return-value]
    order = [*there, *missing]
    columns = (Column(one.name, [one.values[index] for index in order], one.unit, one.label) for one in table.columns)
    return Table(table.name, tuple(columns), table.label)


def _figures(runs: Sequence[ShelvedRun]) -> dict[str, Series]:
    """Every figure (loss, accuracy, …) of any run, by key; labels are taken from the run with the most figures."""
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


_EXPONENT = re.compile(r"(.+)e(\N{MINUS SIGN}?)(\d+)")


def markdown(table: Table, language: str) -> str:
    """The table in GitHub's Markdown: numbers right-aligned, words left-aligned."""
    rows = [[in_markdown(_short(value)) for value in row] for row in table.rows]
    sides = [":--" if isinstance(row, str) else "--:" for row in table.rows[0]] if rows else []
    heads = [in_markdown(column.title.render(language)) for column in table.columns]
    return "".join(f"| {' | '.join(line)} |\n" for line in (heads, sides or ["---"] * len(heads), *rows))


def latex(table: Table, language: str) -> str:
    """The table as a LaTeX ``tabular`` with three horizontal rules; it needs no package."""
    sides = "".join("l" if isinstance(value, str) else "r" for value in table.rows[0]) if table.rows else ""
    heads = [in_latex(column.title.render(language)) for column in table.columns]
    lines = [[_latex_cell(value) for value in row] for row in table.rows]
    body = "".join(f"{' & '.join(line)} \\\\\n" for line in lines)
    head = f"{' & '.join(heads)} \\\\\n"
    return (
        f"\\begin{{tabular}}{{{sides or 'l' * len(heads)}}}\n\\hline\n{head}\\hline\n{body}\\hline\n\\end{{tabular}}\n"
    )


def comma_separated(table: Table, language: str) -> str:
    """The table as CSV with the headings for people; a missing value is an empty cell."""
    rows = [["" if _is_missing(value) else value for value in row] for row in table.rows]
    return csv_text([[column.title.render(language) for column in table.columns], *rows])


MARKUPS: dict[str, Callable[[Table, str], str]] = {"Markdown": markdown, "LaTeX": latex, "CSV": comma_separated}


def _short(value: object) -> str:
    if _is_missing(value):
        return ""
    return format_real(value) if isinstance(value, float) else str(value)


def _is_missing(value: object) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _latex_cell(value: object) -> str:
    if isinstance(value, str):
        return in_latex(value)
    words = _short(value)
    if match := _EXPONENT.fullmatch(words):
        sign = "-" if match[2] else ""
        return f"${match[1].replace(chr(0x2212), '-')} \\times 10^{{{sign}{match[3]}}}$"
    return in_latex(words)
