"""`optimizer_race`: everyone starts alike and sees the same batches; what differs is the rule, and SGD comes last."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from engine.contract.handle import ProbePoint
from engine.contract.language import LANGUAGES
from engine.contract.protocol import RandomStreams
from engine.contract.run import Run
from engine.data.digits import load_digits
from engine.experiments.ch6_techniques.optimizer_race import OptimizerRaceExperiment
from engine.experiments.ch6_techniques.optimizer_race.params import OptimizerRaceParams
from engine.experiments.ch6_techniques.optimizer_race.process import race_of
from engine.experiments.shared.learning.race import LEARNS
from engine.nn.optimizer_registry import OPTIMIZERS
from engine.playing import Player

RACE = OptimizerRaceExperiment()
ALL = tuple(OPTIMIZERS)


@cache
def _frame(updates, seed=0, **values):
    return Player(RACE, Run(RACE.id, OptimizerRaceParams(**values), seed)).go(updates)


def _said(frame, language="en", **values):
    return RACE.headline(OptimizerRaceParams(**values), frame).render(language)


# The same conditions


def test_all_begin_with_the_same_weights_and_the_first_loss_is_the_same():
    params = OptimizerRaceParams(optimizers=ALL)
    race = race_of(params, [params.optimizer(one) for one in ALL], RandomStreams(4), load_digits("train"))
    first, *others = (learner.network.params for learner in race.learners)
    for other in others:
        assert all(np.array_equal(first[name], other[name]) for name in first)
        assert not any(np.shares_memory(first[name], other[name]) for name in first)
    frame = _frame(1, seed=4, optimizers=ALL)
    assert len(set(frame.losses.tolist())) == 1 and 2.0 < frame.losses[0] < 3.5
    assert _frame(0, seed=4, optimizers=ALL).accuracy_range == 0


@pytest.mark.parametrize("one", ALL)
def test_who_else_races_changes_nothing_for_one(one):
    together, alone = _frame(15, optimizers=ALL), _frame(15, optimizers=(one,))
    assert np.array_equal(together.loss_mean[ALL.index(one)], alone.loss_mean[0])


def test_the_first_of_several_seeds_is_the_race_with_that_seed():
    assert _frame(10, seeds=2).seed_losses[0].tolist() == _frame(10).mean_losses.tolist()
    assert _frame(10, seeds=2).seed_losses[1].tolist() == _frame(10, seed=1).mean_losses.tolist()


# The reference: after 1,900 updates SGD .150, Momentum .050, AdaGrad .016, Adam .032. Bounds from five seeds.


@pytest.mark.long
@pytest.mark.parametrize("seed", [0, 3])
def test_sgd_is_last_and_the_others_are_near_one_another(seed):
    frame = _frame(300, seed)
    sgd, momentum, adagrad, adam = frame.mean_losses
    assert frame.behind == "sgd" and frame.ahead in ("adagrad", "adam")
    assert 0.5 < sgd < 0.7 and 0.2 < momentum < 0.3 and 0.14 < adagrad < 0.22 and 0.14 < adam < 0.23
    assert frame.sample_test[0, -1] < min(frame.sample_test[1:, -1]) and frame.sample_test[1:, -1].min() > 0.9


def test_ten_times_the_rates_turn_the_order_round():
    larger = dict(next(preset.changes for preset in RACE.presets if preset.id == "larger"))
    assert _frame(20).ahead == "adagrad" and _frame(20, **larger).behind == "adagrad"


def test_sgd_with_ten_times_the_rate_is_about_level_with_momentum():
    frame = _frame(100, sgd_rate=0.1)
    assert frame.mean_losses[0] == pytest.approx(frame.mean_losses[1], rel=0.35)
    assert _frame(100).mean_losses[0] > 3 * _frame(100).mean_losses[1]


# Standings


def test_first_and_last_are_by_the_mean_loss_and_nobody_stands_anywhere_before_the_first_update():
    start, frame = _frame(0), _frame(20)
    assert (start.ahead, start.behind) == (None, None)
    order = [one for _, one in sorted(zip(frame.mean_losses.tolist(), frame.learners, strict=True))]
    assert (frame.ahead, frame.behind) == (order[0], order[-1])


def test_losses_overlap_where_no_gap_lies_between_all_seeds():
    frame = _frame(12, seeds=3)
    for one in range(4):
        for other in range(4):
            apart = (
                frame.seed_losses[:, one].max() < frame.seed_losses[:, other].min()
                or frame.seed_losses[:, other].max() < frame.seed_losses[:, one].min()
            )
            assert bool(frame.overlaps[one, other]) == (not apart)


def test_who_is_lost_is_last_said_and_offered_the_usual_rate_and_the_others_go_on():
    frame = _frame(40, sgd_rate=10.0)
    assert frame.lost_at[0] != LEARNS and (frame.lost_at[1:] == LEARNS).all() and frame.behind == "sgd"
    assert not frame.finished and np.isnan(frame.mean_losses[0]) and np.isfinite(frame.mean_losses[1:]).all()
    assert frame.status.kind == "diverged" and dict(frame.status.remedy.changes) == {"sgd_rate": 0.01}
    assert frame.status.text.render("en").startswith("SGD:")


def test_a_race_in_which_all_are_lost_is_over():
    values = {"optimizers": ("sgd",), "sgd_rate": 10.0}
    frame = _frame(100, **values)
    assert frame.finished and frame.update < 100 and frame.ahead is None and frame.behind == "sgd"
    assert frame.status.kind == "diverged" and "go on" not in frame.status.text.render("en")


def test_the_accuracy_is_looked_at_more_often_at_first():
    assert _frame(120).sample_updates.tolist() == [0, 20, 50, 100]


def test_who_was_ahead_at_update_100_is_kept_whoever_leads_later():
    assert _frame(99).early_leader is None
    assert _frame(100).early_leader == _frame(300).early_leader == _frame(100).ahead == "adagrad"


# What is said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_its_headline(language):
    alone = {"optimizers": ("adam",)}
    frames = [(_frame(0), {}), (_frame(20), {}), (_frame(12, seeds=3), {"seeds": 3}), (_frame(5, **alone), alone)]
    said = [_said(frame, language, **values) for frame, values in frames]
    assert len(set(said)) == len(said) and all(said)


def test_a_probe_tells_all_losses_of_the_nearest_row_and_a_row_its_accuracy():
    frame, params = _frame(20), OptimizerRaceParams()
    told = RACE.probe(params, frame, ProbePoint(12.2, 0.0)).text.render("en")
    assert told.startswith("update 12: SGD ") and f"Adam {frame.loss_mean[3, 11]:#.3g}" in told
    told = RACE.probe(params, frame, ProbePoint(0.3, 2.5, "accuracy")).text.render("en")
    assert told.startswith("AdaGrad: ") and "10,000 test digits right at update 20" in told
    assert RACE.probe(params, frame, ProbePoint(0.3, 4.5, "accuracy")) is None
    assert RACE.probe(params, _frame(0), ProbePoint(1, 0)) is None
    by_time = RACE.probe(OptimizerRaceParams(across="seconds"), frame, ProbePoint(0.01, 0)).text.render("en")
    assert by_time.startswith("after 0.01 s of updates: SGD ")


def test_a_click_on_a_row_looks_at_it_and_lights_the_line_that_moves_its_weights():
    frame, params = _frame(20), OptimizerRaceParams()
    assert RACE.click_at(params, frame, ProbePoint(0.5, 1.5, "accuracy")) == {"selected": "momentum"}
    assert RACE.click_at(params, frame, ProbePoint(0.5, 3.5, "accuracy")) == {}
    assert RACE.click_at(params, frame, ProbePoint(0.5, 1.5)) == {}
    mark = RACE.code_mark(params.replaced({"selected": "momentum"}), frame)
    assert mark.function == "Momentum.update"


def test_who_does_not_race_is_not_looked_at():
    assert OptimizerRaceParams(selected="adamw").looked_at == 0
    assert OptimizerRaceParams(selected="momentum").looked_at == 1
