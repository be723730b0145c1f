"""Wilson's interval: numbers of others, and the equation that it solves."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calculus.proportions import SURE, wilson_interval

# From scipy.stats.binomtest(right, count).proportion_ci(method="wilson"), SciPy 1.17.
SCIPY = {
    (6, 8): (0.4092754, 0.9285208),
    (0, 5): (0.0, 0.4344825),
    (5, 5): (0.5655175, 1.0),
    (1, 3): (0.0614919, 0.7923404),
    (50, 100): (0.4038315, 0.5961685),
}


@pytest.mark.parametrize("trials", SCIPY, ids=str)
def test_it_is_the_interval_of_another_library(trials):
    assert wilson_interval(*trials) == pytest.approx(SCIPY[trials], abs=1e-6)


@given(st.integers(1, 500).flatmap(lambda count: st.tuples(st.integers(0, count), st.just(count))))
def test_each_bound_is_as_far_from_the_share_as_its_own_standard_deviation_says(trials):
    right, count = trials
    low, high = wilson_interval(right, count)
    assert 0 <= low <= right / count <= high <= 1
    for bound in (low, high):
        if 0 < bound < 1:
            assert abs(right / count - bound) == pytest.approx(SURE * math.sqrt(bound * (1 - bound) / count), rel=1e-9)


def test_nothing_is_known_from_no_trial_and_impossible_counts_are_refused():
    assert wilson_interval(0, 0) == (0.0, 1.0)
    for trials in ((-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="of 3"):
            wilson_interval(*trials)
