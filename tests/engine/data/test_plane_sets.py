"""Sets of points in the plane: all classes alike, within reach, and noise that moves each point by itself."""

from __future__ import annotations

import numpy as np
import pytest

from engine.data.plane_sets import CLASSES, HEIGHTS, REACH, beside_curve, hills_height, plane_height, plane_set


def drawn(name, classes=2, noise=0.0, count=400, seed=3):
    return plane_set(name, np.random.default_rng(seed), count, classes, noise)


@pytest.mark.parametrize("name", [*CLASSES, *HEIGHTS])
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_points_lie_within_reach_and_chance_repeats(name, noise):
    (x, target), (again, same) = drawn(name, noise=noise), drawn(name, noise=noise)
    assert np.abs(x).max() <= REACH and x.shape == (400, 2) and target.shape == (400,)
    np.testing.assert_array_equal(x, again)
    np.testing.assert_array_equal(target, same)


@pytest.mark.parametrize("classes", [2, 3, 4])
@pytest.mark.parametrize("name", CLASSES)
def test_every_class_has_as_many_points(name, classes):
    x, label = drawn(name, classes)
    counts = np.bincount(label)
    assert len(counts) == classes and np.ptp(counts) <= 1
    # and a place of its own: a point's nearest neighbour is nearly always of its class
    apart = np.square(x[:, None] - x).sum(axis=2) + 1e9 * np.eye(len(x))
    assert np.mean(label[np.argmin(apart, axis=1)] == label) > 0.93


@pytest.mark.parametrize("name", [*CLASSES, *HEIGHTS])
def test_noise_moves_points_and_leaves_what_is_wanted_of_them(name):
    (x, target), (moved, same) = drawn(name), drawn(name, noise=0.1)
    np.testing.assert_array_equal(target, same)
    assert np.std(moved - x) == pytest.approx(0.1, rel=0.15)
    further, _ = drawn(name, noise=0.2)
    inside = np.abs(further) < REACH
    assert (further - x)[inside] == pytest.approx(2 * (moved - x)[inside])


def test_the_circle_is_enclosed_and_the_quadrants_are_xor():
    x, label = drawn("circle")
    radius = np.hypot(*x.T)
    assert radius[label == 0].max() < radius[label == 1].min()
    x, label = drawn("xor")
    np.testing.assert_array_equal(label == 0, x[:, 0] * x[:, 1] > 0)


def test_heights_go_from_minus_one_to_one():
    corners = np.array([[REACH, REACH], [-REACH, -REACH], [REACH, -REACH]])
    assert plane_height(corners) == pytest.approx([1, -1, 0])
    assert hills_height(np.array([[-1.5, 1.5], [1.5, 1.5], [0, 0]])) == pytest.approx([1, -1, 0], abs=1e-3)


def test_beside_a_curve_labels_say_the_side_and_noise_moves_points_alone():
    def beside(noise):
        return beside_curve(np.square, np.random.default_rng(3), 400, noise)

    (x, label), (moved, same) = beside(0.0), beside(0.1)
    np.testing.assert_array_equal(label, x[:, 1] > x[:, 0] ** 2)
    assert 0 < label.sum() < 400 and np.abs(x).max() < REACH
    np.testing.assert_array_equal(label, same)
    assert np.std(moved - x) == pytest.approx(0.1, rel=0.15)
