"""`hyperparameters`: where trials lie, that they differ in rate and decay only, and that test data are read once.

The whole default runs of seeds 0 to 4 (100 trials of 10 epochs): the best has a rate from 0.0083 to 0.0097 and 63 to
76 % of the validation images; with rates from 0.03 to 0.3 nine trials bring 78 % and more. The tests below are shorter.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.contract.experiment import Amount
from engine.contract.frame import frames_equal
from engine.contract.player import Player
from engine.contract.run import Change, Run
from engine.contract.spot import Spot
from engine.contract.streams import Streams
from engine.data.digits import load_digits
from engine.experiments.ch6_techniques.hyperparameters import Hyperparameters
from engine.experiments.ch6_techniques.parts import hyperparameters_plan as planning
from engine.experiments.ch6_techniques.parts.hyperparameters_params import HyperparametersParams
from engine.experiments.ch6_techniques.parts.hyperparameters_process import Search, Trial
from engine.nn import he
from engine.nn.deep_network import deep_network
from tests.arithmetic import evaluate

HYPERPARAMETERS = Hyperparameters()
_POWERS = st.tuples(st.floats(-8, -1), st.floats(0.01, 8)).map(lambda ends: (ends[0], min(ends[0] + ends[1], 0.0)))
_SHORT = {"trials": "9", "epochs": 2}


def _player(seed=0, journal=(), **values):
    return Player(HYPERPARAMETERS, Run(HYPERPARAMETERS.id, HyperparametersParams(**values), seed, tuple(journal)))


@cache
def _frame(done, seed=0, **values):
    return _player(seed, **values).go_by(Amount(done, "trial"))


@cache
def _process(**values):
    return Search(HyperparametersParams(**values), Streams(0), load_digits("train"), load_digits("test"))


# Where trials lie


@given(ends=_POWERS, shares=st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_equal_shares_are_equal_ratios_on_a_log_scale_and_equal_differences_on_a_linear_one(ends, shares):
    share = np.array(shares)
    for scale, turned in ((planning.log_scale, np.log10), (planning.linear_scale, np.asarray)):
        low, half, high = scale(np.array([0.0, 0.5, 1.0]), *ends)
        assert low == pytest.approx(10 ** ends[0]) and high == pytest.approx(10 ** ends[1])
        assert turned(high) - turned(half) == pytest.approx(turned(half) - turned(low), abs=1e-9)
        found = scale(share, *ends)
        assert ((low * (1 - 1e-9) <= found) & (found <= high * (1 + 1e-9))).all()
        assert (np.diff(scale(np.sort(share), *ends)) >= 0).all()


@given(side=st.integers(1, 12))
def test_a_grid_pairs_every_value_with_every_other_and_has_fewer_of_each_than_as_many_random_trials(side):
    shares = planning.grid_search(side)
    values = sorted(set(shares[:, 0].tolist()))
    assert {tuple(pair) for pair in shares.tolist()} == {(a, b) for a in values for b in values}
    assert len(values) == side and np.allclose(np.diff(values), 1 / side)
    drawn = planning.random_search(side**2, np.random.default_rng(side))
    assert len(set(drawn[:, 0].tolist())) == side**2 and ((drawn >= 0) & (drawn < 1)).all()


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("ends", [(-6.0, -2.0), (-3.0, 0.0), (-2.5, -1.0), (-2.0, -1.5)])
def test_the_share_of_the_highest_power_is_that_of_many_draws(ends, linear):
    scale = planning.linear_scale if linear else planning.log_scale
    rates = scale(np.random.default_rng(3).random(200_000), *ends)
    assert planning.top_share(*ends, linear) == pytest.approx(np.mean(rates >= 10 ** (ends[1] - 1)), abs=0.005)


def test_of_four_powers_of_ten_the_highest_gets_a_quarter_or_nine_tenths():
    assert planning.top_share(-6, -2, linear=False) == 0.25
    assert planning.top_share(-6, -2, linear=True) == pytest.approx(0.9, abs=1e-3)


# Chance


def test_twenty_trials_find_the_best_5_percent_with_64_percent_and_it_takes_59_for_95():
    assert planning.chance_of_best(20) == pytest.approx(0.642, abs=5e-4)
    assert planning.chance_of_best(58) < 0.95 < planning.chance_of_best(59)


@given(trials=st.integers(1, 12), share=st.sampled_from([0.05, 0.25, 0.5]))
def test_the_chance_of_a_hit_is_that_of_counting(trials, share):
    misses = 1.0
    for _ in range(trials):
        misses *= 1 - share
    assert planning.chance_of_best(trials, share) == pytest.approx(1 - misses)


@given(coins=st.integers(1, 6), tosses=st.integers(1, 6))
def test_the_best_by_luck_is_the_mean_over_all_that_can_come(coins, tosses):
    chances = [math.comb(tosses, heads) / 2**tosses for heads in range(tosses + 1)]
    mean = 0.0
    for heads in range(tosses + 1):
        below, up_to = sum(chances[:heads]), sum(chances[: heads + 1])
        mean += heads * (up_to**coins - below**coins)
    assert planning.best_by_luck(coins, tosses) == pytest.approx(mean / tosses)


def test_the_best_of_fifty_coins_gets_61_percent_of_a_hundred_tosses():
    assert planning.best_by_luck(50, 100) == pytest.approx(0.61, abs=0.005)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=12))
def test_a_link_does_not_ask_how_far_numbers_are_apart_nor_which_way_they_go(pairs):
    values, scores = np.array(pairs, dtype=float).T
    link = planning.rank_link(values, scores)
    assert math.isnan(link) or -1e-12 <= link <= 1 + 1e-12
    for other in (planning.rank_link(np.exp(values), scores), planning.rank_link(-values, scores**3)):
        assert other == pytest.approx(link, nan_ok=True)


def test_what_goes_up_together_is_linked_whole_and_what_never_changes_not_at_all():
    assert planning.rank_link(np.arange(5.0), np.arange(5.0) ** 2) == pytest.approx(1)
    assert math.isnan(planning.rank_link(np.ones(5), np.arange(5.0)))
    assert math.isnan(planning.rank_link(np.arange(2.0), np.arange(2.0)))


# Trials


def test_a_trial_is_plain_descent_with_decay_and_all_begin_alike():
    process = _process(epochs=2)
    trial, other = (Trial(rate, 0.01, 2, process.data, Streams(0)) for rate in (0.05, 0.001))
    assert np.array_equal(trial.curves[:, 0], other.curves[:, 0])
    network, order = deep_network((784, 50, 10), "relu", he, Streams(0).weights), Streams(0).order
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
    said = HYPERPARAMETERS.reading(params, ended).render("en")
    assert ("fewer" in said or "less" in said) == (ended.flattery > 0) and f"{100 * ended.test_accuracy:.1f}%" in said


# The hand


def test_the_pointer_and_a_click_find_the_trial_that_lies_there_and_none_beside_them():
    frame, params = _frame(2, epochs=2), HyperparametersParams(epochs=2)
    for number in (1, 2, 40):
        spot = Spot(math.log10(frame.rates[number - 1]), math.log10(frame.decays[number - 1]))
        assert HYPERPARAMETERS.click_at(params, frame, spot) == {"selected": number}
        said = HYPERPARAMETERS.probe(params, frame, spot).text.render("en")
        assert said.startswith(f"trial {number}:") and ("not done yet" in said) == (number == 40)
    beside = Spot(-0.5, -1.0)
    assert HYPERPARAMETERS.probe(params, frame, beside) is None
    assert HYPERPARAMETERS.click_at(params, frame, beside) == {}
    assert HYPERPARAMETERS.click_at(params.replaced({"selected": 2}), frame, beside) == {"selected": 0}


def test_each_plane_has_its_own_trials():
    frame = _frame(0, search="both", trials="9")
    number = int(np.flatnonzero(frame.on_grid)[0]) + 1
    spot = Spot(math.log10(frame.rates[number - 1]), math.log10(frame.decays[number - 1]), part="grid")
    params = HyperparametersParams(search="both", trials="9")
    assert HYPERPARAMETERS.click_at(params, frame, spot) == {"selected": number}


def test_a_trial_that_is_opened_shows_its_own_curves():
    player = _player(epochs=2)
    player.go(3)
    player.change("selected", 2)
    frame = player.go(0)
    assert frame.opened == 2 and frame.learning == 2 and frame.epochs_done == 1
    assert np.isfinite(frame.opened_curves[:, :2]).all() and np.isnan(frame.opened_curves[:, 2]).all()


def test_edges_of_a_range_keep_apart():
    params, frame = HyperparametersParams(), _frame(0)
    assert HYPERPARAMETERS.drag(params, frame, "rate_high", (-9.0, -6.0)) == {"rate_high": -5.5}
    assert HYPERPARAMETERS.drag(params, frame, "rate_high", (3.0, -6.0)) == {"rate_high": 0.0}
    assert HYPERPARAMETERS.drag(params, frame, "decay_low", (-4.0, 0.0)) == {"decay_low": -4.5}
    crossed = HyperparametersParams(rate_low=-1.0, rate_high=-3.0)
    assert crossed.rate_range == (-3.0, -1.0)
