"""Lines of equal height in a grid of values, by marching squares on all cells at once."""

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


def contour_segments(x: np.ndarray, y: np.ndarray, values: np.ndarray, level: float) -> np.ndarray:
    """The line at ``level`` as straight pieces (K, 4), each from (x, y) to (x, y), linear between grid points.

    x (W,) and y (H,) are the places of the columns and rows of values (H, W). Cells with a value that is not finite
    have no line.
    """
    above = values > level
    corners = (slice(None, -1), slice(None, -1)), (slice(None, -1), slice(1, None)), (slice(1, None), slice(1, None)), (
        slice(1, None), slice(None, -1),
    )  # fmt: skip
    case = sum((above[corner].astype(np.uint8) << bit for bit, corner in enumerate(corners)), np.uint8(0))
    finite = np.isfinite(values)
    whole = np.logical_and.reduce([finite[corner] for corner in corners])
    rows, columns = np.nonzero((case > 0) & (case < 15) & whole)
    if not len(rows):
        return np.empty((0, 4))
    case = case[rows, columns]
    heights = [values[corner][rows, columns] for corner in corners]
    places = _edge_places(x, y, rows, columns, heights, level)
    found = [
        np.concatenate([places[one][case == number], places[other][case == number]], axis=1)
        for number, pairs in _LINES.items()
        for one, other in pairs
    ]
    middle = sum(heights) / 4 > level
    for (number, joined), pairs in _SADDLES.items():
        chosen = (case == number) & (middle == joined)
        found += [np.concatenate([places[one][chosen], places[other][chosen]], axis=1) for one, other in pairs]
    return np.concatenate(found)


def round_levels(values: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """The heights below which the given ``shares`` (0 to 1) of all finite values lie, rounded to two digits; ascending.

    Heights that are rounded to the same number count once, so that there may be fewer.
    """
    finite = values[np.isfinite(values)]
    if not len(finite):
        return np.empty(0)
    wanted = np.quantile(finite, shares)
    return np.unique([float(f"{level:.1e}") for level in wanted.tolist()]) + 0.0


def _edge_places(
    x: np.ndarray, y: np.ndarray, rows: np.ndarray, columns: np.ndarray, heights: list[np.ndarray], level: float
) -> list[np.ndarray]:
    """Where the line would cross each of the four edges of the cells, (K, 2); of use only where it does."""
    ends = [(0, 0), (0, 1), (1, 1), (1, 0)]
    found = []
    for edge in range(4):
        after = (edge + 1) % 4
        (row0, column0), (row1, column1) = ends[edge], ends[after]
        start_x, end_x = x[columns + column0], x[columns + column1]
        start_y, end_y = y[rows + row0], y[rows + row1]
        with np.errstate(all="ignore"):
            part = (level - heights[edge]) / (heights[after] - heights[edge])
            found.append(np.stack([start_x + part * (end_x - start_x), start_y + part * (end_y - start_y)], axis=1))
    return found
