"""How a computational graph is written and drawn: signs for its nodes, its arithmetic in lines, and its places."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.calculus.graph import Edge, Graph
from engine.calculus.operations import Negate, operand_names
from engine.contract.output.working import WorkingStep
from engine.contract.text.numerals import format_short
from engine.contract.text.text import Text
from engine.geometry.layered import layered

_DIGITS = 4
_UPSTREAM_TIMES_LOCAL = Text("upstream × local")
_BRANCHES_ADD = Text("branches add: += for every one that comes back")

Place = tuple[float, float]
Numbers = Sequence[float] | np.ndarray


@dataclass(frozen=True)
class Drawing:
    """``places`` (column, height) of the nodes by their numbers, ``ways`` of the edges between them."""

    places: dict[int, Place]
    edges: tuple[Edge, ...]
    ways: tuple[tuple[Place, ...], ...]
    columns: int
    rows: float


@lru_cache(maxsize=64)
def drawing_of(graph: Graph) -> Drawing:
    """Where the nodes stand; numbers that stay are written into the operations that use them, and need no place."""
    drawn = [number for number, node in enumerate(graph.nodes) if node.number is None] or [len(graph.nodes) - 1]
    index = {number: place for place, number in enumerate(drawn)}
    layers = layered(len(drawn), [(index[edge.source], index[edge.target]) for edge in graph.edges])
    places = {number: layers.places[place] for number, place in index.items()}
    return Drawing(places, graph.edges, layers.ways, layers.columns, layers.rows)


def sign_of(graph: Graph, node: int) -> str:
    """What is written into a node: +, exp; where an operand is a number that stays, the whole, as in 1 + u."""
    one = graph.nodes[node]
    if one.make is None:
        return one.name
    operation, letters = one.make(), _letters(graph, node)
    fixed = any(graph.nodes[operand].number is not None for operand in one.operands)
    return operation.written.format(**letters) if fixed or isinstance(operation, Negate) else operation.symbol


def letter_of(graph: Graph, node: int) -> str:
    """The symbol of a node's value: its variable, or v and the number of the operation."""
    return graph.nodes[node].name or f"v{graph.operations.index(node) + 1}"


def local_in_letters(graph: Graph, node: int) -> tuple[str, str]:
    """An operation and its local derivatives, as in u·v and ∂/∂u = v, ∂/∂v = u."""
    operation, letters = graph.operation(node), _letters(graph, node)
    pieces = [
        f"∂/∂{letters[name]} = {_bare(local.format(**letters))}"
        for name, local, operand in zip(letters, operation.local, graph.nodes[node].operands, strict=True)
        if graph.nodes[operand].number is None
    ]
    return operation.written.format(**letters), ", ".join(pieces)


def local_value(graph: Graph, node: int, slot: int, values: Numbers) -> float:
    """The local derivative of an operation by one of its operands."""
    operation = graph.operation(node)
    with np.errstate(all="ignore"):
        operation.forward(*(values[operand] for operand in graph.nodes[node].operands))
        return float(operation.backward(1.0)[slot])


@dataclass(frozen=True)
class Passed:
    """What an operation passed down on an edge: ``downstream`` is ``upstream`` times ``local``."""

    edge: Edge
    upstream: float
    local: float
    downstream: float


def passed_down(graph: Graph, node: int, values: Numbers, gradients: Numbers, passed: Numbers) -> list[Passed]:
    """What an operation passed down to each operand; ``passed`` belongs to the graph's edges."""
    return [
        Passed(edge, float(gradients[node]), local_value(graph, node, edge.slot, values), float(downstream))
        for edge, downstream in zip(graph.edges, passed, strict=True)
        if edge.target == node
    ]


def value_line(graph: Graph, node: int, values: Numbers) -> WorkingStep:
    """An operation with its numbers."""
    names, used = _operands(graph, node, values)
    written = graph.operation(node).written
    return WorkingStep(letter_of(graph, node), written.format(**names), used, float(values[node]))


def back_lines(graph: Graph, node: int, values: Numbers, gradients: Numbers, passed: Numbers) -> list[WorkingStep]:
    """What an operation passes down, operand by operand, and below each operand that is used more than once the sum
    of what has come back to it; ``passed`` belongs to the graph's edges.
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
            left = f"∂{letter_of(graph, edge.source)}"
            if len(graph.users(edge.source)) > 1:
                left += f"({letter_of(graph, node)})"
                shared.append(edge.source)
            expression = f"{{{upstream}}}·{operation.local[edge.slot].format(**names)}"
            own = {name: one for name, one in used.items() if f"{{{name}}}" in expression}
            lines.append(WorkingStep(left, expression, own, float(downstream), _UPSTREAM_TIMES_LOCAL))
    return lines + [sum_line(graph, source, gradients, passed) for source in dict.fromkeys(shared)]


def sum_line(graph: Graph, node: int, gradients: Numbers, passed: Numbers) -> WorkingStep:
    """What has come back to a node from its branches so far, added up."""
    letter = f"∂{letter_of(graph, node)}"
    arrived = [
        float(one) for edge, one in zip(graph.edges, passed, strict=True) if edge.source == node and not math.isnan(one)
    ]
    terms = {f"{letter}({number})": one for number, one in enumerate(arrived, start=1)}
    return WorkingStep(
        letter, " + ".join(f"{{{name}}}" for name in terms), terms, float(gradients[node]), _BRANCHES_ADD
    )


def _letters(graph: Graph, node: int) -> dict[str, str]:
    """What stands for each operand in letters: u, v and so on, numbers that stay as they are; a single operand is u."""
    fixed = [graph.nodes[operand].number for operand in graph.nodes[node].operands]
    names = operand_names(len(fixed))
    letters = {
        name: name if number is None else format_short(number, _DIGITS)
        for name, number in zip(names, fixed, strict=True)
    }
    moving = [name for name, number in zip(names, fixed, strict=True) if number is None]
    return letters | ({moving[0]: "u"} if len(moving) == 1 else {})


def _operands(graph: Graph, node: int, values: Numbers) -> tuple[dict[str, str], dict[str, float]]:
    """What stands for each operand in a line, and the values of these names."""
    names, used = {}, {}
    operands = graph.nodes[node].operands
    for name, operand in zip(operand_names(len(operands)), operands, strict=True):
        symbol = letter_of(graph, operand) if graph.nodes[operand].number is None else f"c{operand}"
        names[name], used[symbol] = f"{{{symbol}}}", float(values[operand])
    return names, used


def _bare(local: str) -> str:
    """A local derivative that stands alone needs no brackets around it."""
    return local[1:-1] if local.startswith("(") and local.endswith(")") else local
