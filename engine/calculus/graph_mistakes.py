"""Classic mistakes in backpropagation through a computational graph, for comparison with the right gradients.

``own_input``: × passes on upstream times its own input instead of the other one; ``overwrite``: at a branch each
gradient replaces the one that arrived before (= instead of +=); ``average``: gradients of branches are averaged.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from engine.calculus.graph import Graph
from engine.calculus.operations import Operation, Times

_JOINS = {"overwrite": lambda arrived: arrived[-1], "average": lambda arrived: sum(arrived) / len(arrived)}


def mistaken_backward(graph: Graph, operations: dict[int, Operation], mistake: str) -> dict[int, tuple[float, ...]]:
    """The gradients that each operation passes to its operands, by node index, if ``mistake`` is made; an unknown name
    means no mistake.
    """
    passed: dict[int, tuple[float, ...]] = {}
    for number, operation in reversed(operations.items()):
        arrived = [passed[target][slot] for target, slot in graph.uses(number)]
        upstream = joined(arrived, mistake) if arrived else 1.0
        if mistake == "own_input" and isinstance(operation, Times):
            passed[number] = upstream * operation.u, upstream * operation.v
        else:
            passed[number] = operation.backward(upstream)
    return passed


def joined(arrived: Sequence[float], mistake: str = "") -> float:
    """The gradient of a node from those that ``arrived`` from its branches, in order: their sum, or what ``mistake``
    makes of them.
    """
    return _JOINS.get(mistake, sum)(arrived)


def arrived_gradients(graph: Graph, passed: np.ndarray, returned: Collection[int], mistake: str = "") -> np.ndarray:
    """The gradient (N,) of every node during a backward pass, from the operations in ``returned``, which have already
    passed theirs back; nan where no gradient has arrived.

    ``passed`` (E,) are the gradients passed back along each edge.
    """
    place = {(edge.target, edge.slot): index for index, edge in enumerate(graph.edges)}
    found = np.full(len(graph.nodes), np.nan)
    for number in range(len(graph.nodes)):
        arrived = [float(passed[place[use]]) for use in graph.uses(number) if use[0] in returned]
        if arrived:
            found[number] = joined(arrived, mistake)
    return found


def by_edge(graph: Graph, passed: Mapping[int, tuple[float, ...]]) -> np.ndarray:
    """The gradients that operations passed to their operands, rearranged to one value per edge (E,)."""
    return np.array([float(passed[edge.target][edge.slot]) for edge in graph.edges])
