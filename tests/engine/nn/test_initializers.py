"""Initial values: zeros, and normal draws that are the same in every format."""

from __future__ import annotations

import numpy as np
import pytest

from engine.nn import gaussian, zeros
from engine.nn.initializers import he, xavier


def test_zeros_are_zero_in_the_format_asked_for():
    assert zeros((3,), np.float32).tolist() == [0, 0, 0] and zeros((3,), np.float32).dtype == np.float32


@pytest.mark.parametrize("std", [1e-4, 0.01, 1.0])
def test_gaussian_has_mean_zero_and_the_deviation_asked_for(std):
    values = gaussian((300, 300), std, np.random.default_rng(0))
    assert np.std(values) == pytest.approx(std, rel=0.01)
    assert abs(np.mean(values)) < 0.02 * std


def test_both_formats_have_the_same_draws():
    one, other = (gaussian((50, 4), 0.1, np.random.default_rng(1), dtype) for dtype in (np.float32, np.float64))
    assert (one.dtype, other.dtype) == (np.float32, np.float64)
    assert one == pytest.approx(other, rel=1e-6)


def test_the_deviation_only_scales():
    small, large = (gaussian((9,), std, np.random.default_rng(2)) for std in (0.01, 1.0))
    assert 100 * small == pytest.approx(large)


@pytest.mark.parametrize("inputs", [1, 4, 50, 784])
def test_xavier_and_he_are_the_roots_of_one_and_two_over_the_inputs(inputs):
    assert xavier(inputs) ** 2 * inputs == pytest.approx(1.0)
    assert he(inputs) ** 2 * inputs == pytest.approx(2.0)
