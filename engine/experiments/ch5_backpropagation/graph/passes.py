"""One forward and backward pass through a graph, with and without a classic mistake, and its gradient check."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np

from engine.calculus.expressions import Expression
from engine.calculus.graph import Graph, backward, forward
from engine.calculus.graph_mistakes import arrived_gradients, by_edge, mistaken_backward
from engine.calculus.graph_notation import Passed, passed_down, value_line
from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.api import Frame, Text, WorkingStep, quantity
from engine.experiments.ch5_backpropagation.graph.params import INPUTS, RIGHT, GraphParams

STEP = 1e-4
"""The step h of the central difference."""
_CLOSE, _CLOSE_TO_ALL = 1e-5, 1e-7
PHASES = {
    "inputs": Text("inputs"),
    "forward": Text("forward", context="pass"),
    "backward": Text("backward"),
}


class GraphFrame(Frame):
    """The state of a pass through a graph with N nodes and E edges; values that are not computed yet are nan.

    ``node`` is the index of the newest computed operation, −1 at the start. ``values`` and ``gradients`` belong to the
    nodes; ``passed`` is the downstream gradient on each edge. ``wrong_gradients`` and ``wrong_passed`` are those with
    the chosen mistake.

    ``gradient`` and the other mappings are by input, that is, by the name of its parameter; they are nan for inputs
    that the graph lacks, and ``wrong_gradient`` without a mistake.
    """

    phase: str = quantity(words=PHASES)
    node: int
    operations: int
    values: np.ndarray  # (N,)
    gradients: np.ndarray  # (N,)
    passed: np.ndarray  # (E,)
    wrong_gradients: np.ndarray  # (N,)
    wrong_passed: np.ndarray  # (E,)
    result: float
    gradient: Mapping[str, float]
    wrong_gradient: Mapping[str, float]
    numerical: Mapping[str, float]
    agrees: Mapping[str, bool]
    complete: Mapping[str, bool]

    def is_checked(self, name: str) -> bool:
        """Whether an input's gradient is complete and there is a numerical gradient to compare it with."""
        return self.complete[name] and bool(np.isfinite(self.numerical[name]))

    def lit(self, params: GraphParams) -> int:
        """The index of the highlighted node: the selected one if this graph has it, else the newest; −1
        at the start.
        """
        number = params.selected - 1
        return number if number in params.drawing.places and number >= 0 else self.node

    def went_back(self, node: int) -> bool:
        """Whether the backward pass has gone through an operation."""
        return self.phase == "backward" and node >= self.node

    def passed_down(self, graph: Graph, node: int) -> list[Passed]:
        """The gradients that an operation of the graph passed to its operands."""
        return passed_down(graph, node, self.values, self.gradients, self.passed)

    def sum_at(self, graph: Graph, node: int) -> WorkingStep:
        """The line that computes a node's value from its operands."""
        return value_line(graph, node, self.values)


class Pass(NamedTuple):
    """The results of a complete pass.

    ``values`` (N,) belong to the nodes, ``passed`` and ``wrong_passed`` (E,) are the downstream gradients on the edges,
    without and with the mistake, and ``numerical`` (V,) are the numerical gradients by variable.
    """

    values: np.ndarray
    passed: np.ndarray
    wrong_passed: np.ndarray
    numerical: np.ndarray


def frame_at(params: GraphParams, index: int, counts: tuple[int, ...]) -> GraphFrame:
    """The frame after ``index`` steps; each step computes one node, first all forward, then all backward."""
    graph, whole = params.structure, _whole(params)
    order, edges = graph.operations, graph.edges
    reached = set(order[:index])
    returned = set(order[::-1][: max(0, index - len(order))])
    phase = "inputs" if index == 0 else "forward" if index <= len(order) else "backward"
    node = -1 if index == 0 else order[index - 1] if phase == "forward" else order[2 * len(order) - index]
    known = np.array([one.make is None or number in reached for number, one in enumerate(graph.nodes)])
    over = np.array([edge.target in returned for edge in edges], dtype=bool)
    begun = len(reached) == len(order)
    gradients = arrived_gradients(graph, whole.passed, returned)
    wrong = arrived_gradients(graph, whole.wrong_passed, returned, params.pitfall)
    gradients[-1] = wrong[-1] = 1.0 if begun else math.nan
    names, variables, errs = params.input_fields, graph.variables, params.pitfall != RIGHT
    nothing = dict.fromkeys(INPUTS, math.nan)
    complete = [begun and set(graph.users(number)) <= returned for number in variables]
    close = [
        _is_close(gradients[number], numerical, whole.values[-1])
        for number, numerical in zip(variables, whole.numerical, strict=True)
    ]
    return GraphFrame(
        update=index,
        counts=counts,
        events=() if index == 0 else ("node", "pass") if index % max(1, len(order)) == 0 else ("node",),
        finished=index == 2 * len(order),
        phase=phase,
        node=node,
        operations=len(order),
        values=np.where(known, whole.values, np.nan),
        gradients=gradients,
        passed=np.where(over, whole.passed, np.nan),
        wrong_gradients=wrong,
        wrong_passed=np.where(over, whole.wrong_passed, np.nan),
        result=float(whole.values[-1]) if begun else math.nan,
        gradient=nothing | dict(zip(names, gradients[list(variables)].tolist(), strict=True)),
        wrong_gradient=nothing | (dict(zip(names, wrong[list(variables)].tolist(), strict=True)) if errs else {}),
        numerical=nothing | dict(zip(names, whole.numerical.tolist(), strict=True)),
        agrees=dict(zip(names, close, strict=True)),
        complete=dict(zip(names, complete, strict=True)),
    )


@lru_cache(maxsize=64)
def _whole(params: GraphParams) -> Pass:
    """Compute the complete forward and backward pass; cached."""
    graph = params.structure
    with np.errstate(all="ignore"):
        values, operations = forward(graph, params.inputs)
        _, passed = backward(graph, operations)
        wrong = mistaken_backward(graph, operations, params.pitfall)
    return Pass(np.array(values, dtype=float), by_edge(graph, passed), by_edge(graph, wrong), _differences(params))


def result_at(params: GraphParams, inputs: np.ndarray) -> float:
    """The function's value for other values ``inputs`` (V,) of the graph's variables."""
    sample, graph = params.sample, params.structure
    given = {graph.nodes[number].name: one for number, one in zip(graph.variables, inputs.tolist(), strict=True)}
    return float(Expression(sample.text, sample.names)(*(given.get(name, 0.0) for name in sample.names)))


def _differences(params: GraphParams) -> np.ndarray:
    """The numerical gradient (V,) by central differences, for each variable in the graph."""
    return numerical_gradient(partial(result_at, params), np.array(params.inputs, dtype=float), STEP)


def _is_close(gradient: float, numerical: float, result: float) -> bool:
    """Whether two gradients are equal up to the rounding error of a difference of function values as large as
    ``result``.
    """
    return bool(abs(gradient - numerical) <= _CLOSE * abs(gradient) + _CLOSE_TO_ALL * max(1.0, abs(result)))
