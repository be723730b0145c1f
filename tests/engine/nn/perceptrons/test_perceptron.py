"""Laws of the perceptron and of its line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.nn.perceptrons import distance_from_line, perceptron, weighted_sum

INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
NUMBERS = st.floats(-10, 10)
POINTS = st.tuples(NUMBERS, NUMBERS).map(np.array)

GATES = {
    "AND, book": (0.5, 0.5, -0.7, [0, 0, 0, 1]),
    "AND, notes": (0.5, 0.5, -0.9, [0, 0, 0, 1]),
    "NAND, book": (-0.5, -0.5, 0.7, [1, 1, 1, 0]),
    "NAND, notes": (-0.5, -0.5, 0.9, [1, 1, 1, 0]),
    "OR, book": (0.5, 0.5, -0.2, [0, 1, 1, 1]),
    "OR, notes": (1.0, 1.0, -0.9, [0, 1, 1, 1]),
}


@pytest.mark.parametrize("gate", GATES)
def test_the_gates_of_book_and_notes(gate):
    w1, w2, b, outputs = GATES[gate]
    assert perceptron(INPUTS, np.array([w1, w2]), b).tolist() == outputs


def test_weighted_sum_is_the_sum_written_out():
    x, w = np.array([[1.5, -2.0], [0.25, 4.0]]), np.array([0.5, -1.0])
    assert weighted_sum(x, w, 0.125).tolist() == [0.5 * 1.5 + 2.0 + 0.125, 0.5 * 0.25 - 4.0 + 0.125]


@given(POINTS, POINTS, NUMBERS)
def test_the_answer_is_the_side_of_the_line(x, w, b):
    assume(np.linalg.norm(w) > 1e-6)
    distance = distance_from_line(x[None], w, b)[0]
    assert bool(perceptron(x[None], w, b)[0]) == (distance > 0)


@given(POINTS, POINTS, NUMBERS)
def test_the_distance_leads_to_the_line(x, w, b):
    length = np.linalg.norm(w)
    assume(length > 1e-3)
    nearest = x - distance_from_line(x[None], w, b)[0] * w / length
    assert weighted_sum(nearest[None], w, b)[0] == pytest.approx(0, abs=1e-9 * (1 + abs(b)) * max(1, length) * 100)


@given(POINTS, POINTS, NUMBERS, st.floats(0.01, 100))
def test_scaling_weights_and_bias_moves_nothing(x, w, b, factor):
    assume(np.linalg.norm(w) > 1e-3)
    before, after = distance_from_line(x[None], w, b), distance_from_line(x[None], factor * w, factor * b)
    assert after == pytest.approx(before, abs=1e-9)


def test_without_weights_there_is_no_distance():
    assert np.isnan(distance_from_line(INPUTS, np.zeros(2), 1.0)).all()


def test_distances_of_the_and_gates():
    w = np.array([0.5, 0.5])
    assert np.abs(distance_from_line(INPUTS, w, -0.7)).min() == pytest.approx(0.2 * 2**0.5)
    assert np.abs(distance_from_line(INPUTS, w, -0.9)).min() == pytest.approx(0.1 * 2**0.5)
