"""`hyperparameters`: where trials lie, that they differ in rate and decay only, and that test data are read once.

The whole default runs of seeds 0 to 4 (100 trials of 10 epochs): the best has a rate from 0.0083 to 0.0099 and 59 to
74 % of the validation images. The tests below are shorter.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from engine.contract.experiment import Amount
from engine.contract.handle import ProbePoint
from engine.contract.protocol import RandomStreams
from engine.contract.run import Change, Run
from engine.data.digits import load_digits
from engine.experiments.ch6_techniques.hyperparameters import Hyperparameters
from engine.experiments.ch6_techniques.hyperparameters.params import HyperparametersParams
from engine.experiments.ch6_techniques.hyperparameters.process import Search, Trial
from engine.nn import he
from engine.nn.deep_network import deep_network
from engine.playing import Player
from tests.arithmetic import evaluate
from tests.frames import frames_equal

HYPERPARAMETERS = Hyperparameters()
_SHORT = {"trials": "9", "epochs": 2}


def _player(seed=0, journal=(), **values):
    return Player(HYPERPARAMETERS, Run(HYPERPARAMETERS.id, HyperparametersParams(**values), seed, tuple(journal)))


@cache
def _frame(done, seed=0, **values):
    return _player(seed, **values).go_by(Amount(done, "trial"))


@cache
def _process(**values):
    return Search(HyperparametersParams(**values), RandomStreams(0), load_digits("train"), load_digits("test"))


# Trials


def test_a_trial_is_plain_descent_with_decay_and_all_begin_alike():
    process = _process(epochs=2)
    trial, other = (Trial(rate, 0.01, 2, process.data, RandomStreams(0)) for rate in (0.05, 0.001))
    assert np.array_equal(trial.curves[:, 0], other.curves[:, 0])
    network, order = deep_network((784, 50, 10), "relu", he, RandomStreams(0).weights), RandomStreams(0).order
    assert all(np.array_equal(trial.network.params[name], W) for name, W in network.params.items())
    (x, t), (v, u) = process.data
    assert (len(t), len(u)) == (400, 100)
    rows = order.permutation(400)
    for start in range(0, 400, 20):
        batch = rows[start : start + 20]
        _, grads = network.gradients(x[batch], t[batch])
        for name, values in network.params.items():
            pull = 0.01 * values if name.startswith("W") else 0.0
            values -= np.float32(0.05) * (grads[name] + pull)
    trial.epoch()
    for name, values in network.params.items():
        assert np.allclose(trial.network.params[name], values, atol=1e-5), name
    assert trial.curves[:, 1].tolist() == [network.accuracy(x, t), network.accuracy(v, u)]
    assert not trial.is_done and math.isnan(trial.curves[0, 2])


def test_validation_images_are_not_learned_from():
    (x, _), (v, _) = _process(epochs=2).data
    assert not {row.tobytes() for row in x} & {row.tobytes() for row in v}


def test_the_draws_of_a_trial_do_not_depend_on_how_many_there_are_or_on_how_long_they_learn():
    few, many = _frame(0, trials="9"), _frame(0, trials="100", epochs=3)
    assert np.array_equal(few.rates, many.rates[:9]) and np.array_equal(few.decays, many.decays[:9])
    both = _frame(0, trials="9", search="both")
    assert np.array_equal(both.rates[~both.on_grid], few.rates)
    assert both.on_grid.sum() == 9 and both.grid_rates == 3 and both.random_rates == 9


# The search


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_better_rates_lie_beyond_the_range_of_the_opening(seed):
    good = {"rate_low": -1.5, "rate_high": -0.5}
    frame, better = (_frame(9, seed, trials="9", epochs=5, **more) for more in ({}, good))
    assert better.best_validation > max(0.65, frame.best_validation + 0.1)
    assert frame.rate_link > 0.6 and frame.best_rate > 1e-3
    assert frame.status is None or frame.status.kind == "at_the_edge"


def test_far_too_much_decay_forgets_everything():
    strong = {"rate_low": -1.0, "rate_high": -0.5, "decay_low": -0.3, "decay_high": 0.0}
    assert _frame(9, trials="9", epochs=3, **strong).best_validation < 0.4


def test_the_best_are_sorted_and_what_is_best_so_far_never_falls():
    frame = _frame(7, epochs=2, rate_high=-0.5)
    place = frame.ranking - 1
    assert frame.best == frame.ranking[0] == frame.opened
    assert (np.diff(frame.validation[place]) <= 0).all() and frame.validation[place[0]] == np.nanmax(frame.validation)
    assert np.array_equal(frame.ranked_curves[:, 1, -1], frame.validation[place])
    known = frame.so_far[0][np.isfinite(frame.so_far[0])]
    assert len(known) == frame.done == 7 and (np.diff(known) >= 0).all() and known[-1] == frame.best_validation


def test_the_test_data_are_read_when_the_search_has_ended_and_not_before():
    player = _player(trials="9", epochs=1)
    before, after = player.go_by(Amount(8, "trial")), player.go_by(Amount(1, "trial"))
    assert (before.test_accuracy, before.test_reads, before.finished) == (None, 0, False)
    assert after.finished and after.test_reads == 1
    assert after.flattery == pytest.approx(after.best_validation - after.test_accuracy)
    test = load_digits("test")
    process = _process(trials="9", epochs=1)
    while not process.finished:
        for _ in process.advance() or ():
            pass
    network = process._trials[process._plan[after.best - 1].key].network
    pixels = test.images.reshape(len(test.labels), -1).astype(np.float32) / np.float32(255)
    assert network.accuracy(pixels, test.labels.astype(int)) == pytest.approx(after.test_accuracy, abs=2e-4)


def test_trials_can_be_added_and_a_search_stopped_and_nothing_is_trained_twice():
    player = _player(**_SHORT)
    ended = player.go(100)
    assert ended.finished and ended.update == 18
    player.change("trials", "25")
    more = player.go_by(Amount(1, "trial"))
    assert not more.finished and more.done == 10 and more.update == 20 and more.test_accuracy is None
    assert np.array_equal(more.validation[:9], ended.validation)
    player.change("stop", True)
    stopped = player.go(0)
    assert stopped.finished and stopped.done == 10 and stopped.planned == 25
    assert stopped.test_reads == (1 if stopped.best == ended.best else 2)
    player.change("stop", False)
    player.change("trials", "9")
    again = player.go(0)
    assert again.finished and again.done == 9 and again.best == ended.best and again.test_accuracy is not None


def test_a_search_that_is_to_stop_ends_with_the_trial_that_is_under_way():
    frame = _player(epochs=2, stop=True).go(50)
    assert (frame.done, frame.update, frame.finished) == (1, 2, True)
    player = _player(epochs=2)
    player.go(3)
    player.change("stop", True)
    assert not player.go(0).finished
    assert player.go(5).done == 2


def test_the_same_seed_gives_the_same_frame_however_it_is_divided():
    whole, player = _frame(2, 3, **_SHORT), _player(3, **_SHORT)
    player.go(1)
    assert frames_equal(player.go(3), whole) and not frames_equal(_frame(2, 4, **_SHORT), whole)
    replayed = _player(3, (Change(2, "trials", "25"),), **_SHORT).go(4)
    assert replayed.planned == 25 and np.array_equal(replayed.rates[:9], whole.rates)


@pytest.mark.parametrize("values", [{}, {"pitfall": "linear"}, {"rate_low": -2.4}, {"stop": True, "epochs": 1}])
def test_every_line_of_the_working_is_right(values):
    frame = _frame(int("stop" in values), **values)
    for line in HYPERPARAMETERS.working(HyperparametersParams(**values), frame):
        assert evaluate(line) == pytest.approx(line.result, rel=1e-9, abs=1e-12), line.left


def test_what_a_search_has_to_say_is_said():
    params = HyperparametersParams(pitfall="linear")
    assert _frame(0, pitfall="linear").status.kind == "linear_scale"
    ended = _frame(9, trials="9", epochs=1, rate_low=-4.0, rate_high=-3.0)
    said = HYPERPARAMETERS.headline(params, ended).render("en")
    assert ("fewer" in said or "less" in said) == (ended.flattery > 0) and f"{100 * ended.test_accuracy:.1f}%" in said


# The hand


def test_the_pointer_and_a_click_find_the_trial_that_lies_there_and_none_beside_them():
    frame, params = _frame(2, epochs=2), HyperparametersParams(epochs=2)
    for number in (1, 2, 40):
        spot = ProbePoint(math.log10(frame.rates[number - 1]), math.log10(frame.decays[number - 1]))
        assert HYPERPARAMETERS.click_at(params, frame, spot) == {"selected": number}
        said = HYPERPARAMETERS.probe(params, frame, spot).text.render("en")
        assert said.startswith(f"trial {number}:") and ("not done yet" in said) == (number == 40)
    beside = ProbePoint(-0.5, -1.0)
    assert HYPERPARAMETERS.probe(params, frame, beside) is None
    assert HYPERPARAMETERS.click_at(params, frame, beside) == {}
    assert HYPERPARAMETERS.click_at(params.replaced({"selected": 2}), frame, beside) == {"selected": 0}


def test_each_plane_has_its_own_trials():
    frame = _frame(0, search="both", trials="9")
    number = int(np.flatnonzero(frame.on_grid)[0]) + 1
    spot = ProbePoint(math.log10(frame.rates[number - 1]), math.log10(frame.decays[number - 1]), part="grid")
    params = HyperparametersParams(search="both", trials="9")
    assert HYPERPARAMETERS.click_at(params, frame, spot) == {"selected": number}


def test_a_trial_that_is_opened_shows_its_own_curves():
    player = _player(epochs=2)
    player.go(3)
    player.change("selected", 2)
    frame = player.go(0)
    assert frame.opened == 2 and frame.learning == 2
    assert np.isfinite(frame.opened_curves[:, :2]).all() and np.isnan(frame.opened_curves[:, 2]).all()


def test_edges_of_a_range_keep_apart():
    params, frame = HyperparametersParams(), _frame(0)
    assert HYPERPARAMETERS.drag(params, frame, "rate_high", (-9.0, -6.0)) == {"rate_high": -5.5}
    assert HYPERPARAMETERS.drag(params, frame, "rate_high", (3.0, -6.0)) == {"rate_high": 0.0}
    assert HYPERPARAMETERS.drag(params, frame, "decay_low", (-4.0, 0.0)) == {"decay_low": -4.5}
    crossed = HyperparametersParams(rate_low=-1.0, rate_high=-3.0)
    assert crossed.rate_range == (-3.0, -1.0)
