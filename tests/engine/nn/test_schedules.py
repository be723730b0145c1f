"""Learning-rate schedules at every update, against their formulas written once more, and their edges."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.nn.schedules import CONSTANT, SCHEDULES

TOTALS = (1, 2, 3, 7, 10, 16, 64, 250, 1999)
RATES = (1.0, 0.3, 1e-4)


def _by_hand(schedule: str, t: np.ndarray, total: int) -> np.ndarray:
    """The shares of the rate after t = 0, 1, … updates, from tables of where something begins and ends."""
    if schedule == "constant":
        return np.ones(len(t))
    if schedule == "step":
        share = np.ones(len(t))
        share[math.ceil(total / 2) :] /= 10
        share[math.ceil(3 * total / 4) :] /= 10
        return share
    if schedule == "inverse":
        return total / (total + 9 * t)
    if schedule == "cosine":
        # (1 + cos 2a) / 2 = cos² a
        return np.where(t < total, np.cos(np.pi * np.minimum(t, total) / (2 * total)) ** 2, 0.0)
    first = max(1, round(total / 10))
    growing = np.arange(1, first + 1) / first
    return np.concatenate([growing, _by_hand("cosine", np.arange(len(t) - first), total - first or 1)])[: len(t)] * (
        t < max(total, first)
    )


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("total", TOTALS)
def test_every_update_has_the_rate_of_the_formula(schedule, total):
    t = np.arange(2 * total + 5)
    for rate in RATES:
        got = [SCHEDULES[schedule].rule(rate, update, total) for update in t.tolist()]
        np.testing.assert_allclose(got, rate * _by_hand(schedule, t, total), rtol=1e-9, atol=1e-12 * rate)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_no_rate_is_above_the_one_that_is_set_or_below_0(schedule):
    for total in TOTALS:
        rates = [SCHEDULES[schedule].rule(0.7, update, total) for update in range(3 * total + 3)]
        assert min(rates) >= 0.0 and max(rates) == pytest.approx(0.7, rel=1e-12)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_rates_fall_from_the_start_or_after_the_warm_up(schedule):
    for total in TOTALS:
        warm = max(1, round(total / 10)) if schedule == "warm_up" else 0
        rates = np.array([SCHEDULES[schedule].rule(1.0, update, total) for update in range(3 * total + 3)])
        assert (np.diff(rates[:warm]) > 0).all() and (np.diff(rates[warm:]) <= 0).all()


def test_at_both_ends_of_the_plan():
    first = {one.id: one.rule(0.5, 0, 100) for one in SCHEDULES.values()}
    assert first == {"constant": 0.5, "step": 0.5, "inverse": 0.5, "cosine": 0.5, "warm_up": 0.05}
    end = {one.id: one.rule(0.5, 100, 100) for one in SCHEDULES.values()}
    assert end == pytest.approx({"constant": 0.5, "step": 0.005, "inverse": 0.05, "cosine": 0.0, "warm_up": 0.0})
    assert SCHEDULES["cosine"].rule(0.5, 99, 100) > 0 and SCHEDULES["warm_up"].rule(0.5, 99, 100) > 0


def test_of_a_single_update_all_but_none_have_the_whole_rate():
    assert {one.rule(0.3, 0, 1) for one in SCHEDULES.values()} == {0.3}


def test_no_schedule_gives_the_very_number_that_is_set():
    assert all(SCHEDULES[CONSTANT].rule(rate, t, 10) is rate for rate in (0.1, 1 / 3) for t in (0, 9, 10, 99))


def test_the_plan_is_the_rule_and_reaches_as_far_as_the_run():
    for one in SCHEDULES.values():
        for total, reached in ((1, 0), (40, 0), (1000, 0), (1000, 3000)):
            updates, shares = one.plan(total, reached)
            assert updates[0] == 0 and updates[-1] == max(total, reached) and (np.diff(updates) > 0).all()
            assert shares.tolist() == [one.rule(1.0, update, total) for update in updates.tolist()]
