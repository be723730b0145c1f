"""The best single line, against trying everything."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.nn.perceptrons import best_bias, best_line, distance_from_line, perceptron

INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
XOR = np.array([0.0, 1.0, 1.0, 0.0])

GRID = st.integers(-4, 4).map(lambda number: number / 2)
SETS = st.lists(st.tuples(GRID, GRID, st.integers(0, 1)), min_size=1, max_size=6)


def _unpacked(rows):
    table = np.array(rows, dtype=float)
    return table[:, :2], table[:, 2]


# Sums that differ by less than a billionth count as equal, so angles go by thousandths.
@given(SETS, st.integers(0, 6283).map(lambda thousandths: thousandths / 1000))
def test_no_bias_of_a_fine_grid_is_better_than_the_best(rows, angle):
    x, t = _unpacked(rows)
    w = np.array([np.cos(angle), np.sin(angle)])
    b, count = best_bias(x, t, w)
    assert np.sum(perceptron(x, w, b) == t) == count
    assert count >= max(np.sum(perceptron(x, w, tried) == t) for tried in np.linspace(-5, 5, 201))


@settings(max_examples=40)
@given(SETS)
def test_no_line_of_a_fine_grid_is_better_than_the_best(rows):
    x, t = _unpacked(rows)
    w, b, count = best_line(x, t)
    assert np.linalg.norm(w) == pytest.approx(1)
    assert np.sum(perceptron(x, w, b) == t) == count
    for angle in np.linspace(0, 2 * np.pi, 90, endpoint=False) + 0.013:
        assert best_bias(x, t, np.array([np.cos(angle), np.sin(angle)]))[1] <= count


@pytest.mark.parametrize("number", range(16))
def test_of_the_sixteen_gates_only_xor_and_its_opposite_are_out_of_reach(number):
    t = np.array([number >> shift & 1 for shift in range(4)], dtype=float)
    expected = 3 if number in (0b0110, 0b1001) else 4
    assert best_line(INPUTS, t)[2] == expected


def test_xor_is_two_along_the_axes_and_three_everywhere_else():
    for degrees in range(360):
        angle = np.radians(degrees)
        w = np.round([np.cos(angle), np.sin(angle)], 15)
        assert best_bias(INPUTS, XOR, w)[1] == (2 if degrees % 90 == 0 else 3)


def test_the_line_lies_in_the_middle_of_the_widest_gap():
    x, t = np.array([[0.0, 0.0], [0.0, 2.0], [3.0, 1.0]]), np.array([0.0, 0.0, 1.0])
    w, b, count = best_line(x, t)
    assert count == 3
    assert distance_from_line(x, w, b) == pytest.approx([-1.5, -1.5, 1.5])


def test_points_in_one_place_get_the_answer_of_most():
    x, t = np.ones((3, 2)), np.array([1.0, 0.0, 1.0])
    assert best_line(x, t)[2] == 2
