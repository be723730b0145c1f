"""Curvatures against what is known of bowls and saddles, and the largest rate against descents that are really run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calculus.curvature import curvatures, distance_to_level, hessian, is_linear, is_quadratic, largest_rate
from engine.calculus.descent import gradient_descent
from engine.calculus.surfaces import SURFACES

PLACES = [np.array(place) for place in ((0.3, -0.2), (1.0, 2.0), (-1.5, 0.4))]


def gradient_of(name):
    expression = SURFACES[name].expression
    return lambda x: np.array(expression.gradient(*x))


def test_the_second_derivatives_of_rosenbrock():
    x, y = 0.7, -0.3
    found = hessian(gradient_of("rosenbrock"), np.array([x, y]))
    assert found == pytest.approx(np.array([[1200 * x**2 - 400 * y + 2, -400 * x], [-400 * x, 200]]), rel=1e-6)
    assert np.array_equal(found, found.T)


@pytest.mark.parametrize(
    ("name", "expected"), [("bowl", [2, 2]), ("elongated", [0.1, 2]), ("saddle", [-2, 2]), ("himmelblau", None)]
)
def test_curvatures_of_the_surfaces(name, expected):
    found = curvatures(gradient_of(name), np.array([0.4, 0.9]))
    if expected is None:
        assert found[0] <= found[1]
    else:
        assert found == pytest.approx(expected, abs=1e-6)


def test_bowls_and_the_saddle_are_quadratic_and_the_others_are_not():
    planes = [name for name in SURFACES if len(SURFACES[name].names) == 2]
    quadratic = {name for name in planes if is_quadratic(gradient_of(name), PLACES)}
    assert quadratic == {"bowl", "elongated", "saddle"}


def test_a_corner_between_the_places_is_no_bowl():
    assert not is_quadratic(lambda x: np.array([np.sign(x[0] - 0.9), 2 * x[1]]), PLACES)
    bend, places = np.diag([0.0, 2.0]), (np.array([2.0, 0.0]), np.array([-3.0, 5.0]))
    assert not is_linear(lambda x: np.array([np.sign(x[0]), 2 * x[1]]), bend, *places)
    assert is_linear(lambda x: np.array([1.0, 2 * x[1]]), bend, *places)


def test_how_far_level_ground_is():
    x = np.array([3.0, -4.0])
    assert distance_to_level(gradient_of("bowl"), x) == pytest.approx(5.0)
    assert distance_to_level(gradient_of("saddle"), x) == pytest.approx(5.0)
    assert distance_to_level(lambda x: np.array([1.0, 2 * x[1]]), x) == np.inf
    assert distance_to_level(lambda x: np.array([0.0, 2 * x[1]]), x) == pytest.approx(4.0)
    assert distance_to_level(lambda x: np.zeros(2), x) == 0
    assert np.isnan(distance_to_level(lambda x: np.full(2, np.nan), x))


@pytest.mark.parametrize(("name", "limit"), [("bowl", 1.0), ("elongated", 1.0)])
def test_the_largest_rate_is_the_border_between_settling_and_growing(name, limit):
    gradient = gradient_of(name)
    rate = largest_rate(curvatures(gradient, np.array([0.5, 0.5])))
    assert rate == limit
    start = np.array([0.0, 2.0])
    for share, grows in ((0.999, False), (1.001, True)):
        end = gradient_descent(gradient, start, share * rate, 50)
        assert (np.linalg.norm(end) > np.linalg.norm(start)) == grows


def test_a_tilted_bowl_has_the_largest_rate_of_its_steepest_direction():
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    bent = turn @ np.diag([0.5, 8.0]) @ turn.T
    assert largest_rate(curvatures(lambda x: bent @ x, np.array([1.0, 1.0]))) == pytest.approx(0.25)


def test_a_saddle_a_plain_and_a_place_without_derivatives_have_no_largest_rate():
    assert largest_rate(np.array([-2.0, 2.0])) is None
    assert largest_rate(np.array([0.0, 0.0])) is None
    assert largest_rate(np.array([np.nan, np.nan])) is None
    assert largest_rate(np.array([0.0, 4.0])) == 0.5, "a trough holds a descent too"


def test_where_the_gradient_is_no_number_neither_is_the_curvature():
    assert np.isnan(curvatures(lambda x: np.full(2, np.nan), np.zeros(2))).all()
    assert not is_quadratic(lambda x: np.full(2, np.nan), PLACES)


BENDS = st.floats(0.2, 8.0).flatmap(lambda size: st.sampled_from([size, -size]))
PLACE = st.tuples(st.floats(-3, 3), st.floats(-3, 3)).map(np.array)


@given(angle=st.floats(0, 360), bends=st.tuples(BENDS, BENDS), level=PLACE, x=PLACE)
def test_a_function_that_is_turned_is_as_far_from_its_level_place_as_before(angle, bends, level, x):
    """Of any bowl or saddle the level place is its middle, whichever way its main directions point."""
    cosine, sine = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn = np.array([[cosine, -sine], [sine, cosine]])
    turned = turn @ np.diag(bends) @ turn.T
    found = distance_to_level(lambda place: turned @ (place - level), x)
    assert found == pytest.approx(float(np.hypot(*(x - level))), rel=1e-5, abs=1e-6)
