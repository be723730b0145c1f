"""Layout of the nodes of a directed graph in columns from left to right, with few crossings and short edges.

The steps are those of Sugiyama, Tagawa and Toda (1981): columns by the longest path, a waypoint wherever an edge passes
a column, an order in each column by the mean positions of the neighbours, then heights that bring neighbours near each
other.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_SWEEPS = 12
_PASSING = 0.7
"""The space for a waypoint, relative to that of a node."""
_BOW = 0.3
"""The distance between several edges that connect the same two nodes, in rows."""

Position = tuple[float, float]


@dataclass(frozen=True)
class Layers:
    """A layout: ``places`` (column, height) of all nodes, and ``ways``, the bend points of each edge.

    Columns are 1 apart, nodes in a column at least 1; heights go from ``rows`` − 1 at the top down to 0.
    """

    places: tuple[Position, ...]
    ways: tuple[tuple[Position, ...], ...]
    columns: int
    rows: float


def layered(count: int, edges: Sequence[tuple[int, int]], above: Sequence[tuple[int, int]] = ()) -> Layers:
    """Computes the layout of ``count`` nodes with ``edges`` (source, target), each from a smaller index to a larger
    one.

    ``above`` has pairs of indices of ``edges`` with the same target: the first reaches it from further up than the
    second, unless other pairs demand the contrary.
    """
    column = _columns(count, edges)
    chains: list[list[int]] = []
    neighbours: list[list[int]] = [[] for _ in range(count)]
    room = [1.0] * count
    for source, target in edges:
        chain = [source]
        for passed in range(column[source] + 1, column[target]):
            column.append(passed)
            neighbours.append([])
            room.append(_PASSING)
            chain.append(len(column) - 1)
        chain.append(target)
        chains.append(chain)
        for one, other in itertools.pairwise(chain):
            neighbours[one].append(other)
            neighbours[other].append(one)
    over: list[set[int]] = [set() for _ in column]
    for upper, lower in above:
        over[chains[lower][-2]].add(chains[upper][-2])
    order = _order(column, neighbours, over)
    heights = _heights(order, neighbours, np.array(room))
    heights -= heights.min(initial=0.0) if len(heights) else 0.0
    places = [(float(column[node]), float(heights[node])) for node in range(len(column))]
    ways = [tuple(places[node] for node in chain[1:-1]) for chain in chains]
    rows = 1.0 + (float(heights.max()) if len(heights) else 0.0)
    return Layers(tuple(places[:count]), _bowed(edges, ways, places), max(column, default=0) + 1, rows)


def _columns(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """The column of each node: the length of the longest path to it, in edges."""
    column = [0] * count
    for source, target in sorted(edges, key=lambda edge: edge[1]):
        column[target] = max(column[target], column[source] + 1)
    return column


def _order(column: list[int], neighbours: list[list[int]], over: list[set[int]]) -> list[list[int]]:
    """The nodes of each column from top to bottom, in the order with the fewest crossings found by repeated sweeps;
    ``over`` has for each node those that must be above it.
    """
    rows = [[node for node, there in enumerate(column) if there == one] for one in range(max(column, default=-1) + 1)]
    met = {node: place for place, node in enumerate(_backwards(column, neighbours))}
    best, fewest = rows, math.inf
    for start in (rows, [sorted(row, key=met.__getitem__) for row in rows]):
        order = [_obeying(row, over) for row in start]
        crossings = _crossings(order, column, neighbours)
        if crossings < fewest:
            best, fewest = [list(row) for row in order], crossings
        for sweep in range(_SWEEPS):
            going_right = sweep % 2 == 0
            here = range(1, len(order)) if going_right else range(len(order) - 2, -1, -1)
            for one in here:
                beside = order[one - 1 if going_right else one + 1]
                rank = {node: place for place, node in enumerate(beside)}
                row = order[one].copy()
                middles = {node: _middle(node, rank, neighbours, row) for node in row}
                row.sort(key=middles.__getitem__)
                order[one] = _obeying(row, over)
            crossings = _crossings(order, column, neighbours)
            if crossings < fewest:
                best, fewest = [list(row) for row in order], crossings
    return best


def _backwards(column: list[int], neighbours: list[list[int]]) -> list[int]:
    """All nodes, those of the last columns first, each followed by the nodes that lead to it."""
    found: dict[int, None] = {}
    left = sorted(range(len(column)), key=lambda node: column[node])
    while left:
        node = left.pop()
        if node not in found:
            found[node] = None
            left += [one for one in reversed(neighbours[node]) if column[one] < column[node]]
    return list(found)


def _obeying(row: list[int], over: list[set[int]]) -> list[int]:
    """Reorders a column as little as possible so that each node is below those that must be above it, except where the
    demands contradict each other.
    """
    left, found = list(row), list[int]()
    while left:
        free = (node for node in left if not (over[node] - {node}).intersection(left))
        found.append(next(free, left[0]))
        left.remove(found[-1])
    return found


def _middle(node: int, rank: dict[int, int], neighbours: list[list[int]], row: list[int]) -> float:
    near = [rank[one] for one in neighbours[node] if one in rank]
    return float(np.mean(near)) if near else float(row.index(node)) if node in row else 0.0


def _crossings(order: list[list[int]], column: list[int], neighbours: list[list[int]]) -> int:
    """The number of crossings of edges between neighbouring columns."""
    count = 0
    for one in range(len(order) - 1):
        rank = {node: place for place, node in enumerate(order[one + 1])}
        ends = [[rank[other] for other in neighbours[node] if column[other] == one + 1] for node in order[one]]
        count += sum(
            below < above
            for upper in range(len(ends))
            for lower in range(upper + 1, len(ends))
            for above in ends[upper]
            for below in ends[lower]
        )
    return count


def _heights(order: list[list[int]], neighbours: list[list[int]], room: np.ndarray) -> np.ndarray:
    """Heights of the nodes near those of their neighbours, with enough distance in every column."""
    heights = np.zeros(len(room))
    for row in order:
        for place, node in enumerate(row):
            heights[node] = (len(row) - 1) / 2 - place
    for sweep in range(_SWEEPS):
        for row in order if sweep % 2 else order[::-1]:
            wanted = np.array([np.mean(heights[neighbours[node]]) if neighbours[node] else heights[node]
                               for node in row])  # fmt: skip
            heights[row] = _apart(wanted, room[row])
    return heights


def _apart(wanted: np.ndarray, room: np.ndarray) -> np.ndarray:
    """The heights nearest to the ``wanted`` ones, given from top to bottom, that keep the distances ``room``: isotonic
    least squares.
    """
    gaps = np.concatenate([[0.0], np.cumsum((room[:-1] + room[1:]) / 2)])
    # With the distances subtracted, heights only have to descend, which the pool-adjacent-violators algorithm ensures.
    blocks: list[list[float]] = []
    for number in (wanted + gaps).tolist():
        blocks.append([number, 1])
        while len(blocks) > 1 and blocks[-1][0] > blocks[-2][0]:
            (mean, size), (other, more) = blocks[-2], blocks.pop()
            blocks[-1] = [(mean * size + other * more) / (size + more), size + more]
    level = np.concatenate([np.full(int(size), mean) for mean, size in blocks])
    return level - gaps


def _bowed(
    edges: Sequence[tuple[int, int]], ways: list[tuple[Position, ...]], places: list[Position]
) -> tuple[tuple[Position, ...], ...]:
    """The bend points of each edge; several straight edges between the same two nodes get one each to tell them
    apart.
    """
    found = list(ways)
    for edge in set(edges):
        alike = [number for number, one in enumerate(edges) if one == edge and not ways[number]]
        if len(alike) > 1:
            (x0, y0), (x1, y1) = (places[node] for node in edge)
            for place, number in enumerate(alike):
                aside = _BOW * ((len(alike) - 1) / 2 - place) * 2
                found[number] = (((x0 + x1) / 2, (y0 + y1) / 2 + aside),)
    return tuple(found)
