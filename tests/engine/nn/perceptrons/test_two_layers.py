"""Two layers of perceptrons, and the small helpers that describe them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from engine.experiments.ch2_perceptron.xor import place_numbers
from engine.experiments.ch2_perceptron.xor.params import gate_name
from engine.nn.activations import sigmoid, step
from engine.nn.perceptrons import neuron_sum, outputs_over, two_layers

INPUTS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
NAND, OR, AND = (-0.5, -0.5, 0.7), (0.5, 0.5, -0.2), (0.5, 0.5, -0.7)


def test_and_of_nand_and_or_is_xor():
    s, y = two_layers(INPUTS, NAND, OR, AND, step)
    assert s.tolist() == [[1, 0], [1, 1], [1, 1], [0, 1]]
    assert y.tolist() == [0, 1, 1, 0]


def test_a_naive_loop_gives_the_same():
    _, y = two_layers(INPUTS, NAND, OR, AND, sigmoid)
    for (x1, x2), output in zip(INPUTS, y, strict=True):
        s1, s2 = (1 / (1 + np.exp(-(w1 * x1 + w2 * x2 + b))) for w1, w2, b in (NAND, OR))
        assert output == pytest.approx(1 / (1 + np.exp(-(AND[0] * s1 + AND[1] * s2 + AND[2]))), rel=1e-14)


def test_outputs_over_a_square_have_their_rows_upwards():
    values = outputs_over((0.0, -1.0, 2.0, 2.0), 4, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 1.0, 0.0), sigmoid)
    middle = np.array([[0.25, -0.75], [1.75, 0.75]])
    _, y = two_layers(middle, (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (1.0, 1.0, 0.0), sigmoid)
    assert [values[0, 0], values[3, 3]] == y.tolist()


def test_places_are_numbered_in_order_of_appearance():
    points = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 0.996], [0.0, 1.0], [1.0, 0.0]])
    assert place_numbers(points, 0.01).tolist() == [0, 1, 1, 2, 0]
    assert place_numbers(points, 0.0).tolist() == [0, 1, 2, 3, 0]


def test_every_gate_has_a_name_of_its_own_that_is_true():
    names = set()
    for outputs in itertools.product((0, 1), repeat=4):
        name = gate_name(outputs)
        names.add(name)
        python = {
            "AND": "a and b", "OR": "a or b", "NAND": "not (a and b)", "NOR": "not (a or b)",
            "XOR": "a != b", "XNOR": "a == b", "NOT x1": "not a", "NOT x2": "not b",
        }.get(name, name.replace("x1", "a").replace("x2", "b").replace("≥", ">=").replace("≤", "<="))  # fmt: skip
        assert [int(eval(python, {"a": a, "b": b})) for a, b in itertools.product((0, 1), repeat=2)] == list(outputs)
    assert len(names) == 16


def test_a_neuron_takes_the_names_of_its_inputs():
    assert gate_name((0, 0, 1, 0), "s1", "s2") == "s1 > s2"
    assert gate_name((0.2, 0.9, 0.5, 0.49)) == "XOR"


def test_a_neuron_sum_is_written_out():
    assert neuron_sum(np.array([[2.0, 3.0]]), (0.5, -1.0, 0.25)).tolist() == [0.5 * 2 - 3 + 0.25]
