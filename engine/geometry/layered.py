"""Places for the nodes of a directed graph in columns from left to right, with few crossings and short ways.

The steps are those of Sugiyama, Tagawa and Toda (1981): columns by the longest way, a waypoint wherever an edge passes
a column, an order in each column by the middles of the neighbours, then heights that bring neighbours near each other.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_SWEEPS = 12
_PASSING = 0.7
"""The room of a waypoint, in that of a node."""
_BOW = 0.3
"""How far edges between the same two nodes part, in rows."""

Place = tuple[float, float]


@dataclass(frozen=True)
class Layers:
    """``places`` (column, height) of all nodes, ``ways`` the points that each edge goes through between its nodes.

    Columns are 1 apart, and so are nodes in a column, or farther; heights go from ``rows`` − 1 at the top down to 0.
    """

    places: tuple[Place, ...]
    ways: tuple[tuple[Place, ...], ...]
    columns: int
    rows: float


def layered(count: int, edges: Sequence[tuple[int, int]]) -> Layers:
    """The layers of ``count`` nodes with ``edges`` (source, target), each from a smaller number to a larger one."""
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
    order = _order(column, neighbours)
    heights = _heights(order, neighbours, np.array(room))
    heights -= heights.min(initial=0.0) if len(heights) else 0.0
    places = [(float(column[node]), float(heights[node])) for node in range(len(column))]
    ways = [tuple(places[node] for node in chain[1:-1]) for chain in chains]
    rows = 1.0 + (float(heights.max()) if len(heights) else 0.0)
    return Layers(tuple(places[:count]), _bowed(edges, ways, places), max(column, default=0) + 1, rows)


def _columns(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """How many edges lead to each node on the longest way."""
    column = [0] * count
    for source, target in sorted(edges, key=lambda edge: edge[1]):
        column[target] = max(column[target], column[source] + 1)
    return column


def _order(column: list[int], neighbours: list[list[int]]) -> list[list[int]]:
    """The nodes of each column from top to bottom: the order with the fewest crossings that sweeping finds."""
    order = [[node for node, there in enumerate(column) if there == one] for one in range(max(column, default=-1) + 1)]
    best, fewest = [list(row) for row in order], _crossings(order, column, neighbours)
    for sweep in range(_SWEEPS):
        going_right = sweep % 2 == 0
        here = range(1, len(order)) if going_right else range(len(order) - 2, -1, -1)
        for one in here:
            beside = order[one - 1 if going_right else one + 1]
            rank = {node: place for place, node in enumerate(beside)}
            row = order[one].copy()
            middles = {node: _middle(node, rank, neighbours, row) for node in row}
            row.sort(key=middles.__getitem__)
            order[one] = row
        crossings = _crossings(order, column, neighbours)
        if crossings < fewest:
            best, fewest = [list(row) for row in order], crossings
    return best


def _middle(node: int, rank: dict[int, int], neighbours: list[list[int]], row: list[int]) -> float:
    near = [rank[one] for one in neighbours[node] if one in rank]
    return float(np.mean(near)) if near else float(row.index(node)) if node in row else 0.0


def _crossings(order: list[list[int]], column: list[int], neighbours: list[list[int]]) -> int:
    """How many pairs of edges between neighbouring columns cross."""
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
    """Heights near those of the neighbours, with enough room in every column."""
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
    """The heights nearest to those wanted, from top to bottom, that leave each its room: least squares in order."""
    gaps = np.concatenate([[0.0], np.cumsum((room[:-1] + room[1:]) / 2)])
    # Without the gaps they only have to fall, which pooling of those that do not solves.
    blocks: list[list[float]] = []
    for number in (wanted + gaps).tolist():
        blocks.append([number, 1])
        while len(blocks) > 1 and blocks[-1][0] > blocks[-2][0]:
            (mean, size), (other, more) = blocks[-2], blocks.pop()
            blocks[-1] = [(mean * size + other * more) / (size + more), size + more]
    level = np.concatenate([np.full(int(size), mean) for mean, size in blocks])
    return level - gaps


def _bowed(
    edges: Sequence[tuple[int, int]], ways: list[tuple[Place, ...]], places: list[Place]
) -> tuple[tuple[Place, ...], ...]:
    """The ways; where several straight edges join the same two nodes, each has a point of its own to part them."""
    found = list(ways)
    for edge in set(edges):
        alike = [number for number, one in enumerate(edges) if one == edge and not ways[number]]
        if len(alike) > 1:
            (x0, y0), (x1, y1) = (places[node] for node in edge)
            for place, number in enumerate(alike):
                aside = _BOW * ((len(alike) - 1) / 2 - place) * 2
                found[number] = (((x0 + x1) / 2, (y0 + y1) / 2 + aside),)
    return tuple(found)
