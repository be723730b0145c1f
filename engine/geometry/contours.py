"""Contour lines in a grid of values, by marching squares on all cells at once."""

from __future__ import annotations

import numpy as np

# Corners of a cell go round from below left; corner k has the bit 2^k if it is above the level. Edge k joins corner k
# with the next one: 0 below, 1 right, 2 above, 3 left. For every case the pairs of edges that the line crosses.
_LINES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 6: ((0, 2),), 7: ((3, 2),), 8: ((2, 3),), 9: ((0, 2),),
    11: ((1, 2),), 12: ((3, 1),), 13: ((0, 1),), 14: ((3, 0),),
}  # fmt: skip
# Two opposite corners above: the middle decides whether the high ground is joined across (True) or parted.
_SADDLES = {
    (5, True): ((0, 1), (2, 3)), (5, False): ((3, 0), (1, 2)),
    (10, True): ((3, 0), (1, 2)), (10, False): ((0, 1), (2, 3)),
}  # fmt: skip
_ROWS, _COLUMNS = np.array([0, 0, 1, 1]), np.array([0, 1, 1, 0])
"""The row and column offsets of a cell's four corners from its first one."""


def contour_segments(x: np.ndarray, y: np.ndarray, values: np.ndarray, level: float) -> np.ndarray:
    """The contour line at ``level`` as straight segments (K, 4), each from (x, y) to (x, y), linearly interpolated
    between grid points.

    x (W,) and y (H,) are the coordinates of the columns and rows of values (H, W). Cells with a value that is not
    finite have no line.
    """
    above = values > level
    corners = (slice(None, -1), slice(None, -1)), (slice(None, -1), slice(1, None)), (slice(1, None), slice(1, None)), (
        slice(1, None), slice(None, -1),
    )  # fmt: skip
    case = np.bitwise_or.reduce([above[corner].astype(np.uint8) << bit for bit, corner in enumerate(corners)])
    finite = np.isfinite(values)
    whole = np.logical_and.reduce([finite[corner] for corner in corners])
    rows, columns = np.nonzero((case > 0) & (case < 15) & whole)
    if not len(rows):
        return np.empty((0, 4))
    case = case[rows, columns]
    groups = [(np.flatnonzero(case == number), pairs) for number, pairs in _LINES.items()]
    for (number, joined), pairs in _SADDLES.items():
        cells = np.flatnonzero(case == number)
        middle = sum(values[corner][rows[cells], columns[cells]] / 4 for corner in corners) > level
        groups.append((cells[middle == joined], pairs))
    # Positions are computed only for edges that the line crosses; an irregular function has very many.
    cells = np.concatenate([found for found, pairs in groups for _ in pairs])
    edges = np.concatenate([np.tile(pair, (len(found), 1)) for found, pairs in groups for pair in pairs])
    ends = [_edge_places(x, y, values, level, rows[cells], columns[cells], edges[:, end]) for end in range(2)]
    return np.concatenate(ends, axis=1)


def round_levels(values: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Contour levels: the quantiles of the finite values at these ``shares`` (0 to 1), rounded to two digits, in
    ascending order.

    Levels that are rounded to the same number occur once, so there may be fewer than ``shares``.
    """
    finite = values[np.isfinite(values)]
    if not len(finite):
        return np.empty(0)
    wanted = np.quantile(finite, shares)
    return np.unique([float(f"{level:.1e}") for level in wanted.tolist()]) + 0.0


def _edge_places(
    x: np.ndarray, y: np.ndarray, values: np.ndarray, level: float,
    rows: np.ndarray, columns: np.ndarray, edges: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """The points (K, 2) where the contour line crosses the given edges of the given cells."""
    (row0, column0), (row1, column1) = (
        (rows + _ROWS.take(corner), columns + _COLUMNS.take(corner)) for corner in (edges, (edges + 1) & 3)
    )
    # Indexing the flat array is twice as fast as by row and column.
    before, after = values.ravel().take(row0 * len(x) + column0), values.ravel().take(row1 * len(x) + column1)
    part = (level - before) / (after - before)
    start_x, start_y = x.take(column0), y.take(row0)
    return np.stack([start_x + part * (x.take(column1) - start_x), start_y + part * (y.take(row1) - start_y)], axis=1)
