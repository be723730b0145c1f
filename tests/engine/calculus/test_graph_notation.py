"""How graphs are written: signs in nodes, local derivatives in letters, and lines that add up."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given

from engine.calculus.graph import backward, forward, graph_of
from engine.calculus.graph_mistakes import arrived_gradients, by_edge, joined, mistaken_backward
from engine.calculus.graph_notation import (
    back_lines,
    drawing_of,
    letter_of,
    local_in_letters,
    passed_down,
    sign_of,
    value_line,
)
from engine.calculus.operations import Divide, Minus, Power
from tests.arithmetic import evaluate
from tests.engine.calculus.test_graph import EXPRESSIONS

NAMES = ("x", "y", "z")


def passes(text, *inputs):
    graph = graph_of(text, NAMES)
    values, operations = forward(graph, inputs)
    gradients, passed = backward(graph, operations)
    return graph, values, gradients, by_edge(graph, passed), operations


def test_a_number_that_stays_is_written_into_its_operation():
    signs = {"1 + x": "1 + u", "x - 1": "u − 1", "1/x": "1 / u", "x^2": "u^2", "-x": "−u", "x*y": "×", "exp(x)": "exp"}
    for text, sign in signs.items():
        graph = graph_of(text, NAMES)
        assert sign_of(graph, len(graph.nodes) - 1) == sign


def test_local_derivatives_are_written_in_the_letters_of_the_node():
    known = {
        "x*y": ("u·v", "∂/∂u = v, ∂/∂v = u"),
        "1/x": ("1 / u", "∂/∂u = −1 / u^2"),
        "x^2": ("u^2", "∂/∂u = 2·u^(2 − 1)"),
        "exp(x)": ("exp(u)", "∂/∂u = exp(u)"),
    }
    for text, letters in known.items():
        graph = graph_of(text, NAMES)
        assert local_in_letters(graph, len(graph.nodes) - 1) == letters


def test_lines_add_up_and_branches_have_a_sum():
    graph, values, gradients, passed, _ = passes("exp(x)/(1 + exp(x))", 0.7)
    lines = [line for node in graph.operations for line in back_lines(graph, node, values, gradients, passed)]
    lines += [value_line(graph, node, values) for node in graph.operations]
    for line in lines:
        assert evaluate(line) == pytest.approx(line.result, rel=1e-12)
    shared = next(node for node in graph.operations if len(graph.users(node)) == 2)
    assert [line.left for line in lines].count(f"∂{letter_of(graph, shared)}") == 2


def test_downstream_is_upstream_times_local():
    graph, values, gradients, passed, _ = passes("x*y + z", 2.0, 3.0, 4.0)
    for node in graph.operations:
        for one in passed_down(graph, node, values, gradients, passed):
            assert one.downstream == pytest.approx(one.upstream * one.local)


def test_numbers_take_no_place_in_the_drawing():
    graph = graph_of("1/(1 + exp(-x))", NAMES)
    drawing = drawing_of(graph)
    assert all(graph.nodes[node].number is None for node in drawing.places)
    assert drawing.columns == 5 and drawing.rows == 1


@pytest.mark.parametrize("mistake", ["", "own_input", "average", "overwrite"])
def test_without_branches_and_products_no_mistake_can_be_made(mistake):
    graph, _, gradients, _, operations = passes("x + sin(y) - z", 1.0, 2.0, 3.0)
    wrong = by_edge(graph, mistaken_backward(graph, operations, mistake))
    found = arrived_gradients(graph, wrong, graph.operations, mistake)
    assert found[:-1] == pytest.approx(gradients[:-1], nan_ok=True)


def test_mistakes_are_those_of_their_names():
    assert [joined([1.0, 2.0, 6.0], mistake) for mistake in ("", "average", "overwrite")] == [9, 3, 6]
    graph, _, _, _, operations = passes("x*y", 2.0, 5.0)
    assert by_edge(graph, mistaken_backward(graph, operations, "own_input")).tolist() == [2.0, 5.0]
    assert by_edge(graph, mistaken_backward(graph, operations, "")).tolist() == [5.0, 2.0]


def test_what_has_not_come_back_is_not_known():
    graph, _, gradients, passed, _ = passes("x*y + x", 2.0, 5.0)
    assert np.isnan(arrived_gradients(graph, passed, ())).all()
    last = graph.operations[-1]
    partial = arrived_gradients(graph, passed, (last,))
    assert partial[graph.variables[0]] == 1.0 and gradients[graph.variables[0]] == 6.0


def test_a_sum_of_branches_has_the_names_of_the_lines_above_it_and_none_twice():
    for text in ("x*x", "x*y + x + x*x", "x*y - 2*x"):
        graph, values, gradients, passed, _ = passes(text, 3.0, 2.0)
        lines = [line for node in graph.operations for line in back_lines(graph, node, values, gradients, passed)]
        named = [line.left for line in lines if line.left != "∂x" or len(line.values) < 2]
        assert len(named) == len(set(named))
        for line in lines:
            if line.left == "∂x":
                assert set(line.values) <= set(named), text


@given(text=EXPRESSIONS)
@example("x*y - 2*x")
@example("(x + y)/sin(x)")
@example("x - x")
def test_the_first_operand_stands_above_the_second_where_their_order_matters(text):
    graph = graph_of(text, NAMES)
    drawing = drawing_of(graph)
    before = [(drawing.places[e.source], *way)[-1] for e, way in zip(drawing.edges, drawing.ways, strict=True)]
    pairs = [
        (upper, upper + 1)
        for upper, (one, other) in enumerate(pairwise(drawing.edges))
        if one.target == other.target and isinstance(graph.operation(one.target), (Minus, Divide, Power))
    ]
    asked = TopologicalSorter()
    for upper, lower in pairs:
        asked.add(before[lower], before[upper])
    try:
        asked.prepare()
    except CycleError:
        return  # as in (x - y)*(y - x)
    for upper, lower in pairs:
        assert before[upper][1] > before[lower][1], text
