"""The range test of a learning rate, on losses whose fall and rise are known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn import schedules

_RATES = schedules.range_rates(-4.0, 1.0, 200)


def _losses(fall_at: float, rise_at: float, noise: float = 0.0) -> np.ndarray:
    """2.4, falling to 1 around one power of ten, and rising far above the start around another."""
    power = np.log10(_RATES)
    fall, rise = (1 / (1 + np.exp(-6 * (power - at))) for at in (fall_at, rise_at))
    return 2.4 - 1.4 * fall + 8 * rise + noise * np.random.default_rng(0).normal(size=len(power))


def test_the_rate_grows_by_the_same_factor_from_batch_to_batch():
    assert _RATES[0] == pytest.approx(1e-4) and _RATES[-1] == pytest.approx(10.0) and len(_RATES) == 200
    factors = _RATES[1:] / _RATES[:-1]
    assert factors == pytest.approx(10 ** (5 / 199)) and (np.diff(_RATES) > 0).all()


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=40), st.integers(0, 12))
def test_a_mean_is_that_of_the_loss_and_its_neighbours_on_both_sides(losses, reach):
    found = schedules.smoothed(np.array(losses), reach)
    for place, mean in enumerate(found.tolist()):
        assert mean == pytest.approx(np.mean(losses[max(0, place - reach) : place + reach + 1]), abs=1e-9)


def test_of_no_losses_nothing_is_found():
    none = np.empty(0)
    assert len(schedules.smoothed(none, 3)) == 0
    assert schedules.steepest_fall(none, none, 3) is None and schedules.rises_above_start(none, none, 3) is None
    assert schedules.loss_at_start(none, 3) is None and schedules.loss_at_start(np.array([2.0, 4.0, 9.0]), 2) == 3.0


@pytest.mark.parametrize("fall_at", [-2.0, -1.4, -1.0])
@pytest.mark.parametrize("noise", [0.0, 0.05])
def test_the_steepest_fall_is_found_where_it_is_and_the_harm_behind_it(fall_at, noise):
    losses = _losses(fall_at, 0.5, noise)
    steepest = schedules.steepest_fall(_RATES, losses, 10)
    assert abs(np.log10(steepest) - fall_at) < (0.02 if not noise else 0.2)
    harmful = schedules.rises_above_start(_RATES, losses, 10)
    means = schedules.smoothed(losses, 10)
    place = _RATES.tolist().index(harmful)
    assert means[place] > losses[:10].mean() >= means[place - 1] and harmful > steepest


def test_a_fall_from_a_height_to_which_a_rate_has_thrown_the_loss_does_not_count():
    losses = _losses(-1.5, 0.0)
    losses[-15:] = 1.5
    assert np.log10(schedules.steepest_fall(_RATES, losses, 10)) == pytest.approx(-1.5, abs=0.02)


def test_what_never_falls_has_no_steepest_fall_and_what_never_rises_no_harm():
    assert schedules.steepest_fall(_RATES, np.linspace(2, 3, 200), 10) is None
    assert schedules.rises_above_start(_RATES, np.linspace(3, 2, 200), 10) is None
