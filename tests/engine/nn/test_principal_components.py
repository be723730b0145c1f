"""Principal components, against NumPy's singular values and by what is true of them for any points."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.digits import load_digits, pixels
from engine.nn.principal_components import principal_components
from tests.pace import within


def _cloud(count, numbers, seed=0):
    """Points that spread in every direction, and in each differently."""
    random = np.random.default_rng(seed)
    return random.standard_normal((count, numbers)) * np.linspace(3, 1, numbers) + random.standard_normal(numbers)


shapes = st.tuples(st.integers(3, 30), st.integers(2, 30), st.integers(0, 1000))


@settings(max_examples=40, deadline=None)
@given(shape=shapes)
def test_directions_and_shares_are_those_of_the_singular_values(shape):
    points = _cloud(*shape)
    found = principal_components(points)
    centred = points - points.mean(axis=0)
    _, values, rows = np.linalg.svd(centred, full_matrices=False)
    shares = values**2 / np.sum(values**2)
    assert found.shares == pytest.approx(shares[:2], abs=1e-9)
    for direction, row, share in zip(found.directions, rows, shares, strict=False):
        # Where two are nearly as strong as one another, any mixture of both is a direction.
        if share > 1e-6 and np.sum(np.abs(shares - share) < 1e-4) == 1:
            assert abs(direction @ row) == pytest.approx(1, abs=1e-6)
            assert direction[np.argmax(np.abs(direction))] > 0
    assert found.coordinates == pytest.approx(centred @ found.directions.T, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(shape=shapes)
def test_all_components_rebuild_the_points_and_share_out_all_variance(shape):
    points = _cloud(*shape)
    found = principal_components(points, min(points.shape))
    assert found.mean + found.coordinates @ found.directions == pytest.approx(points, abs=1e-9)
    assert found.shares.sum() == pytest.approx(1)
    assert (np.diff(found.shares) <= 1e-12).all()


@settings(max_examples=40, deadline=None)
@given(shape=shapes)
def test_turning_the_points_changes_no_distance(shape):
    points = _cloud(*shape)
    turn = np.linalg.qr(np.random.default_rng(1).standard_normal((points.shape[1],) * 2))[0]
    one, other = (principal_components(each) for each in (points, points @ turn))
    assert other.shares == pytest.approx(one.shares, abs=1e-9)
    if one.shares[0] - one.shares[1] > 1e-3 and one.shares[1] > 1e-3:

        def distances(found):
            return np.linalg.norm(found.coordinates[:, None] - found.coordinates, axis=2)

        third = principal_components(points, 3).shares[2] if min(points.shape) > 2 else 0.0
        if one.shares[1] - third > 1e-3:
            assert distances(other) == pytest.approx(distances(one), abs=1e-6)


def test_both_ways_find_the_same():
    for points in (_cloud(40, 90), _cloud(90, 40)):
        few, many = principal_components(points, 4), principal_components(points, 12)
        assert few.directions == pytest.approx(many.directions[:4], abs=1e-9)
        assert few.shares == pytest.approx(many.shares[:4])


def test_points_on_a_line_spread_in_one_direction_only():
    points = np.outer(np.arange(5.0), [3.0, 4.0, 0.0])
    found = principal_components(points)
    assert found.shares == pytest.approx([1, 0]) and found.directions[0] == pytest.approx([0.6, 0.8, 0])
    assert found.coordinates[:, 0] == pytest.approx([-10, -5, 0, 5, 10]) and not found.coordinates[:, 1].any()


@pytest.mark.parametrize("points", [np.ones((1, 3)), np.full((4, 3), 0.1), np.zeros((6, 1))])
def test_where_nothing_spreads_everything_is_at_the_mean(points):
    found = principal_components(points)
    assert found.mean == pytest.approx(points[0])
    assert not found.shares.any() and found.coordinates == pytest.approx(np.zeros((len(points), 2)), abs=1e-12)


def test_bytes_and_whole_numbers_are_numbers_too():
    bytes_ = np.random.default_rng(2).integers(0, 256, (9, 4)).astype(np.uint8)
    one, other = principal_components(bytes_), principal_components(bytes_.astype(np.float64))
    assert np.array_equal(one.coordinates, other.coordinates) and np.array_equal(one.mean, other.mean)


def test_one_number_a_point_has_one_direction():
    found = principal_components(np.array([[1.0], [2.0], [6.0]]))
    assert found.shares == pytest.approx([1, 0]) and found.coordinates[:, 0] == pytest.approx([-2, -1, 3])


@pytest.mark.parametrize("points", [np.zeros((0, 3)), np.zeros((3, 0)), np.zeros(3), np.array([[1.0, np.nan]])])
def test_what_is_no_table_of_numbers_is_an_error(points):
    with pytest.raises(ValueError, match=r"table of points|finite"):
        principal_components(points)


def test_500_digits_take_no_longer_than_a_twentieth_of_a_second():
    points = pixels(load_digits("test").images[:500])
    principal_components(points)
    began = time.thread_time()
    principal_components(points)
    assert within(time.thread_time() - began, 0.05)
