"""The best separation of two classes against brute force, and the bound on the perceptron rule against the rule."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calculus import mending_flip, nearest_to_origin, separation, turning

POINTS = st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20), st.integers(0, 1)), min_size=1, max_size=7).map(
    lambda rows: (np.array([row[:2] for row in rows]) / 10, np.array([row[2] for row in rows]))
)


def _signed(x, labels):
    return np.where(labels[:, None] == 1, 1, -1) * np.column_stack([x, np.ones(len(x))])


def _nearest_by_faces(points):
    """The least distance from the origin to any point, edge, triangle or tetrahedron of the points."""
    best = math.inf
    for count in range(1, min(4, len(points)) + 1):
        for face in itertools.combinations(points, count):
            corners = np.array(face)
            weights = np.ones(1)
            if count > 1:
                tail = np.linalg.lstsq((corners[1:] - corners[0]).T, -corners[0], rcond=None)[0]
                weights = np.concatenate([[1 - tail.sum()], tail])
            if np.all(weights >= -1e-12):
                best = min(best, float(np.linalg.norm(weights @ corners)))
    return best


@settings(max_examples=150, deadline=None)
@given(POINTS)
def test_the_margin_is_the_distance_of_the_hull_face_by_face(data):
    found = separation(*data)
    expected = _nearest_by_faces(_signed(*data))
    assert found.separable == (expected > 1e-9)
    assert found.margin == pytest.approx(expected if found.separable else 0, abs=1e-9)


@settings(max_examples=150, deadline=None)
@given(POINTS)
def test_the_direction_has_length_one_and_leaves_exactly_the_margin(data):
    found = separation(*data)
    if found.separable:
        assert np.linalg.norm(found.direction) == pytest.approx(1)
        heights = _signed(*data) @ found.direction
        assert heights.min() == pytest.approx(found.margin)
        assert heights[list(found.support)] == pytest.approx(np.full(len(found.support), found.margin))


@settings(max_examples=100, deadline=None)
@given(POINTS)
def test_turning_all_labels_keeps_the_margin(data):
    x, labels = data
    assert separation(x, 1 - labels).margin == pytest.approx(separation(x, labels).margin, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(POINTS)
def test_a_flip_that_mends_is_found_whenever_there_is_one(data):
    x, labels = data
    found = separation(x, labels)
    flips = [i for i in range(len(x)) if separation(x, np.where(np.arange(len(x)) == i, 1 - labels, labels)).separable]
    flip = mending_flip(x, labels, found)
    assert (flip is None) if found.separable or not flips else (flip in flips)


def test_xor_is_not_separable_and_and_is():
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    assert not separation(corners, np.array([0, 1, 1, 0])).separable
    found = separation(corners, np.array([0, 0, 0, 1]))
    assert found.margin == pytest.approx(1 / math.sqrt(17))
    assert found.direction == pytest.approx(np.array([2, 2, -3]) / math.sqrt(17))
    assert found.radius == pytest.approx(math.sqrt(3))


def test_two_labels_at_one_place_cannot_be_separated():
    found = separation(np.array([[0.3, 0.7], [0.3, 0.7]]), np.array([0, 1]))
    assert not found.separable and found.support == (0, 1)


def test_the_nearest_point_of_a_triangle():
    nearest, support = nearest_to_origin(np.array([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0], [5.0, 5, 5]]))
    assert nearest == pytest.approx(np.full(3, 1 / 3)) and support == (0, 1, 2)


def test_from_zero_weights_the_bound_is_the_classic_one_at_every_rate():
    found = separation(np.array([[-1.0, 0.2], [1.0, 0.4], [0.2, -0.5]]), np.array([0, 1, 1]))
    for rate in (0.01, 0.1, 2.0):
        assert found.most_corrections(np.zeros(2), 0.0, rate) == math.floor((found.radius / found.margin) ** 2)


@settings(max_examples=100, deadline=None)
@given(POINTS, st.floats(-3, 3), st.floats(-3, 3), st.floats(-3, 3), st.sampled_from([0.01, 0.1, 1.0]))
def test_the_bound_is_the_last_number_that_its_inequality_allows(data, w1, w2, b, rate):
    found = separation(*data)
    w, most = np.array([w1, w2]), found.most_corrections(np.array([w1, w2]), b, rate)
    if not found.separable:
        assert most is None
        return
    along, square = np.array([w1, w2, b]) @ found.direction, w @ w + b * b

    def gap(k):
        return math.sqrt(square + k * rate**2 * found.radius**2) - along - rate * k * found.margin

    assert gap(most) >= -1e-6 * (1 + most) and gap(most + 1) <= 1e-6 * (1 + most)


def test_turning_is_signed_and_has_no_value_without_a_line():
    assert turning(np.array([1.0, 0.0]), np.array([0.0, 2.0])) == pytest.approx(90)
    assert turning(np.array([1.0, 0.0]), np.array([1.0, -1.0])) == pytest.approx(-45)
    assert turning(np.zeros(2), np.array([1.0, 0.0])) is None
