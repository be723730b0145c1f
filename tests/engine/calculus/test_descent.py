"""Gradient descent against its closed form on bowls, and the faulty one that walks away with its caller's start."""

from __future__ import annotations

import numpy as np
import pytest

from engine.calculus.descent import descent_in_place, gradient_descent
from engine.calculus.numerical_gradient import numerical_gradient

CURVATURES = np.array([0.1, 2.0])


def long_bowl_gradient(x):
    return CURVATURES * x


@pytest.mark.parametrize("rate", [1e-10, 0.1, 0.9, 0.95, 1.0, 1.01])
@pytest.mark.parametrize("steps", [0, 1, 7, 30])
def test_on_a_bowl_every_part_is_multiplied_by_one_minus_rate_times_curvature(rate, steps):
    start = np.array([-7.0, 2.0])
    found = gradient_descent(long_bowl_gradient, start, rate, steps)
    assert found == pytest.approx((1 - rate * CURVATURES) ** steps * start, rel=1e-12, abs=1e-300)


def test_the_reference_after_30_steps_on_the_long_bowl():
    found = gradient_descent(long_bowl_gradient, np.array([-7.0, 2.0]), 0.95, 30)
    assert found == pytest.approx([-0.350393, 0.084782], abs=1e-6)


def test_the_numbers_of_the_book_on_the_round_bowl():
    start = np.array([-3.0, 4.0])

    def gradient(x):
        return numerical_gradient(lambda place: float(np.sum(place**2)), x)

    assert gradient_descent(gradient, start, 0.1, 100) == pytest.approx([-6.11e-10, 8.15e-10], abs=2e-12)
    assert gradient_descent(gradient, start, 1e-10, 100) == pytest.approx([-2.99999994, 3.99999992], abs=1e-10)
    assert np.max(np.abs(gradient_descent(gradient, start, 10.0, 100))) > 1e10


def test_two_calls_in_a_row_are_one():
    start = np.array([-7.0, 2.0])
    half = gradient_descent(long_bowl_gradient, start, 0.9, 4)
    assert np.array_equal(
        gradient_descent(long_bowl_gradient, half, 0.9, 3), gradient_descent(long_bowl_gradient, start, 0.9, 7)
    )


def test_the_start_of_the_caller_stays_as_it_is():
    start = np.array([-7.0, 2.0])
    gradient_descent(long_bowl_gradient, start, 0.9, 30)
    assert np.array_equal(start, [-7.0, 2.0])


def test_without_the_copy_the_start_becomes_the_end_and_a_second_call_goes_on_from_there():
    start, kept = np.array([-7.0, 2.0]), np.array([-7.0, 2.0])
    right = gradient_descent(long_bowl_gradient, kept, 0.9, 8)
    wrong = descent_in_place(long_bowl_gradient, start, 0.9, 8)
    assert wrong is start
    assert np.array_equal(start, right)
    again = descent_in_place(long_bowl_gradient, start, 0.9, 8)
    assert np.array_equal(again, gradient_descent(long_bowl_gradient, kept, 0.9, 16))
