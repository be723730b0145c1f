"""Laws of the activation functions and of their slopes."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.activations import (
    identity,
    leaky_relu,
    leaky_relu_slope,
    mish,
    mish_slope,
    relu,
    relu_slope,
    sigmoid,
    sigmoid_slope,
    softplus,
    step,
    step_slope,
    swish,
    swish_slope,
    tanh,
    tanh_slope,
)

FINITE = st.floats(-700, 700)
FUNCTIONS = tuple(one.function for one in ACTIVATIONS.values())
PAIRS = (
    *((one.function, one.slope) for one in ACTIVATIONS.values()),
    (partial(leaky_relu, leak=0.3), partial(leaky_relu_slope, leak=0.3)),
)
SLOPES = tuple(slope for _, slope in PAIRS)


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


def test_nothing_overflows_or_warns_far_out():
    far = np.array([-1e4, -745.0, 0.0, 1e4])
    with np.errstate(all="raise", under="ignore"):
        assert sigmoid(far).tolist()[::3] == [0, 1]
        assert softplus(far).tolist()[::3] == [0, 1e4]
        for one in (*FUNCTIONS, *SLOPES):
            assert np.all(np.isfinite(one(far)))


def test_a_steep_sigmoid_is_the_step():
    a = np.array([-0.3, -0.01, 0.01, 0.3])
    assert sigmoid(1e5 * a) == pytest.approx(step(a), abs=1e-12)


@given(st.floats(-300, 300))
def test_tanh_is_a_stretched_sigmoid(a):
    assert float(tanh(np.array(a))) == pytest.approx(2 * float(sigmoid(np.array(2 * a))) - 1, abs=1e-15)


@given(FINITE)
def test_softplus_is_the_logarithm_and_lies_just_over_relu(a):
    soft = float(softplus(np.array(a)))
    assert soft == pytest.approx(math.log1p(math.exp(a)), rel=1e-13, abs=1e-300)
    assert 0 <= soft - float(relu(np.array(a))) <= math.log(2) + 1e-15


@given(FINITE, st.floats(0, 1))
def test_leaky_relu_lies_between_relu_and_the_identity(a, leak):
    value = float(leaky_relu(np.array(a), leak))
    assert value == (a if a > 0 else leak * a)
    assert leaky_relu(np.array(a), 0.0) == relu(np.array(a))
    assert leaky_relu(np.array(a), 1.0) == a


@given(FINITE)
def test_swish_is_the_sum_times_its_sigmoid_and_never_far_below_0(a):
    value = float(swish(np.array(a)))
    assert value == pytest.approx(a / (1 + math.exp(-a)), rel=1e-13, abs=1e-300)
    assert -0.2785 < value <= max(a, 0.0)


@given(FINITE)
def test_mish_is_the_sum_times_the_tanh_of_its_softplus_and_never_far_below_0(a):
    value = float(mish(np.array(a)))
    assert value == pytest.approx(a * math.tanh(math.log1p(math.exp(a))), rel=1e-12, abs=1e-300)
    assert -0.30885 < value <= max(a, 0.0)


@given(FINITE)
def test_the_slope_of_mish_is_that_of_the_fraction_without_tanh(a):
    """tanh(ln(1 + e^a)) is (e^2a + 2·e^a) / (e^2a + 2·e^a + 2), whose slope is 4·e^a·(e^a + 1) / (…)²."""
    e = math.exp(-abs(a))
    up, down = (e * e + 2 * e, e * e + 2 * e + 2) if a < 0 else (1 + 2 * e, 1 + 2 * e + 2 * e * e)
    more = 4 * e * (e + 1) / down**2 if a < 0 else 4 * e**2 * (1 + e) / down**2
    assert float(mish_slope(np.array(a))) == pytest.approx(up / down + a * more, rel=1e-11, abs=1e-13)


def test_the_identity_gives_a_copy():
    a = np.array([1.0, 2.0])
    given_back = identity(a)
    given_back[0] = 7
    assert a.tolist() == [1, 2]


@pytest.mark.parametrize("function", [*FUNCTIONS, *SLOPES])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 4), (0,)])
def test_shape_is_kept_and_the_argument_left_alone(function, shape):
    a = np.linspace(-1, 1, math.prod(shape)).reshape(shape)
    before = a.copy()
    assert function(a).shape == shape
    assert function(a).dtype == float
    assert np.array_equal(a, before)


@pytest.mark.parametrize("function", [*FUNCTIONS, *SLOPES])
def test_whole_numbers_are_taken_as_real_ones(function):
    assert function(np.array([-2, 0, 3])).tolist() == function(np.array([-2.0, 0.0, 3.0])).tolist()


# Slopes


@pytest.mark.parametrize(("function", "slope"), PAIRS)
@given(st.floats(-8, 8).filter(lambda a: abs(a) > 1e-3))
def test_a_slope_is_what_the_central_difference_says(function, slope, a):
    h = 1e-5
    difference = float(function(np.array(a + h)) - function(np.array(a - h))) / (2 * h)
    assert float(slope(np.array(a))) == pytest.approx(difference, abs=1e-8)


def test_slopes_at_jump_and_corners_are_those_of_the_left_side():
    zero = np.array([0.0])
    assert (step_slope(zero), relu_slope(zero), leaky_relu_slope(zero, 0.2)) == (0, 0, 0.2)


def test_the_steepest_slopes():
    a = np.linspace(-6, 6, 2001)
    assert (sigmoid_slope(a).max(), tanh_slope(a).max()) == (0.25, 1)
    assert a[np.argmax(sigmoid_slope(a))] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("one", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
def test_the_steepest_slope_is_that_of_the_record(one):
    a = np.linspace(-12, 12, 24001)
    slopes = np.abs(one.slope(a))
    assert slopes.max() <= one.steepest * (1 + 1e-9) and slopes.max() == pytest.approx(one.steepest, rel=1e-4)


def test_an_output_of_swish_comes_from_two_sums_with_slopes_of_opposite_signs():
    a = np.linspace(-6, 0, 6001)
    before, behind = np.split(a, [int(np.argmin(swish(a)))])
    for output in (-0.25, -0.1):
        down, up = (part[np.argmin(np.abs(swish(part) - output))] for part in (before, behind))
        assert swish(np.array([down, up])) == pytest.approx([output, output], abs=1e-3)
        assert swish_slope(np.array(down)) < 0 < swish_slope(np.array(up))


@given(st.floats(-300, 300))
def test_slopes_of_sigmoid_and_tanh_are_symmetric_and_keep_their_digits(a):
    for slope in (sigmoid_slope, tanh_slope):
        assert float(slope(np.array(a))) == pytest.approx(float(slope(np.array(-a))), rel=1e-14)
        assert float(slope(np.array(a))) > 0


@pytest.mark.parametrize("function", [one.function for one in ACTIVATIONS.values() if one.layer])
def test_single_precision_stays(function):
    assert function(np.array([-1.0, 2.0], dtype=np.float32)).dtype == np.float32
