"""Computational graphs: the gradients that come back are those of central differences and of the forward mode."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.calculus import Expression, numerical_gradient
from engine.calculus.graph import Graph, backward, depths, forward, graph_of
from engine.calculus.operations import Choose, Divide, Function, Minus, Negate, Plus, Power, Times
from tests.arithmetic import evaluate_text

NAMES = ("x", "y", "z")
_FUNCTIONS = ("sin", "cos", "tanh", "sigmoid", "exp")


def gradients(text, names, values):
    graph = graph_of(text, names)
    used = [values[names.index(graph.nodes[number].name)] for number in graph.variables]
    with np.errstate(all="ignore"):
        found, operations = forward(graph, used)
        by_node, _ = backward(graph, operations)
    by_name = {graph.nodes[number].name: by_node[number] for number in graph.variables}
    return found[-1], [by_name.get(name, 0.0) for name in names]


def _joined(parts):
    pairs = st.tuples(parts, st.sampled_from(("+", "-", "*")), parts).map(lambda one: f"({one[0]} {one[1]} {one[2]})")
    safe = parts.map(lambda one: f"(1 / (2 + sin({one})))")
    calls = st.tuples(st.sampled_from(_FUNCTIONS), parts).map(lambda one: f"{one[0]}(sin({one[1]}))")
    powers = parts.map(lambda one: f"({one})^2") | parts.map(lambda one: f"-{one}")
    chosen = st.tuples(parts, parts).map(lambda one: f"max({one[0]}, {one[1]} + 40)")
    return pairs | safe | calls | powers | chosen


EXPRESSIONS = st.recursive(st.sampled_from((*NAMES, "2", "0.5")), _joined, max_leaves=10)
VALUES = st.tuples(*(st.floats(-2, 2).map(lambda value: round(value, 3)) for _ in NAMES))


@given(text=EXPRESSIONS, values=VALUES)
def test_gradients_are_those_of_the_forward_mode(text, values):
    expression = Expression(text, NAMES)
    exact = [float(one) for one in expression.gradient(*values)]
    assume(np.all(np.isfinite(exact)))
    value, found = gradients(text, NAMES, values)
    assert value == pytest.approx(float(expression(*values)), rel=1e-12, abs=1e-12)
    assert found == pytest.approx(exact, rel=1e-9, abs=1e-9)


@given(text=EXPRESSIONS, values=VALUES)
def test_gradients_are_those_of_central_differences(text, values):
    expression = Expression(text, NAMES)
    numerical = numerical_gradient(lambda place: float(expression(*place)), np.array(values), 1e-5)
    _, found = gradients(text, NAMES, values)
    assume(np.max(np.abs(found)) < 1e3)
    assert found == pytest.approx(numerical.tolist(), rel=1e-3, abs=1e-3)


@given(text=EXPRESSIONS)
def test_every_node_follows_its_operands_and_nothing_is_there_twice(text):
    graph = graph_of(text, NAMES)
    for number, node in enumerate(graph.nodes):
        assert all(operand < number for operand in node.operands)
    deep = depths(graph)
    assert [deep[number] for number in graph.operations] == sorted(deep[number] for number in graph.operations)
    names = [graph.nodes[number].name for number in graph.variables]
    assert names == [name for name in NAMES if name in names]


EXACT = {
    ("p*n*t", (100, 2, 1.1)): (220, (2.2, 110, 200)),
    ("(p*n + q*m)*t", (100, 2, 150, 3, 1.1)): (715, (2.2, 110, 3.3, 165, 650)),
    ("x*x", (3,)): (9, (6,)),
    ("(x + y)*z", (2, 3, 4)): (20, (4, 4, 5)),
    ("1/(1 + exp(-x))", (0,)): (0.5, (0.25,)),
    ("max(x, y, z)", (1, 4, 4)): (4, (0, 1, 0)),
    ("x^y", (2, 3)): (8, (12, 8 * np.log(2))),
    ("relu(x) - y", (-1, 2)): (-2, (0, -1)),
}


@pytest.mark.parametrize("case", EXACT, ids=str)
def test_values_and_gradients_that_are_known(case):
    text, values = case
    names = tuple(dict.fromkeys(name for name in "pnqmtxyz" if name in text.replace("exp", "").replace("max", "")))
    names = {"p*n*t": ("p", "n", "t"), "(p*n + q*m)*t": ("p", "n", "q", "m", "t")}.get(text, names)
    value, found = gradients(text, names, values)
    assert value == pytest.approx(EXACT[case][0])
    assert found == pytest.approx(EXACT[case][1])


def test_softmax_and_cross_entropy_pass_back_the_probability_less_the_label():
    scores = np.array([0.3, 2.9, 4.0])
    y = np.exp(scores) / np.sum(np.exp(scores))
    _, found = gradients("-log(exp(c)/(exp(a) + exp(b) + exp(c)))", ("a", "b", "c"), scores)
    assert found == pytest.approx(y - [0, 0, 1])


def test_what_is_written_twice_is_one_node_that_is_used_twice():
    graph = graph_of("exp(x)/(1 + exp(x))", ("x",))
    assert len(graph.operations) == 3
    shared = next(number for number in graph.operations if graph.users(number) and len(graph.users(number)) == 2)
    assert depths(graph)[shared] == 1


def test_a_number_alone_is_a_graph_without_operations():
    assert graph_of("3", ("x",)).operations == ()
    assert isinstance(graph_of("x", ("x",)), Graph)


OPERANDS = st.lists(st.floats(0.1, 3), min_size=2, max_size=2)
TWO = (Plus, Minus, Times, Divide, Power)
ONE = ("sin", "cos", "tan", "exp", "log", "ln", "sqrt", "abs", "tanh", "sigmoid", "relu")


@given(operands=OPERANDS, upstream=st.floats(-3, 3))
def test_values_and_local_derivatives_are_what_is_written(operands, upstream):
    made = [kind() for kind in TWO] + [Function(name) for name in ONE] + [Negate(), Choose("min", 2), Choose("max", 2)]
    for operation in made:
        given = operands[: len(operation.local)]
        numbers = {name: f"({one!r})" for name, one in zip("uv", given, strict=False)}
        value = operation.forward(*(np.float64(one) for one in given))
        assert value == pytest.approx(evaluate_text(operation.written.format(**numbers)), rel=1e-12), operation
        passed = operation.backward(upstream)
        for slot, downstream in enumerate(passed):
            written = operation.local[slot].format(
                **{name: f"({one!r})" for name, one in zip("uv", given, strict=False)}
            )
            assert downstream == pytest.approx(upstream * evaluate_text(written), rel=1e-9, abs=1e-12), operation
