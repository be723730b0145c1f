"""Laws of the activation functions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn.activations import sigmoid, step

FINITE = st.floats(-700, 700)


def test_step_is_one_only_above_zero():
    assert step(np.array([-1.0, -1e-300, 0.0, -0.0, 1e-300, 3.0])).tolist() == [0, 0, 0, 0, 1, 1]


@given(FINITE)
def test_sigmoid_is_one_over_one_plus_exp(a):
    assert float(sigmoid(np.array(a))) == pytest.approx(1 / (1 + math.exp(-a)), rel=1e-14)


@given(FINITE)
def test_sigmoid_of_the_opposite_is_what_is_missing_to_one(a):
    assert float(sigmoid(np.array(a)) + sigmoid(np.array(-a))) == pytest.approx(1, abs=1e-15)


@given(st.floats(-20, 20), st.floats(0.01, 1))
def test_sigmoid_grows(a, more):
    assert sigmoid(np.array(a + more)) > sigmoid(np.array(a))


def test_sigmoid_neither_overflows_nor_warns_far_out():
    with np.errstate(all="raise", under="ignore"):
        assert sigmoid(np.array([-1e4, -745.0, 0.0, 1e4])).tolist()[::3] == [0, 1]


def test_a_steep_sigmoid_is_the_step():
    a = np.array([-0.3, -0.01, 0.01, 0.3])
    assert sigmoid(1e5 * a) == pytest.approx(step(a), abs=1e-12)


@pytest.mark.parametrize("function", [step, sigmoid])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 4), (0,)])
def test_shape_is_kept_and_the_argument_left_alone(function, shape):
    a = np.linspace(-1, 1, math.prod(shape)).reshape(shape)
    before = a.copy()
    assert function(a).shape == shape
    assert np.array_equal(a, before)
