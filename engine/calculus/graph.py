"""Computational graphs: a typed function as elementary operations, with a forward pass for values and a backward pass
for gradients.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from engine.calculus.expressions import tree
from engine.calculus.expressions.expression import Expression
from engine.calculus.operations import Choose, Divide, Function, Minus, Negate, Operation, Plus, Power, Times

_TWO = {tree.Product: Times, tree.Quotient: Divide, tree.Power: Power}


@dataclass(frozen=True)
class GraphNode:
    """A node: a variable with its ``name``, a constant ``number``, or an operation on the values of other nodes.

    ``make`` creates the operation; ``operands`` are the indices of the nodes whose values it takes, all smaller than
    its own.
    """

    name: str = ""
    number: float | None = None
    make: Callable[[], Operation] | None = None
    operands: tuple[int, ...] = ()


@dataclass(frozen=True)
class Edge:
    """The edge from the node ``source`` to the operand with index ``slot`` of the node ``target``; gradients flow back
    along it.
    """

    source: int
    target: int
    slot: int


@dataclass(frozen=True)
class Graph:
    """``nodes`` in an order in which each follows its operands: variables, constants, operations; the last is the
    result.

    Equal subexpressions are one node, whose value is used several times.
    """

    nodes: tuple[GraphNode, ...]

    @property
    def variables(self) -> tuple[int, ...]:
        """The indices of the variable nodes."""
        return tuple(number for number, node in enumerate(self.nodes) if node.name)

    @property
    def operations(self) -> tuple[int, ...]:
        """The indices of the operation nodes, in the order of computation."""
        return tuple(number for number, node in enumerate(self.nodes) if node.make)

    @property
    def edges(self) -> tuple[Edge, ...]:
        """All edges except those from constants, ordered by target and slot."""
        return tuple(
            Edge(source, target, slot)
            for target, node in enumerate(self.nodes)
            for slot, source in enumerate(node.operands)
            if self.nodes[source].number is None
        )

    def operation(self, number: int) -> Operation:
        """Creates the operation of a node; ValueError for a variable or a constant."""
        make = self.nodes[number].make
        if make is None:
            raise ValueError(f"node {number} is no operation")
        return make()

    def users(self, number: int) -> tuple[int, ...]:
        """The indices of the nodes that use the value of a node; a node that uses it twice occurs twice."""
        return tuple(edge.target for edge in self.edges if edge.source == number)

    def uses(self, number: int) -> list[tuple[int, int]]:
        """The uses of a node's value as (node, slot), in the order in which gradients come back from there."""
        uses = [(edge.target, edge.slot) for edge in self.edges if edge.source == number]
        return sorted(uses, key=lambda use: (-use[0], use[1]))


def forward(graph: Graph, inputs: Sequence[float]) -> tuple[list[float], dict[int, Operation]]:
    """The forward pass: the values of all nodes, and the operations by node index, which cache what ``backward``
    needs.
    """
    values: list[float] = []
    operations: dict[int, Operation] = {}
    given = iter(inputs)
    for number, node in enumerate(graph.nodes):
        if node.make is None:
            values.append(np.float64(next(given) if node.name else node.number))
        else:
            operations[number] = operation = node.make()
            values.append(operation.forward(*(values[operand] for operand in node.operands)))
    return values, operations


def backward(graph: Graph, operations: dict[int, Operation]) -> tuple[list[float], dict[int, tuple[float, ...]]]:
    """The backward pass: the gradient of the result with respect to every node, and the gradients that each operation
    passed to its operands, by node index.
    """
    gradients, passed = [0.0] * len(graph.nodes), {}
    gradients[-1] = 1.0
    for number, operation in reversed(operations.items()):
        passed[number] = operation.backward(gradients[number])
        for operand, downstream in zip(graph.nodes[number].operands, passed[number], strict=True):
            gradients[operand] += downstream
    return gradients, passed


@lru_cache(maxsize=64)
def graph_of(text: str, names: tuple[str, ...]) -> Graph:
    """Parses a typed function into a graph, whose variables are those of ``names`` that occur in it;
    ``ExpressionRefused`` if the text is invalid.
    """
    found: dict[tree.Node, int] = {}
    nodes: list[GraphNode] = []
    _gather(Expression(text, names).tree, names, found, nodes)
    return _ordered(Graph(tuple(nodes)), names)


def _gather(part: tree.Node, names: tuple[str, ...], found: dict[tree.Node, int], nodes: list[GraphNode]) -> int:
    """Appends the node of a subexpression after those of its operands, unless it exists already; returns its index."""
    if part not in found:
        match part:
            case tree.Variable():
                node = GraphNode(name=names[part.index])
            case tree.Number():
                node = GraphNode(number=float(part.number))
            case _:
                make, parts = _operation_of(part)
                node = GraphNode(make=make, operands=tuple(_gather(one, names, found, nodes) for one in parts))
        nodes.append(node)
        found[part] = len(nodes) - 1
    return found[part]


def _operation_of(part: tree.Node) -> tuple[Callable[[], Operation], tuple[tree.Node, ...]]:
    match part:
        case tree.Sum():
            return (Plus if part.sign == 1 else Minus), (part.u, part.v)
        case tree.Negative():
            return Negate, (part.u,)
        case tree.Call():
            return lambda: Function(part.name), (part.u,)
        case tree.Chosen():
            return lambda: Choose(part.name, len(part.arguments)), part.arguments
        case tree.Product() | tree.Quotient() | tree.Power():
            return _TWO[type(part)], (part.u, part.v)
    raise TypeError(f"{type(part).__name__} is no operation")


def depths(graph: Graph) -> list[int]:
    """The depth of each node: the number of operations on the longest path that leads to it."""
    found: list[int] = []
    for node in graph.nodes:
        found.append(1 + max(found[operand] for operand in node.operands) if node.operands else 0)
    return found


def _ordered(graph: Graph, names: tuple[str, ...]) -> Graph:
    """A copy of the graph with its variables first, in the order of ``names``, and its operations ordered from left to
    right.
    """
    deep = depths(graph)

    def rank(number: int) -> tuple[object, ...]:
        node = graph.nodes[number]
        if node.name:
            return 0, names.index(node.name), ()
        if node.make is None:
            return 1, number, ()
        return 2, deep[number], [rank(operand) for operand in node.operands]

    order = sorted(range(len(graph.nodes)), key=rank)
    place = {number: index for index, number in enumerate(order)}
    moved = (graph.nodes[number] for number in order)
    return Graph(tuple(replace(node, operands=tuple(place[one] for one in node.operands)) for node in moved))
