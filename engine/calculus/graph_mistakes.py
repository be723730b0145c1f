"""The classic mistakes of a way back through a computational graph, to be set beside the right gradients.

``own_input``: × passes its own input instead of the other one; ``overwrite``: what comes back on a branch replaces what
came before (= for +=); ``average``: branches are averaged.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from engine.calculus.graph import Graph
from engine.calculus.operations import Operation, Times

_JOINS = {"overwrite": lambda arrived: arrived[-1], "average": lambda arrived: sum(arrived) / len(arrived)}


def mistaken_backward(graph: Graph, operations: dict[int, Operation], mistake: str) -> dict[int, tuple[float, ...]]:
    """What each operation passes down to its operands where a mistake is made; any other name makes none."""
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
    """The gradient of a node from what has come back to it, in that order: the sum, unless a mistake is made."""
    return _JOINS.get(mistake, sum)(arrived)


def arrived_gradients(graph: Graph, passed: np.ndarray, returned: Collection[int], mistake: str = "") -> np.ndarray:
    """The gradient (N,) of every node as far as it came back from the operations ``returned``, nan where none did.

    ``passed`` (E,) is what has been passed down on each edge.
    """
    place = {(edge.target, edge.slot): index for index, edge in enumerate(graph.edges)}
    found = np.full(len(graph.nodes), np.nan)
    for number in range(len(graph.nodes)):
        arrived = [float(passed[place[use]]) for use in graph.uses(number) if use[0] in returned]
        if arrived:
            found[number] = joined(arrived, mistake)
    return found


def by_edge(graph: Graph, passed: Mapping[int, tuple[float, ...]]) -> np.ndarray:
    """What operations passed down, for each edge (E,)."""
    return np.array([float(passed[edge.target][edge.slot]) for edge in graph.edges])
