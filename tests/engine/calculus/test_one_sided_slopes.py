"""Corners are found where they are, and nowhere else."""

from __future__ import annotations

import math

import pytest

from engine.calculus import Expression
from engine.calculus.numerical_gradient import is_corner, one_sided_slopes


def _slope(text):
    f = Expression(text, ("x",))
    return lambda at: f.gradient(at)[0]


def _sides(text, x):
    return one_sided_slopes(_slope(text), x)


@pytest.mark.parametrize(
    ("text", "x", "left", "right"),
    [("abs(x)", 0, -1, 1), ("relu(x)", 0, 0, 1), ("abs(x-0.3)", 0.3, -1, 1), ("max(x, 1-x)", 0.5, -1, 1),
     ("abs(3*x-0.9)", 0.3, -3, 3)],
)  # fmt: skip
def test_corners_have_a_slope_on_each_side(text, x, left, right):
    assert _sides(text, x) == (left, right)
    assert is_corner(_slope(text), x)


@pytest.mark.parametrize("x", [-3.0, -1e-6, 0.0, 1e-9, 0.5, 2.0, 9.9])
@pytest.mark.parametrize("text", ["sin(x)", "exp(x)", "x^3", "x*sin(x^2)", "sigmoid(20*x)", "0.01*x^2+0.1*x"])
def test_smooth_functions_have_none(text, x):
    assert not is_corner(_slope(text), x)


@pytest.mark.parametrize("text", ["sin(1000000000*x)", "cos(300000000*x)", "exp(100*x)"])
def test_what_bends_fast_is_smooth_all_the_same(text):
    assert not is_corner(_slope(text), 1.0)


def test_a_corner_between_bent_sides_is_found():
    assert is_corner(_slope("abs(sin(1000000*x))"), 0.0)


def test_a_side_without_values_has_no_slope():
    left, right = _sides("sqrt(x)", 0.0)
    assert math.isnan(left) and right > 1e6
