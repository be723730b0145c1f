"""Rows and curves stand under their own names: each is computed once more alone, or by its formula."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.contract.catalogue import load
from engine.contract.run import Run
from engine.playing import Player
from tests.shots import openings
from tests.truth.verdicts import Moment, moment_of
from tests.truth.verdicts_to_chapter_4 import _FUNCTIONS


def _moment(experiment_id: str, updates: int = 12, **changes: object) -> Moment:
    experiment = load(experiment_id)
    params = experiment.params_type().replaced(changes)
    frame = Player(experiment, Run(experiment_id, params)).go(updates)
    return moment_of(experiment, params, frame)


def test_each_optimizer_alone_goes_where_its_row_says():
    every = tuple(load("optimizers").presets[0].changes["shown"])
    together = _moment("optimizers", shown=every)
    assert len(together.rows("outcome")) == len(every)
    for one in every:
        alone = _moment("optimizers", shown=(one,), selected=one).rows("outcome")
        assert len(alone) == 1
        row = together.row("outcome", optimizer=alone[0]["optimizer"])
        assert row == alone[0] and row["optimizer"].lower() == one


def test_the_height_of_every_optimizer_is_the_function_s_at_its_place():
    moment = _moment("optimizers", shown=tuple(load("optimizers").presets[0].changes["shown"]))
    for row in moment.rows("paths"):
        assert row["f"] == pytest.approx(row["x0"] ** 2 / 20 + row["x1"] ** 2)


def test_each_racer_alone_has_the_losses_that_stand_under_its_name():
    together = _moment("optimizer_race", updates=3)
    names = [one.name for one in together.tables["loss"].columns if one.name != "update"]
    assert len(names) > 2
    for one in names:
        alone = _moment("optimizer_race", updates=3, optimizers=(one,), selected=one)
        assert alone.column("loss", one).tolist() == together.column("loss", one).tolist()
        told = alone.rows("standing")[0]
        row = together.row("standing", optimizer=told["optimizer"])
        assert told["optimizer"].lower() == one
        assert {**row, "lost_at": 0} == {**told, "lost_at": 0}


def test_every_function_s_curve_is_its_formula():
    experiment, seen = load("activations"), set()
    for shot in openings("activations"):
        if shot.params.layers and shot.params.view == "stack":
            continue
        moment = moment_of(experiment, shot.params, shot.frame)
        x = moment.column("curves", "x")
        for column in moment.tables["curves"].columns[1:]:
            name = column.label.render("en")
            if name.endswith("Leaky ReLU"):
                continue  # its slope below 0 is a parameter
            function = _FUNCTIONS[name.removeprefix("slope of ")]
            wanted = [function(at)[name.startswith("slope of ")] for at in x.tolist()]
            # On a jump or a corner there is no slope, or either of two.
            apart = np.abs(np.array(column.values) - wanted) > 1e-9
            assert np.all(np.abs(x[apart]) < 1e-3), f"{shot.name}: {name} at {x[apart][:3]}"
            seen.add(name)
    assert {"ReLU", "tanh", "sigmoid", "slope of softplus"} <= seen


def test_the_losses_of_a_row_are_those_of_its_formula():
    for shot in openings("losses"):
        moment = moment_of(load("losses"), shot.params, shot.frame)
        for row in moment.rows("batch"):
            y = np.array([row[f"y{k}"] for k in range(4)])
            t = np.eye(4)[row["label"]]
            squares = np.sum((y - t) ** 2)
            assert row["cross_entropy"] == pytest.approx(-math.log(y[row["label"]]))
            assert (row["half_sum"], row["mean_square"]) == pytest.approx((squares / 2, squares / 4))
