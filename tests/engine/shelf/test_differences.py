"""Names and the table of differences say what differs, and nothing else; the table reads back as it was written."""

from __future__ import annotations

import csv
import io
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.catalogue import entries, load
from engine.contract.language import LANGUAGES
from engine.contract.numerals import format_real
from engine.contract.run import Run
from engine.contract.table import Column, Series, Table, series_of
from engine.contract.text import untranslated
from engine.playing import Player
from engine.shelf.differences import comma_separated, latex, markdown, sorted_rows, table_of_differences
from engine.shelf.shelved_run import ShelvedRun, names_of

EXPERIMENT = load("descent")


def _stood(changes, updates=5, seed=0, name=""):
    params = EXPERIMENT.params_type().replaced(changes)
    frame = Player(EXPERIMENT, Run("descent", params, seed)).go(updates)
    tables = EXPERIMENT.main_tables(params, frame)
    return ShelvedRun(params, seed, updates, series_of(tables, EXPERIMENT.measures, EXPERIMENT.unit_ids), name)


RUNS = [_stood({}), _stood({"learning_rate": 0.4}), _stood({"learning_rate": 0.4, "selected": 2}, 8)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_runs_are_called_by_what_differs_and_never_alike(language):
    names = [name.render(language) for name in names_of(EXPERIMENT, RUNS)]
    assert len(set(names)) == len(RUNS)
    assert "0.4" in names[1] and "5" in names[1] and "8" in names[2] and "0.4" not in names[0]
    assert "5" in names[0], "the others have come farther, or less far"
    assert not any("5" in name.render(language) for name in names_of(EXPERIMENT, RUNS[:2])), "all as far"


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


VALUES = st.lists(st.floats(-1e6, 1e6), max_size=6)


@given(
    st.lists(st.dictionaries(st.sampled_from(["f.a", "f.b", "g"]), st.tuples(VALUES, st.booleans())), min_size=2,
             max_size=4)
)  # fmt: skip
def test_each_figure_of_the_table_is_that_of_the_series_of_its_run(every):
    """The last value, the smallest or largest, and of five seeds the lowest, middle and highest of the last ones."""
    highest = {key: is_high for one in every for key, (_, is_high) in one.items()}

    def series(key, values):
        best = "highest" if highest[key] else "lowest"
        return Series(
            key, untranslated(key), None, np.arange(float(len(values))), np.array(values, float), best, 0, "step"
        )

    def stood(place, figures):
        own = tuple(series(key, values) for key, (values, _) in figures.items())
        # With each further seed the same run ends by 1, −2, 3 and −4 elsewhere; the first run is not repeated.
        others = [
            tuple(series(key, [*values[:-1], *(one + seed * (-1) ** (seed + 1) for one in values[-1:])])
                  for key, (values, _) in figures.items())
            for seed in (1, 2, 3, 4)
        ]  # fmt: skip
        return ShelvedRun(RUNS[0].params, place, 5, own, repeats=tuple(others) if place else ())

    table = table_of_differences(EXPERIMENT, [stood(place, one) for place, one in enumerate(every)], "en")
    found = {column.name: list(column.values) for column in table.columns}
    for key, is_high in highest.items():
        told = [one[key][0] if key in one else [] for one in every]
        expected = {
            "last": [values[-1] if values else None for values in told],
            "best": [(max if is_high else min)(values) if values else None for values in told],
        }
        if any(key in one for one in every[1:]):
            for name, by in (("lowest", -4), ("median", 0), ("highest", 3)):
                expected[name] = [values[-1] + by if place and values else None for place, values in enumerate(told)]
        for name, values in expected.items():
            assert found[f"{key}.{name}"] == pytest.approx([math.nan if one is None else one for one in values],
                                                           nan_ok=True), (key, name)  # fmt: skip


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


PLAYGROUND = load("playground")


def _in_the_middle(experiment, changes, updates, seed=0, by_hand=None):
    params = experiment.params_type().replaced(changes)
    player = Player(experiment, Run(experiment.id, params, seed))
    frame = player.go(updates)
    if by_hand is not None:
        player.change(*by_hand)
        frame = player.go(0)
    tables = experiment.main_tables(params, frame)
    series = series_of(tables, experiment.measures, experiment.unit_ids)
    return frame, ShelvedRun(params, seed, frame.update, series)


@pytest.mark.parametrize("changes", [{}, {"data": "xor", "hidden": (3,)}, {"data": "plane"}], ids=str)
@pytest.mark.parametrize("updates", [0, 7, 25, 26, 37])
def test_of_a_run_within_an_epoch_table_curve_and_headline_have_the_numbers_of_one_moment(changes, updates):
    frame, stood = _in_the_middle(PLAYGROUND, changes, updates)
    last = {one.key.partition(".")[2]: (one.last, one.at[-1]) for one in stood.series if one.last is not None}
    for name, (value, place) in last.items():
        assert value == getattr(frame, name), (name, value)
        assert place == pytest.approx(updates / 25)
    told = PLAYGROUND.headline(stood.params, frame).render("en")
    assert format_real(frame.train_loss, 3) in told or not updates
    table = table_of_differences(PLAYGROUND, [stood], "en")
    assert next(one for one in table.columns if one.name == "curves.train_loss.last").values[0] == frame.train_loss


KEEPING = [entry.id for entry in entries() if load(entry.id).keeps_runs and entry.id != "cnn"]


@pytest.mark.parametrize("experiment_id", KEEPING)
def test_a_figure_that_is_older_than_the_moment_of_its_run_says_when_it_was_measured(experiment_id):
    experiment = load(experiment_id)
    _, stood = _in_the_middle(experiment, {}, 37)
    table = table_of_differences(experiment, [stood], "en")
    told = {column.name: column for column in table.columns}
    for one in stood.series:
        if one.unit == experiment.units[0].id and len(one.at) and one.at[-1] != stood.update:
            assert told[f"{one.key}.at"].values == [one.at[-1]]
            assert "when measured" in told[f"{one.key}.at"].title.render("en")
        else:
            assert f"{one.key}.at" not in told


def test_a_run_that_is_not_as_the_experiment_opens_is_never_called_so():
    xor = {"data": "xor", "hidden": (3,)}
    tanh, relu = (
        ShelvedRun(PLAYGROUND.params_type().replaced({**xor, "activation": name}), 0, 0) for name in ("tanh", "relu")
    )
    opening = ShelvedRun(PLAYGROUND.params_type(), 0, 0)
    for runs, told in (
        ([tanh], "Data XOR"),
        ([tanh, relu], "Activation tanh"),
        ([relu, tanh], "Activation ReLU"),
        ([opening, relu], "as it opens"),
    ):
        names = [name.render("en") for name in names_of(PLAYGROUND, runs)]
        assert told in names[0], names
        assert all("as it opens" not in name for name, run in zip(names, runs, strict=True) if run is not opening)


def test_the_table_has_the_number_that_the_experiment_is_about():
    rule = load("perceptron_rule")
    _, stood = _in_the_middle(rule, {}, 37)
    frame, _ = _in_the_middle(rule, {}, 37)
    columns = {one.name: one for one in table_of_differences(rule, [stood], "en").columns}
    assert columns["convergence.corrections"].values == [frame.corrections]
    assert columns["convergence.corrections"].title.render("en") == "corrections"
