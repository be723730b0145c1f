"""Heights on axes of powers of ten: ordered, with a floor, even around 0, on ranges that only move by threes."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.geometry.heights import LOWEST_POWER, drawable, height_range, power_heights, signed_heights


@given(st.lists(st.floats(), max_size=8))
def test_what_can_be_drawn_stays_and_the_rest_is_no_number(values):
    for value, drawn in zip(values, drawable(np.array(values)).tolist(), strict=True):
        assert drawn == value if abs(value) <= 1e100 else np.isnan(drawn)


def test_powers_of_ten_are_their_exponents_and_zero_lies_at_the_floor():
    assert power_heights(np.array([1e-3, 1.0, 1e5])) == pytest.approx([-3, 0, 5])
    assert np.array_equal(power_heights(np.array([0.0, 1e-300])), [LOWEST_POWER] * 2)


@given(st.lists(st.floats(-1e300, 1e300), min_size=2, max_size=8))
def test_signed_heights_are_even_and_keep_the_order(values):
    values = np.sort(np.array(values))
    heights = signed_heights(values)
    assert np.all(np.diff(heights) >= 0)
    assert signed_heights(-values) == pytest.approx(-heights)


def test_signed_heights_are_powers_of_ten_far_out():
    assert signed_heights(np.array([0.0, -1e39, 1e6])) == pytest.approx([0, -39, 6], abs=1e-6)


@given(st.lists(st.floats(-18, 300), max_size=6))
def test_a_range_holds_all_heights_and_never_less_than_the_usual_one(heights):
    low, high = height_range(np.array(heights))
    assert low <= -3 and high >= 3 and low % 3 == 0 and high % 3 == 0
    assert all(low <= height <= high for height in heights)


@pytest.mark.parametrize(("furthest", "end"), [(0.0, 1), (-1.0, 1), (1.01, 10), (-10.0, 10), (10.5, 999), (-900, 999)])
def test_an_axis_of_signed_heights_is_no_wider_than_it_has_to_be_around_0(furthest, end):
    found = height_range(signed_heights(np.array([0.5, furthest])), signed=True)
    assert found == pytest.approx(signed_heights(np.array([-end, end])))


@pytest.mark.parametrize("signed", [False, True])
def test_more_heights_only_widen_a_range(signed):
    heights = np.array([0.2, 0.5, -4.0, 2.0, 7.0, -11.0])
    ranges = [height_range(heights[:count], signed) for count in range(len(heights) + 1)]
    for one, other in pairwise(ranges):
        assert other[0] <= one[0] and other[1] >= one[1]
