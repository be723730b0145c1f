"""Notation and layout of computational graphs: the texts in nodes, worked calculations, and positions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from engine.calculus.graph import Edge, Graph
from engine.calculus.operations import Divide, Minus, Negate, Power, operand_names
from engine.contract.numerals import format_short
from engine.contract.text import Text
from engine.contract.working import WorkingStep
from engine.geometry.layered import layered

_DIGITS = 4
_UPSTREAM_TIMES_LOCAL = Text("upstream × local")
_BRANCHES_ADD = Text("branches add: += for every one that comes back")

Position = tuple[float, float]
Numbers = Sequence[float] | np.ndarray


@dataclass(frozen=True)
class Drawing:
    """The layout of a graph: ``places`` (column, height) of the nodes by index, and ``ways``, the bend points of each
    of the ``edges``.
    """

    places: dict[int, Position]
    edges: tuple[Edge, ...]
    ways: tuple[tuple[Position, ...], ...]
    columns: int
    rows: float


@lru_cache(maxsize=64)
def drawing_of(graph: Graph) -> Drawing:
    """The layout of a graph. First operands lie above second ones where their order matters; constants are written into
    the operations that use them, and have no position.
    """
    drawn = [number for number, node in enumerate(graph.nodes) if node.number is None] or [len(graph.nodes) - 1]
    index = {number: place for place, number in enumerate(drawn)}
    edges = graph.edges
    ordered = [
        (upper, upper + 1)
        for upper, (one, other) in enumerate(pairwise(edges))
        if one.target == other.target and isinstance(graph.operation(one.target), (Minus, Divide, Power))
    ]
    layers = layered(len(drawn), [(index[edge.source], index[edge.target]) for edge in edges], ordered)
    places = {number: layers.places[place] for number, place in index.items()}
    return Drawing(places, edges, layers.ways, layers.columns, layers.rows)


def sign_of(graph: Graph, node: int) -> str:
    """The text in a node: its operator, such as + or exp; if an operand is a constant, the whole expression, such as 1
    + u.
    """
    one = graph.nodes[node]
    if one.make is None:
        return one.name
    operation, letters = one.make(), _letters(graph, node)
    fixed = any(graph.nodes[operand].number is not None for operand in one.operands)
    return operation.written.format(**letters) if fixed or isinstance(operation, Negate) else operation.symbol


def letter_of(graph: Graph, node: int) -> str:
    """The symbol of a node's value: the name of its variable, or v and the number of the operation, as in v2."""
    return graph.nodes[node].name or f"v{graph.operations.index(node) + 1}"


def local_in_letters(graph: Graph, node: int) -> tuple[str, str]:
    """An operation in symbols and its local derivatives, such as "u·v" and "∂/∂u = v, ∂/∂v = u"."""
    operation, letters = graph.operation(node), _letters(graph, node)
    pieces = [
        f"∂/∂{letters[name]} = {_bare(local.format(**letters))}"
        for name, local, operand in zip(letters, operation.local, graph.nodes[node].operands, strict=True)
        if graph.nodes[operand].number is None
    ]
    return operation.written.format(**letters), ", ".join(pieces)


def local_value(graph: Graph, node: int, slot: int, values: Numbers) -> float:
    """The value of an operation's local derivative with respect to the operand ``slot``; ``values`` are those of all
    nodes.
    """
    operation = graph.operation(node)
    with np.errstate(all="ignore"):
        operation.forward(*(values[operand] for operand in graph.nodes[node].operands))
        return float(operation.backward(1.0)[slot])


@dataclass(frozen=True)
class Passed:
    """A gradient that an operation passed along an edge: ``downstream`` is ``upstream`` times ``local``."""

    edge: Edge
    upstream: float
    local: float
    downstream: float


def passed_down(graph: Graph, node: int, values: Numbers, gradients: Numbers, passed: Numbers) -> list[Passed]:
    """The gradients that an operation passed to its operands; ``passed`` has one value for each edge of the graph."""
    return [
        Passed(edge, float(gradients[node]), local_value(graph, node, edge.slot, values), float(downstream))
        for edge, downstream in zip(graph.edges, passed, strict=True)
        if edge.target == node
    ]


def value_line(graph: Graph, node: int, values: Numbers) -> WorkingStep:
    """The worked calculation of an operation's value, with its numbers."""
    names, used = _operands(graph, node, values)
    written = graph.operation(node).written
    return WorkingStep(letter_of(graph, node), written.format(**names), used, float(values[node]))


def back_lines(graph: Graph, node: int, values: Numbers, gradients: Numbers, passed: Numbers) -> list[WorkingStep]:
    """Worked calculations of the gradients that an operation passes back, one per operand, followed by a sum for each
    operand that is used more than once.

    ``passed`` has one value for each edge of the graph.
    """
    names, used = _operands(graph, node, values)
    operation, upstream = graph.operation(node), f"∂{letter_of(graph, node)}"
    lines: list[WorkingStep] = []
    with np.errstate(all="ignore"):
        operation.forward(*(values[operand] for operand in graph.nodes[node].operands))
    used[upstream] = float(gradients[node])
    shared = []
    for edge, downstream in zip(graph.edges, passed, strict=True):
        if edge.target == node:
            left = branch_name(graph, edge)
            if len(graph.uses(edge.source)) > 1:
                shared.append(edge.source)
            expression = f"{{{upstream}}}·{operation.local[edge.slot].format(**names)}"
            own = {name: one for name, one in used.items() if f"{{{name}}}" in expression}
            lines.append(WorkingStep(left, expression, own, float(downstream), _UPSTREAM_TIMES_LOCAL))
    return lines + [sum_line(graph, source, gradients, passed) for source in dict.fromkeys(shared)]


def sum_line(graph: Graph, node: int, gradients: Numbers, passed: Numbers) -> WorkingStep:
    """The worked sum of the gradients that have arrived at a node from its branches so far."""
    terms = arrived_terms(graph, node, passed)
    expression = " + ".join(f"{{{name}}}" for name in terms)
    return WorkingStep(f"∂{letter_of(graph, node)}", expression, terms, float(gradients[node]), _BRANCHES_ADD)


def arrived_terms(graph: Graph, node: int, passed: Numbers) -> dict[str, float]:
    """The gradients that have arrived at a node so far, by their symbols in the worked calculations."""
    return {
        branch_name(graph, edge): float(one)
        for edge, one in zip(graph.edges, passed, strict=True)
        if edge.source == node and not math.isnan(one)
    }


def branch_name(graph: Graph, edge: Edge) -> str:
    """The symbol of the gradient on an edge: ∂x(v1) where x is used elsewhere too, ∂x(v1,2) where v1 uses it twice."""
    name, uses = f"∂{letter_of(graph, edge.source)}", graph.uses(edge.source)
    if len(uses) < 2:
        return name
    twice = sum(target == edge.target for target, _ in uses) > 1
    return f"{name}({letter_of(graph, edge.target)}{f',{edge.slot + 1}' if twice else ''})"


def _letters(graph: Graph, node: int) -> dict[str, str]:
    """The spelling of each operand by its name (u, v, …): its letter, or the number for a constant; the only variable
    operand is always u.
    """
    fixed = [graph.nodes[operand].number for operand in graph.nodes[node].operands]
    names = operand_names(len(fixed))
    letters = {
        name: name if number is None else format_short(number, _DIGITS)
        for name, number in zip(names, fixed, strict=True)
    }
    moving = [name for name, number in zip(names, fixed, strict=True) if number is None]
    return letters | ({moving[0]: "u"} if len(moving) == 1 else {})


def _operands(graph: Graph, node: int, values: Numbers) -> tuple[dict[str, str], dict[str, float]]:
    """The operands of an operation in a worked calculation: a placeholder for each operand name, and the values by
    symbol.
    """
    names, used = {}, {}
    operands = graph.nodes[node].operands
    for name, operand in zip(operand_names(len(operands)), operands, strict=True):
        symbol = letter_of(graph, operand) if graph.nodes[operand].number is None else f"c{operand}"
        names[name], used[symbol] = f"{{{symbol}}}", float(values[operand])
    return names, used


def _bare(local: str) -> str:
    """A local derivative without the brackets around it."""
    return local[1:-1] if local.startswith("(") and local.endswith(")") else local
