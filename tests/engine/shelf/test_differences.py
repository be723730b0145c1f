"""Names and the table of differences say what differs, and nothing else; the table reads back as it was written."""

from __future__ import annotations

import csv
import io
import math

import pytest

from engine.contract.catalogue import load
from engine.contract.output.measure import series_of
from engine.contract.output.table import Column, Table
from engine.contract.run.run import Run
from engine.playing.player import Player
from engine.shelf.differences import sorted_rows, table_of_differences
from engine.shelf.markup import comma_separated, latex, markdown
from engine.shelf.naming import names_of
from engine.shelf.shelved_run import ShelvedRun

EXPERIMENT = load("descent")


def _stood(changes, updates=5, seed=0, name=""):
    params = EXPERIMENT.params_type().replaced(changes)
    frame = Player(EXPERIMENT, Run("descent", params, seed)).go(updates)
    tables = EXPERIMENT.main_tables(params, frame)
    return ShelvedRun(params, seed, updates, series_of(tables, EXPERIMENT.measures, EXPERIMENT.unit_ids), name)


RUNS = [_stood({}), _stood({"learning_rate": 0.4}), _stood({"learning_rate": 0.4, "selected": 2}, 8)]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_runs_are_called_by_what_differs_and_never_alike(language):
    names = [name.render(language) for name in names_of(EXPERIMENT, RUNS)]
    assert len(set(names)) == len(RUNS)
    assert "0.4" in names[1] and "5" in names[1] and "8" in names[2] and "0.4" not in names[0]


def test_one_alone_is_called_by_what_is_not_as_the_experiment_opens():
    (alone,) = names_of(EXPERIMENT, RUNS[1:2])
    (default,) = names_of(EXPERIMENT, RUNS[:1])
    assert "0.4" in alone.render("en") and default.render("zh_CN") == "默认设置"
    assert names_of(EXPERIMENT, []) == ()


def test_a_name_that_somebody_gave_stays_as_it_was_written():
    given = names_of(EXPERIMENT, [RUNS[0], _stood({"learning_rate": 0.4}, name="{my} run")])[1]
    assert given.render("en") == given.render("zh_CN") == "{my} run"


def test_columns_are_only_what_differs_then_updates_and_figures():
    table = table_of_differences(EXPERIMENT, RUNS, "en")
    heads = [column.name for column in table.columns]
    assert heads == ["run", "learning_rate", "updates", "path.f.last", "path.f.best", "path.gradient_norm.last",
                     "path.gradient_norm.best"]  # fmt: skip
    assert list(table.columns[1].values) == [0.9, 0.4, 0.4] and list(table.columns[2].values) == [5, 5, 8]
    assert table.columns[3].values[0] == RUNS[0].series[0].last


def test_a_run_that_is_still_to_be_played_has_no_figures():
    table = table_of_differences(EXPERIMENT, [RUNS[0], ShelvedRun(RUNS[1].params, 0, 5)], "zh_CN")
    assert math.isnan(table.columns[-1].values[1]) and not math.isnan(table.columns[-1].values[0])


def test_what_is_no_number_is_sorted_last_either_way():
    table = Table("t", (Column("a", [2.0, math.nan, 1.0]), Column("b", ["x", "y", "z"])))
    assert list(sorted_rows(table, 0, False).columns[1].values) == ["z", "x", "y"]
    assert list(sorted_rows(table, 0, True).columns[1].values) == ["x", "z", "y"]
    assert list(sorted_rows(table, 1, True).columns[1].values) == ["z", "y", "x"]


def test_a_table_is_written_so_that_nothing_in_it_breaks_it():
    table = Table("t", (Column("run", ["a|b & 5%", "c"]), Column("loss", [-1.5e-7, math.nan], "ms")))
    assert markdown(table, "en").splitlines() == [
        r"| run | loss \[ms\] |", "| :-- | --: |", r"| a\|b \& 5\% | −1.5e−7 |", "| c |  |"
    ]  # fmt: skip
    written = latex(table, "en")
    assert "a\\textbar{}b \\& 5\\% & $-1.5 \\times 10^{-7}$ \\\\" in written and "{lr}" in written
    rows = list(csv.reader(io.StringIO(comma_separated(table, "en"))))
    assert rows == [["run", "loss [ms]"], ["a|b & 5%", "-1.5e-07"], ["c", ""]]
