"""Paths for painters: near places stay, far ones end at a border on the way there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.geometry.drawn_path import crossing, drawn_path

LOW, HIGH = (-1.0, -2.0), (3.0, 2.0)
NUMBERS = st.floats(-1e300, 1e300)


def test_a_near_path_stays_as_it_is():
    path = np.array([[0.0, 0.0], [2.0, 1.0], [10.0, -7.0]])
    assert np.array_equal(drawn_path(path, LOW, HIGH), path)


def test_a_third_part_is_left_out():
    assert np.array_equal(drawn_path(np.array([[1.0, 2.0, 9.0]]), LOW, HIGH), [[1.0, 2.0]])


def test_the_way_out_keeps_its_direction_and_a_way_back_begins_anew():
    path = np.array([[1.0, 0.0], [1.0 + 1e200, 1e200], [1e300, 5.0], [2.0, 1.0]])
    drawn = drawn_path(path, LOW, HIGH)
    way = drawn[1] - drawn[0]
    assert way[0] == pytest.approx(way[1]) and 10 < way[0] < 1000
    assert np.isnan(drawn[2]).all()
    assert np.array_equal(drawn[3], [2.0, 1.0])


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=6))
def test_whatever_is_drawn_is_a_size_that_painters_take(places):
    drawn = drawn_path(np.array(places), LOW, HIGH)
    assert np.all(np.isnan(drawn) | (np.abs(drawn - (1.0, 0.0)) <= 80.001))


@given(st.floats(-0.99, 2.99), st.floats(-1.99, 1.99), NUMBERS, NUMBERS)
def test_a_crossing_lies_on_the_border(x, y, far_x, far_y):
    low, high = np.array(LOW), np.array(HIGH)
    outside = np.array([far_x, far_y])
    if np.all((low <= outside) & (outside <= high)):
        return
    place = crossing(np.array([x, y]), outside, low, high)
    assert np.all((low <= place) & (place <= high))
    assert np.min(np.abs(np.concatenate([place - low, place - high]))) < 1e-6


def test_an_infinite_place_is_left_at_the_edge():
    place = crossing(np.array([0.0, 0.0]), np.array([0.5, -np.inf]), np.array(LOW), np.array(HIGH))
    assert np.array_equal(place, [0.5, -2.0])
