"""Hyperparameter search: where trials lie, and what is to be expected of the best of many."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn import hyperparameter_search as searching

_POWERS = st.tuples(st.floats(-8, -1), st.floats(0.01, 8)).map(lambda ends: (ends[0], min(ends[0] + ends[1], 0.0)))


# Where trials lie


@given(ends=_POWERS, shares=st.lists(st.floats(0, 1), min_size=2, max_size=20))
def test_equal_shares_are_equal_ratios_on_a_log_scale_and_equal_differences_on_a_linear_one(ends, shares):
    share = np.array(shares)
    for scale, turned in ((searching.log_scale, np.log10), (searching.linear_scale, np.asarray)):
        low, half, high = scale(np.array([0.0, 0.5, 1.0]), *ends)
        assert low == pytest.approx(10 ** ends[0]) and high == pytest.approx(10 ** ends[1])
        assert turned(high) - turned(half) == pytest.approx(turned(half) - turned(low), abs=1e-9)
        found = scale(share, *ends)
        assert ((low * (1 - 1e-9) <= found) & (found <= high * (1 + 1e-9))).all()
        assert (np.diff(scale(np.sort(share), *ends)) >= 0).all()


@given(side=st.integers(1, 12))
def test_a_grid_pairs_every_value_with_every_other_and_has_fewer_of_each_than_as_many_random_trials(side):
    shares = searching.grid_search(side)
    values = sorted(set(shares[:, 0].tolist()))
    assert {tuple(pair) for pair in shares.tolist()} == {(a, b) for a in values for b in values}
    assert len(values) == side and np.allclose(np.diff(values), 1 / side)
    drawn = searching.random_search(side**2, np.random.default_rng(side))
    assert len(set(drawn[:, 0].tolist())) == side**2 and ((drawn >= 0) & (drawn < 1)).all()


@pytest.mark.parametrize("linear", [False, True])
@pytest.mark.parametrize("ends", [(-6.0, -2.0), (-3.0, 0.0), (-2.5, -1.0), (-2.0, -1.5)])
def test_the_share_of_the_highest_power_is_that_of_many_draws(ends, linear):
    scale = searching.linear_scale if linear else searching.log_scale
    rates = scale(np.random.default_rng(3).random(200_000), *ends)
    assert searching.top_share(*ends, linear) == pytest.approx(np.mean(rates >= 10 ** (ends[1] - 1)), abs=0.005)


def test_of_four_powers_of_ten_the_highest_gets_a_quarter_or_nine_tenths():
    assert searching.top_share(-6, -2, linear=False) == 0.25
    assert searching.top_share(-6, -2, linear=True) == pytest.approx(0.9, abs=1e-3)


# Chance


def test_twenty_trials_find_the_best_5_percent_with_64_percent_and_it_takes_59_for_95():
    assert searching.chance_of_best(20) == pytest.approx(0.642, abs=5e-4)
    assert searching.chance_of_best(58) < 0.95 < searching.chance_of_best(59)


@given(trials=st.integers(1, 12), share=st.sampled_from([0.05, 0.25, 0.5]))
def test_the_chance_of_a_hit_is_that_of_counting(trials, share):
    misses = 1.0
    for _ in range(trials):
        misses *= 1 - share
    assert searching.chance_of_best(trials, share) == pytest.approx(1 - misses)


@given(coins=st.integers(1, 6), tosses=st.integers(1, 6))
def test_the_best_by_luck_is_the_mean_over_all_that_can_come(coins, tosses):
    chances = [math.comb(tosses, heads) / 2**tosses for heads in range(tosses + 1)]
    mean = 0.0
    for heads in range(tosses + 1):
        below, up_to = sum(chances[:heads]), sum(chances[: heads + 1])
        mean += heads * (up_to**coins - below**coins)
    assert searching.best_by_luck(coins, tosses) == pytest.approx(mean / tosses)


def test_the_best_of_fifty_coins_gets_61_percent_of_a_hundred_tosses():
    assert searching.best_by_luck(50, 100) == pytest.approx(0.61, abs=0.005)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=12))
def test_a_link_does_not_ask_how_far_numbers_are_apart_nor_which_way_they_go(pairs):
    values, scores = np.array(pairs, dtype=float).T
    link = searching.rank_link(values, scores)
    assert math.isnan(link) or -1e-12 <= link <= 1 + 1e-12
    for other in (searching.rank_link(np.exp(values), scores), searching.rank_link(-values, scores**3)):
        assert other == pytest.approx(link, nan_ok=True)


def test_what_goes_up_together_is_linked_whole_and_what_never_changes_not_at_all():
    assert searching.rank_link(np.arange(5.0), np.arange(5.0) ** 2) == pytest.approx(1)
    assert math.isnan(searching.rank_link(np.ones(5), np.arange(5.0)))
    assert math.isnan(searching.rank_link(np.arange(2.0), np.arange(2.0)))
