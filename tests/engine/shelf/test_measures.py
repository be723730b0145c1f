"""Every experiment with a run has figures by which its runs are told apart, found in its own tables."""

from __future__ import annotations

import math

import pytest

from engine.contract.catalogue import load
from engine.contract.params import field_of
from engine.contract.run import Run
from engine.contract.table import Measure, series_of, table_of
from engine.playing import Player
from tests.walk import EXPERIMENT_IDS

KEEPS = [one for one in EXPERIMENT_IDS if load(one).keeps_runs]


def test_exactly_the_experiments_that_learn_or_descend_by_runs_keep_them():
    assert set(KEEPS) == {one for one in EXPERIMENT_IDS if load(one).shape == "run"} - {"digits"}
    assert len(KEEPS) == 11


def _with_course(experiment):
    params = experiment.params_type()
    if experiment.has_course(params):
        return params
    views = [params.replaced({"view": one.value}) for one in field_of(type(params), "view").options]
    return next(one for one in views if experiment.has_course(one))


@pytest.mark.parametrize("experiment_id", KEEPS)
def test_a_run_has_figures_whose_last_value_is_that_of_its_table(experiment_id):
    experiment = load(experiment_id)
    params = _with_course(experiment)
    frame = Player(experiment, Run(experiment_id, params)).go(3)
    tables = {table.name: table for table in experiment.main_tables(params, frame)}
    assert {one.table for one in experiment.measures} <= tables.keys()
    series = series_of(tuple(tables.values()), experiment.measures, experiment.unit_ids)
    assert series and len({one.key for one in series}) == len(series)
    for one in series:
        assert one.last is None or math.isfinite(one.last)
        assert one.best is None or (one.best <= one.last if one.best_is == "lowest" else one.best >= one.last)
        assert one.label.render("en") and one.label.render("zh_CN")
    first, column = series[0], series[0].key.split(".")[1]
    values = [value for table in tables.values() for one in table.columns if one.name == column for value in one.values]
    assert first.last is None or first.last in [float(value) for value in values]


def test_without_measures_the_first_table_over_places_of_the_run_counts():
    words = table_of("standing", name=["a", "b"], loss=[1.0, 2.0])
    course = table_of("epochs", epoch=[1, 2, 3], mistakes=[5, 2, 0], complete=[True, True, False])
    (series,) = series_of((words, course), (), ("sample", "epoch"))
    assert (series.key, series.last, series.best, list(series.at)) == ("epochs.mistakes", 2.0, 2.0, [1.0, 2.0])


def test_words_in_the_first_column_make_a_series_each_and_what_is_not_there_makes_none():
    paths = table_of("paths", rule=["a", "a", "b"], step=[0, 1, 0], f=[3.0, 1.0, math.nan])
    a, b = series_of((paths,), (Measure("paths", ("f",), best="highest"), Measure("gone")), ())
    assert (a.key, a.last, a.best, b.last, b.best) == ("paths.f.a", 1.0, 3.0, None, None)
