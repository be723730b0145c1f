"""Directions that belong to a gradient: angles, contours, steps, lengths of arrows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.calculus.directions import along_contour, angle_between, arrow_lengths, stepped

NUMBERS = st.floats(-100, 100, allow_nan=False)
VECTORS = st.tuples(NUMBERS, NUMBERS).map(np.array)


def test_the_angle_of_the_book_s_bowl_is_sixty_four_degrees():
    assert angle_between(np.array([0.7, -4.0]), np.array([7.0, -2.0])) == pytest.approx(64.12835859242544)


@given(VECTORS, VECTORS, st.floats(1e-3, 1e3))
def test_an_angle_is_symmetric_and_knows_no_lengths_and_its_rest_is_that_of_the_opposite(one, other, factor):
    assume(np.hypot(*one) > 1e-6 and np.hypot(*other) > 1e-6)
    angle = angle_between(one, other)
    assert 0 <= angle <= 180
    assert angle_between(other, one) == pytest.approx(angle)
    assert angle_between(factor * one, other) == pytest.approx(angle, abs=1e-9)
    assert angle_between(-one, other) == pytest.approx(180 - angle, abs=1e-9)
    cosine = one @ other / (np.hypot(*one) * np.hypot(*other))
    assert np.cos(np.radians(angle)) == pytest.approx(cosine, abs=1e-9)


def test_small_angles_are_told_from_none():
    assert angle_between(np.array([1.0, 0.0]), np.array([1.0, 1e-10])) == pytest.approx(np.degrees(1e-10))
    assert angle_between(np.array([2.0, 2.0]), np.array([1.0, 1.0])) == 0


@pytest.mark.parametrize("vector", [[0.0, 0.0], [np.nan, 1.0], [np.inf, 1.0]])
def test_without_a_direction_there_is_no_angle(vector):
    assert angle_between(np.array(vector), np.array([1.0, 2.0])) is None
    assert angle_between(np.array([1.0, 2.0]), np.array(vector)) is None


@given(VECTORS)
def test_the_contour_runs_at_a_right_angle_to_the_gradient(gradient):
    assume(np.hypot(*gradient) > 1e-6)
    along = along_contour(gradient)
    assert np.hypot(*along) == pytest.approx(1)
    assert angle_between(along, gradient) == pytest.approx(90)


@given(VECTORS, VECTORS, st.floats(0, 10))
def test_a_step_is_as_long_as_it_is_asked_to_be(place, direction, length):
    assume(np.hypot(*direction) > 1e-6)
    moved = stepped(place, direction, length) - place
    assert np.hypot(*moved) == pytest.approx(length, abs=1e-9)
    assert moved @ direction == pytest.approx(length * np.hypot(*direction), abs=1e-6)


def test_zero_has_neither_a_contour_nor_a_step():
    zero, place = np.zeros(2), np.array([1.0, 2.0])
    assert along_contour(zero).tolist() == [0, 0]
    assert stepped(place, zero, 3.0).tolist() == [1, 2]


def test_arrows_grow_with_their_vectors_and_stay_below_the_longest():
    sizes = np.array([0.0, 1e-3, 0.5, 2.0, 2.1, 1e9])
    lengths = arrow_lengths(sizes, middle=2.0, longest=0.9)
    assert lengths[0] == 0 and np.all(np.diff(lengths) > 0) and np.all(lengths < 0.9)
    assert lengths[3] == pytest.approx(0.9 * np.sqrt(0.5))


@pytest.mark.parametrize("size", [5e-324, 1e-200, 1e200, 1.7e308])
def test_vectors_of_any_size_have_directions(size):
    vector = np.array([size, -size])
    assert angle_between(vector, np.array([1.0, 0.0])) == pytest.approx(45)
    assert angle_between(vector, vector) == 0
    assert along_contour(vector) == pytest.approx(np.sqrt([0.5, 0.5]))
    assert stepped(np.zeros(2), vector, 2.0) == pytest.approx(np.sqrt([2.0, 2.0]) * [1, -1])
    assert arrow_lengths(np.array([0.0, size]), middle=size, longest=1.0) == pytest.approx([0, np.sqrt(0.5)])


def test_where_all_is_flat_there_are_no_arrows():
    assert arrow_lengths(np.zeros(3), middle=0.0, longest=1.0).tolist() == [0, 0, 0]
