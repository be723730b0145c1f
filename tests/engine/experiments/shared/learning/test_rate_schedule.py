"""A schedule in a run: every update has its rate, the table tells it, and without one nothing is as it was not."""

from __future__ import annotations

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.run import Change, Run
from engine.experiments.shared.learning.rate_schedule import RatePlan
from engine.nn.schedules import SCHEDULES
from engine.playing import Player
from tests.frames import frames_equal

_SMALL = {
    "optimizer_race": {"batch_size": 8, "layers": 1, "optimizers": ("sgd", "adam")},
    "playground": {},
    "cnn": {"filters": 2, "hidden": 5, "batch_size": 10, "compare": True},
}
_RATES = {
    "optimizer_race": lambda params: [params.sgd_rate, params.adam_rate],
    "playground": lambda params: [params.learning_rate],
    "cnn": lambda params: [params.learning_rate],
}


def _played(experiment_id, updates, journal=(), **values):
    experiment = load(experiment_id)
    params = experiment.params_type().replaced({**_SMALL[experiment_id], **values})
    player = Player(experiment, Run(experiment_id, params, 3, journal))
    frame = player.go(updates)
    return experiment, player.params, frame


@pytest.mark.parametrize("experiment_id", _SMALL)
@pytest.mark.parametrize("schedule", [one for one in SCHEDULES if one != "constant"])
def test_every_update_has_the_rate_of_the_formula_and_the_table_tells_it(experiment_id, schedule):
    experiment, params, frame = _played(experiment_id, 24, schedule=schedule, planned=16)
    (table,) = (one for one in experiment.main_tables(params, frame) if one.name == "rate")
    update, *columns = (column.values for column in table.columns)
    assert update == list(range(1, 25)) and len(columns) == len(_RATES[experiment_id](params))
    for rate, column in zip(_RATES[experiment_id](params), columns, strict=True):
        assert column == [SCHEDULES[schedule].rule(rate, t, 16) for t in range(24)]
    assert frame.rates.now.tolist() == [column[-1] for column in columns]
    assert frame.rates.share == SCHEDULES[schedule].rule(1.0, 23, 16)


@pytest.mark.parametrize("experiment_id", _SMALL)
def test_without_a_schedule_the_planned_updates_play_no_part(experiment_id):
    _, _, one = _played(experiment_id, 6, planned=1)
    _, _, other = _played(experiment_id, 6, planned=900)
    assert frames_equal(one, other) and one.rates is None


@pytest.mark.parametrize("experiment_id", _SMALL)
def test_where_the_rate_is_0_nothing_is_learned_any_more_and_that_is_said(experiment_id):
    experiment, params, frame = _played(experiment_id, 8, schedule="cosine", planned=5)
    _, _, later = _played(experiment_id, 11, schedule="cosine", planned=5)
    assert frame.status.kind == "schedule_ended" and frame.status.remedy.changes == {"planned": 10}
    what = {"playground": "parameters", "cnn": "filters", "optimizer_race": "sample_test"}[experiment_id]
    assert np.array_equal(getattr(frame, what), getattr(later, what))
    assert "0" in experiment.headline(params, frame).render("en").rpartition("now")[2]


def test_another_rate_on_the_way_is_what_the_schedule_goes_on_from():
    _, _, frame = _played("playground", 12, journal=(Change(5, "learning_rate", 0.4),), schedule="inverse", planned=10)
    rule = SCHEDULES["inverse"].rule
    assert frame.rates.curves[0].tolist() == [rule(0.1 if t < 5 else 0.4, t, 10) for t in range(12)]
    assert frame.used_rate == rule(0.4, 11, 10) == frame.rates.now[0]


def test_an_update_that_was_not_done_has_no_rate():
    plan = RatePlan("step", 4)
    assert plan.rates(0, [0.5]) == [0.5]
    plan.done(1)
    assert plan.rates(1, [0.5]) == [0.5]
    state = plan.state(1, [0.5])
    assert state.updates.tolist() == [1] and state.curves.tolist() == [[0.5]]
