"""Errors of difference quotients over their step, against the laws of truncation and of rounding."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus import Expression, central_difference, forward_difference
from engine.calculus.step_errors import best_step, rounding_error, slopes_over_steps, truncation_error

STEPS = 10.0 ** np.linspace(-15, 0, 301)
FUNCTIONS = ["sin(x)", "exp(x)", "x^3", "1/x", "x*sin(x^2)", "tanh(x)"]


def _errors(text, difference, x=1.3, dtype="float64"):
    f = Expression(text, ("x",))
    return np.abs(slopes_over_steps(difference, f, x, STEPS, dtype) - f.gradient(x)[0])


def _derivative(text):
    f = Expression(text, ("x",))
    return lambda at: f.gradient(at)[0]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("difference", [forward_difference, central_difference])
def test_all_steps_at_once_give_what_each_gives_alone(difference, dtype):
    kind = np.dtype(dtype).type

    def f(at):
        return at * at * at

    together = slopes_over_steps(difference, f, 1.3, STEPS, dtype)
    assert together.dtype == np.float64
    alone = [float(difference(f, kind(1.3), kind(h))) for h in STEPS]
    assert together.tolist() == alone


@pytest.mark.parametrize("text", FUNCTIONS)
@pytest.mark.parametrize("difference", [forward_difference, central_difference])
def test_truncation_is_as_theory_has_it_right_of_the_valley(text, difference):
    central = difference is central_difference
    expected = truncation_error(_derivative(text), 1.3, STEPS, central)
    found = _errors(text, difference)
    middle = ((1e-3 if central else 1e-5) < STEPS) & (STEPS < 5e-3)
    assert found[middle] == pytest.approx(expected[middle], rel=0.05)


@pytest.mark.parametrize("text", FUNCTIONS)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("difference", [forward_difference, central_difference])
def test_rounding_stays_within_its_bound_left_of_the_valley(text, dtype, difference):
    central = difference is central_difference
    bound = rounding_error(Expression(text, ("x",)), _derivative(text), 1.3, STEPS, central, dtype)
    left = (1e-9 if dtype == "float64" else 1e-4) > STEPS
    # Library functions are off by a little more than half a unit, and so is each operation of a longer formula.
    limit = 3 * bound + truncation_error(_derivative(text), 1.3, STEPS, central)
    # x itself is rounded to float32 as well.
    limit = limit + (1e-6 if dtype == "float32" else 0)
    assert np.all(_errors(text, difference, dtype=dtype)[left] <= limit[left])


def test_a_polynomial_without_a_third_derivative_has_no_truncation():
    assert np.all(truncation_error(_derivative("x^2"), 1.0, STEPS, central=True) == 0)
    assert np.all(truncation_error(_derivative("3*x+1"), 1.0, STEPS, central=False) == 0)


@pytest.mark.parametrize("central", [False, True])
def test_the_largest_numbers_are_estimated_without_a_warning(central):
    f, slope = Expression("8e307*x*x", ("x",)), _derivative("8e307*x*x")
    assert np.all(truncation_error(slope, 1.0, STEPS, central) >= 0)
    for size in ("1e303", "5e303"):
        assert np.all(truncation_error(_derivative(f"{size}*sin(30*x)"), 1.0, 3 * STEPS, central) > 0)
    assert np.all(rounding_error(f, slope, 1.0, STEPS, central, "float64") > 0)


def test_the_best_step_is_where_errors_stay_small_not_where_one_is_by_luck():
    errors = np.array([9.0, 8, 0, 8, 7, 2, 1, 2, 5, 9])
    assert best_step(errors, 1) == 6
    assert best_step(errors, 0) == 2


def test_the_best_step_knows_gaps_and_ties():
    assert best_step(np.array([np.nan, 3.0, 1, 1, 1, 1, 1, np.nan]), 1) == 4
    assert best_step(np.full(5, np.nan), 1) is None
    assert best_step(np.array([np.nan, 2.0, np.nan]), 1) == 1


def test_the_valley_of_sine_lies_near_the_roots_of_epsilon():
    eps = np.finfo(float).eps
    forward = STEPS[best_step(_errors("sin(x)", forward_difference), 10)]
    central = STEPS[best_step(_errors("sin(x)", central_difference), 10)]
    assert 0.1 < forward / eps ** (1 / 2) < 10
    assert 0.1 < central / eps ** (1 / 3) < 10
