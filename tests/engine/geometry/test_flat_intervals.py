"""Where a slope is less than a limit."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.experiments.ch3_networks.activations import flat_intervals
from engine.nn.activations import relu_slope, sigmoid_slope


def test_sigmoid_is_flat_at_both_ends():
    # σ′ = t(1 − t) = 0.025 at t = (1 + √0.9)/2, so at x = ln(t/(1 − t)).
    t = (1 + math.sqrt(0.9)) / 2
    edge = math.log(t / (1 - t))
    parts = flat_intervals(sigmoid_slope, -6, 6, 0.025)
    assert parts == pytest.approx(np.array([[-6, -edge], [edge, 6]]), abs=1e-8)


def test_relu_is_flat_up_to_its_corner():
    assert flat_intervals(relu_slope, -6, 6, 0.1).tolist() == [[-6, 0]]


@pytest.mark.parametrize(("slope", "parts"), [(0.0, [[-6, 6]]), (1.0, [])])
def test_all_or_nothing(slope, parts):
    found = flat_intervals(lambda x: np.full_like(x, slope), -6, 6, 0.1)
    assert found.shape == (len(parts), 2)
    assert found.tolist() == parts


@given(st.floats(0.2, 1.5), st.floats(-3, 3), st.floats(0.01, 0.9))
def test_inside_the_intervals_it_is_flat_and_outside_it_is_not(stretch, shift, below):
    def slope(x):
        return np.sin(stretch * x + shift)

    parts = flat_intervals(slope, -6, 6, below)
    x = np.linspace(-6, 6, 997)
    inside = np.any([(low < x) & (x < high) for low, high in parts], axis=0) if len(parts) else np.zeros(997, bool)
    near = np.min(np.abs(x[:, None] - np.append(parts.ravel(), 99)[None]), axis=1) < 1e-2
    assert np.array_equal(inside[~near], (np.abs(slope(x)) < below)[~near])
