"""Numerical derivatives against exact ones, and the reference values."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.calculus import central_difference, forward_difference, numerical_gradient


def _parabola(x):
    return 0.01 * x**2 + 0.1 * x


def _squares(x):
    return float(np.sum(x**2))


def test_the_reference_values_come_out_to_the_last_digit():
    assert central_difference(_parabola, 5, 1e-4) == 0.1999999999990898
    assert central_difference(_parabola, 10, 1e-4) == 0.2999999999986347


@pytest.mark.parametrize(("point", "expected"), [((3, 4), (6, 8)), ((0, 2), (0, 4)), ((3, 0), (6, 0))])
def test_the_gradient_of_the_sum_of_squares(point, expected):
    assert numerical_gradient(_squares, np.array(point, dtype=float)) == pytest.approx(expected, abs=1e-9)


def test_the_error_of_a_forward_difference_halves_with_h_and_of_a_central_one_quarters():
    def errors(difference):
        return [abs(difference(math.sin, 1.0, h) - math.cos(1.0)) for h in (0.02, 0.01)]

    one, half = errors(forward_difference)
    assert one / half == pytest.approx(2, rel=0.02)
    one, half = errors(central_difference)
    assert one / half == pytest.approx(4, rel=0.02)


def test_every_entry_of_any_shape_gets_its_own_partial_derivative():
    weights = np.random.default_rng(0).normal(size=(2, 3, 4))
    x = np.random.default_rng(1).normal(size=(2, 3, 4))
    found = numerical_gradient(lambda at: float(np.sum(weights * at**3)), x)
    assert found == pytest.approx(3 * weights * x**2, abs=1e-7)


def test_the_point_is_put_back_even_if_the_function_fails():
    x = np.array([1.0, 2.0])

    def fails(at):
        if at[1] > 2:
            raise ArithmeticError
        return 0.0

    with pytest.raises(ArithmeticError):
        numerical_gradient(fails, x)
    assert x.tolist() == [1.0, 2.0]
    numerical_gradient(_squares, x)
    assert x.tolist() == [1.0, 2.0]


def test_a_function_may_look_at_the_array_by_itself():
    x = np.array([3.0, 4.0])
    assert numerical_gradient(lambda _: _squares(x), x) == pytest.approx([6, 8])


def test_whole_numbers_are_refused():
    with pytest.raises(ValueError, match="int64"):
        numerical_gradient(_squares, np.array([3, 4]))
