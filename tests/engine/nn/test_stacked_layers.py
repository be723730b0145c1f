"""Several layers as one function, and the product of their slopes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn import identity, relu, sigmoid, tanh
from engine.nn.activations import identity_slope, relu_slope, sigmoid_slope, tanh_slope
from engine.nn.signal_flow import stacked_layers

SMALL = st.floats(-2, 2)


def test_one_layer_is_the_function_of_the_sum():
    x = np.array([-1.0, 0.5, 2.0])
    y, slopes = stacked_layers(x, sigmoid, sigmoid_slope, 2.0, -0.5, 1)
    assert np.array_equal(y, sigmoid(2 * x - 0.5))
    assert slopes.shape == (1, 3)
    assert np.array_equal(slopes[0], 2 * sigmoid_slope(2 * x - 0.5))


@given(SMALL, SMALL, SMALL, st.integers(1, 10))
def test_layers_of_the_identity_are_one_straight_line(x, gain, bias, layers):
    y, slopes = stacked_layers(np.array([x, x + 1]), identity, identity_slope, gain, bias, layers)
    assert y[1] - y[0] == pytest.approx(gain**layers, rel=1e-9, abs=1e-9)
    assert np.prod(slopes, axis=0) == pytest.approx([gain**layers] * 2)


@pytest.mark.parametrize(("function", "slope"), [(sigmoid, sigmoid_slope), (tanh, tanh_slope)])
@given(SMALL, SMALL, SMALL, st.integers(1, 6))
def test_the_product_of_slopes_is_the_slope_of_the_stack(function, slope, x, gain, bias, layers):
    h = 1e-5
    ends, _ = stacked_layers(np.array([x - h, x + h]), function, slope, gain, bias, layers)
    _, slopes = stacked_layers(np.array(x), function, slope, gain, bias, layers)
    assert float(np.prod(slopes)) == pytest.approx(float(ends[1] - ends[0]) / (2 * h), rel=1e-5, abs=1e-7)


def test_relu_dies_once_and_for_all_or_not_at_all():
    y, slopes = stacked_layers(np.array([-2.0, 3.0]), relu, relu_slope, 1.0, 0.0, 10)
    assert y.tolist() == [0, 3]
    assert np.prod(slopes, axis=0).tolist() == [0, 1]


def test_the_start_is_left_alone():
    x = np.array([1.0, 2.0])
    stacked_layers(x, identity, identity_slope, 3.0, 1.0, 4)
    assert x.tolist() == [1, 2]
