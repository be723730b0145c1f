"""Finds the cell of a surface that is visible at each pixel, by drawing cells column by column, from far to near."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.geometry.aspect import Aspect
from engine.geometry.relief import HEIGHT, Relief

NOTHING = -1
_APART = 3
"""If the cell seen at a point is further away than this many cells, the point itself counts as hidden."""
_FAR_OUT = 1e6
"""The maximum height in the box; it makes no difference where a face leaves the box beyond it, and single precision
could not represent that.
"""


@dataclass(frozen=True)
class Screen:
    """A raster of ``rows`` by ``columns`` square pixels with a side of ``unit``, whose upper left corner lies at (left,
    top) of the image of an `Aspect`.
    """

    left: float
    top: float
    unit: float
    rows: int
    columns: int


def seen_cells(shown: Relief, aspect: Aspect, screen: Screen) -> np.ndarray:
    """The cell that is visible at the centre of each pixel, (rows, columns), as the index row · (W − 1) + column for a
    grid with W columns of points; `NOTHING` where no cell is visible.

    All rays through a column of pixels lie in one vertical plane. It cuts the surface in a line with bends at the grid
    lines: between two of these a cell fills the pixels between two heights. Pieces are painted from the farthest to the
    nearest, so that near ones cover far ones.
    """
    far, near, cells = _pieces(shown, aspect, screen)
    first = np.ceil(np.minimum(far, near) - 0.5)
    end = np.ceil(np.maximum(far, near) - 0.5)
    with np.errstate(invalid="ignore"):
        filled = np.flatnonzero(end > first)
    first = np.clip(first.take(filled), 0, screen.rows).astype(np.int32)
    counts = np.clip(end.take(filled), 0, screen.rows).astype(np.int32) - first
    before = np.cumsum(counts, dtype=np.int32) - counts
    columns = np.broadcast_to(np.arange(screen.columns, dtype=np.int32), cells.shape)
    starts = (first - before) * np.int32(screen.columns) + columns.ravel().take(filled)
    total = int(counts.sum())
    places = np.arange(0, total * screen.columns, screen.columns, dtype=np.int32)
    places += np.repeat(starts, counts)
    seen = np.full(screen.rows * screen.columns, NOTHING, dtype=np.int32)
    # If a pixel occurs several times, its last value stays.
    seen[places] = np.repeat(cells.take(filled), counts)
    return seen.reshape(screen.rows, screen.columns)


def _pieces(shown: Relief, aspect: Aspect, screen: Screen) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The pieces (2L, columns) of the cut lines between L + 1 grid lines, from the farthest to the nearest: the pixel
    rows at which they begin and end, nan where nothing is drawn, and the indices of their cells.

    The grid lines are those of the direction of which rays cross more. Between two of them a ray crosses at most one
    line of the other direction, which gives at most two pieces.
    """
    (sine, cosine), (along, upright) = aspect.away, aspect.rise
    with np.errstate(over="ignore"):
        heights = ((shown.heights - shown.floor) / (shown.ceiling - shown.floor) - 0.5) * HEIGHT
    heights = np.clip(heights, -_FAR_OUT, _FAR_OUT).astype(np.float32)
    count_y, count_x = heights.shape
    step_x, step_y = (2 * reach / (count - 1) for reach, count in zip(shown.reach, (count_x, count_y), strict=True))
    across = screen.left + screen.unit * (np.arange(screen.columns) + 0.5)
    # Rays begin at these points of the floor, in cells from the corner, and go so many cells for a distance of 1.
    begin_x, go_x = (across * cosine + shown.reach[0]) / step_x, sine / step_x
    begin_y, go_y = (-across * sine + shown.reach[1]) / step_y, cosine / step_y
    by_rows = abs(go_y) >= abs(go_x)
    up, begin, go, begin_aside, go_aside = (
        (heights, begin_y, go_y, begin_x, go_x) if by_rows else (heights.T, begin_x, go_x, begin_y, go_y)
    )
    lines, others = up.shape
    numbers = np.arange(lines)[::-1] if go > 0 else np.arange(lines)
    up = np.ascontiguousarray(up[numbers])
    # Where rays cross the grid lines: the distance, the position along the line in cells, and the height.
    away = (numbers[:, None].astype(np.float32) - begin.astype(np.float32)) / np.float32(go)
    place = begin_aside.astype(np.float32) + np.float32(go_aside) * away
    np.clip(place, -1, others, out=place)
    left = np.minimum(np.floor(place).astype(np.int32), others - 1)
    met = _between(up, left, place)
    # Where they cross a grid line of the other direction before the next one, or at it.
    crosses = left[1:] != left[:-1]
    at = np.maximum(left[1:], left[:-1])
    slant = np.float32(go_aside / go * (int(numbers[1]) - int(numbers[0])))
    part = np.where(crosses, (at - place[:-1]) / (slant or np.float32(1)), np.float32(1))
    here = np.clip(at, 0, others - 1) + np.arange(lines - 1, dtype=np.int32)[:, None] * np.int32(others)
    start = up.take(here)
    crossed = np.where(crosses, start + part * (up.take(here + np.int32(others)) - start), met[1:])
    on_way = away[:-1] + part * (away[1:] - away[:-1])
    shape = (2, lines - 1, 2, screen.columns)
    ways, ups = np.empty(shape, dtype=np.float32), np.empty(shape, dtype=np.float32)
    for ends, at_lines, between in ((ways, away, on_way), (ups, met, crossed)):
        ends[0, :, 0], ends[1, :, 1] = at_lines[:-1], at_lines[1:]
        ends[1, :, 0] = ends[0, :, 1] = between
    columns = np.stack([left[:-1], left[1:]], axis=1)
    ups[0][(columns < 0) | (columns > others - 2)] = np.nan
    _cut_off(ways, ups)
    far, near = (np.float32(screen.top) - np.float32(along) * ways - np.float32(upright) * ups) / np.float32(
        screen.unit
    )
    row = np.minimum(numbers[1:], numbers[:-1]).astype(np.int32)[:, None, None]
    cells = row * (count_x - 1) + columns if by_rows else columns * (count_x - 1) + row
    merged = (2 * (lines - 1), screen.columns)
    return far.reshape(merged), near.reshape(merged), cells.astype(np.int32).reshape(merged)


def _between(up: np.ndarray, left: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Interpolates the heights ``up`` (L, M) of the grid lines at positions ``place`` (L, C) along them; ``left`` (L,
    C) is the cell of each position. Outside the grid the result has no meaning.
    """
    lines, others = up.shape
    inside = np.clip(left, 0, others - 2)
    here = inside + np.arange(lines, dtype=np.int32)[:, None] * np.int32(others)
    low = up.take(here)
    return low + (place - inside) * (up.take(here + 1) - low)


def _cut_off(ways: np.ndarray, ups: np.ndarray) -> None:
    """Clips pieces to the box, in place; those outside become nan. Pieces are given by the distances and heights of
    both ends, each (2, …).
    """
    half = np.float32(HEIGHT / 2)
    with np.errstate(invalid="ignore"):
        leave = np.abs(ups) > half
        either = np.flatnonzero(leave[0] | leave[1])
    if not len(either):
        return
    (far_way, near_way), (far, near) = (ends.reshape(2, -1)[:, either] for ends in (ways, ups))
    climb = near - far
    within = np.clip(far, -half, half), np.clip(near, -half, half)
    for number, height in enumerate(within):
        part = (height - far) / np.where(climb == 0, np.float32(1), climb)
        ways[number].ravel()[either] = far_way + part * (near_way - far_way)
        ups[number].ravel()[either] = np.where(within[0] == within[1], np.float32(np.nan), height)


def hidden_on(screen: Screen, seen: np.ndarray, shown: Relief, aspect: Aspect, places: np.ndarray) -> np.ndarray:
    """A boolean array (K,): whether each of the points (K, 3) lies behind the surface, like ``Aspect.hidden``. Most
    points are decided by the cells ``seen`` on a screen; only the others are followed along their rays, which is much
    slower.
    """
    across, up = aspect.on_picture(places).T
    count_y, count_x = shown.heights.shape
    with np.errstate(invalid="ignore"):
        columns, rows = np.floor((across - screen.left) / screen.unit), np.floor((screen.top - up) / screen.unit)
        # Points whose pixel has all eight neighbours on the screen.
        told = (columns >= 1) & (rows >= 1) & (columns < screen.columns - 1) & (rows < screen.rows - 1)
    pixels = np.where(told, rows * screen.columns + columns, 0).astype(np.int32)
    on_floor = [
        np.clip(np.where(told, (places[:, n] + reach) * (count - 1) / (2 * reach), 0).astype(np.int32), 0, count - 2)
        for n, (reach, count) in enumerate(zip(shown.reach, (count_x, count_y), strict=True))
    ]
    own = on_floor[1] * (count_x - 1) + on_floor[0]
    hidden = np.zeros(len(places), dtype=bool)
    open_ones = np.flatnonzero(~told | (seen.ravel()[pixels] != own))
    around = np.add.outer(np.arange(-1, 2) * screen.columns, np.arange(-1, 2)).ravel()
    near = seen.ravel().take(pixels[open_ones, None] + around, mode="clip")
    apart = [
        np.abs(cell - on_floor[n][open_ones, None])
        for n, cell in enumerate((near % (count_x - 1), near // (count_x - 1)))
    ]
    is_covered = ((near != NOTHING) & (np.maximum(*apart) > _APART)).all(axis=1) & told[open_ones]
    hidden[open_ones[is_covered]] = True
    in_doubt = open_ones[~is_covered]
    hidden[in_doubt] = aspect.hidden(shown, places[in_doubt])
    return hidden
