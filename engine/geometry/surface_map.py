"""A function of two variables as a map: shades by height, and contour lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.geometry.contours import contour_segments, round_levels
from engine.geometry.heights import drawable

_SHARE = 0.45
"""The share of heights that the height axis includes: most of the valleys, and little of the steep rims."""


_RIM = 0.02
"""For a function without a known minimum, this share of the heights is left out at either end."""


_MARGIN = 0.1


_WIDER = 4.0


_PAD = 1e-6
"""If all heights are equal, the axis extends at least this share of the height around it, since map values have float32
precision.
"""


Heights = tuple[float, float]


def usual_heights(shown: SurfaceMap, has_minimum: bool, at_start: float, share: float = _SHARE) -> Heights:
    """The usual range of the height axis, which depends on the function alone. It includes ``at_start`` (the height at
    the starting point) and, for a function with a known minimum, the lowest ``share`` of the map's heights, with some
    margin.
    """
    columns = (shown.x >= shown.low[0]) & (shown.x <= shown.high[0])
    rows = (shown.y >= shown.low[1]) & (shown.y <= shown.high[1])
    values = shown.values[np.ix_(rows, columns)].astype(float)
    values = values[np.isfinite(values)]
    if not len(values):
        return -1.0, 1.0
    if has_minimum:
        low, high = float(np.min(values)), float(np.quantile(values, share))
        high = max(high, 1.25 * at_start)
    else:
        low, high = (float(end) for end in np.quantile(values, (_RIM, 1 - _RIM)))
    if not high - low > 1e-12 * max(1.0, abs(low)):
        return _around(low)
    return low - _MARGIN * (high - low), high + _MARGIN * (high - low)


def heights_with(usual: Heights, height: float | None) -> Heights:
    """The range of the height axis that includes ``height``: the usual range, widened to four times its length as often
    as necessary. So it stays the same during most of a drag.
    """
    low, high = usual
    while height is not None and not low <= height <= high:
        wider = _WIDER * (high - low)
        low, high = (low, low + wider) if height > high else (high - wider, high)
    return low, high


def _around(height: float) -> Heights:
    pad = max(1.2, _PAD * abs(height))
    return height - pad, height + pad


CELLS = 141
"""The number of points along each side at which the function is computed."""
SPREAD = 1.7
"""The map is this many times as wide and high as the region, so that it also fills a main picture that is not
square.
"""
_LINES = 14
_MOST_PIECES = 6500
"""The maximum number of line segments of a map in a frame, about 100 KB."""


@dataclass(frozen=True, eq=False)
class SurfaceMap:
    """A function on a grid with coordinates x (W,) and y (H,): values (H, W), nan where it has none. A frame owns the
    arrays.

    ``shades`` (H, W) are bytes from 1, lowest, to 255; 0 is a point without a value. ``levels`` are the heights of the
    contour lines, ``lines`` (K, 4) their straight segments. ``low`` and ``high`` are the corners of the requested
    region.
    """

    low: tuple[float, float]
    high: tuple[float, float]
    x: np.ndarray
    y: np.ndarray
    values: np.ndarray
    shades: np.ndarray
    levels: np.ndarray
    lines: np.ndarray

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the requested region."""
        return self.low[0] <= x <= self.high[0] and self.low[1] <= y <= self.high[1]

    @property
    def size(self) -> float:
        """The longer side of the requested region."""
        return max(high - low for low, high in zip(self.low, self.high, strict=True))


def surface_map(
    f: Callable[[np.ndarray, np.ndarray], np.ndarray], low: tuple[float, float], high: tuple[float, float]
) -> SurfaceMap:
    """Computes the map of f(x, y), which takes and returns arrays, around the region from ``low`` to ``high``.

    Shades depend on the rank of a value among all values, not on its size, so that a valley is visible however steep
    its walls are; the square root of the rank makes the rings of a bowl equally wide.
    """
    x, y = (_places(a, b) for a, b in zip(low, high, strict=True))
    grid_x, grid_y = np.meshgrid(x, y)
    values = drawable(f(grid_x, grid_y))
    shares = (np.arange(1, _LINES) / _LINES) ** 2
    levels, lines = _few_enough(
        [(level, contour_segments(x, y, values, level)) for level in round_levels(values, shares).tolist()]
    )
    with np.errstate(over="ignore"):
        kept = values.astype(np.float32)
    found = SurfaceMap(
        (low[0], low[1]),
        (high[0], high[1]),
        x,
        y,
        kept,
        _shades(values),
        levels,
        lines.astype(np.float32),
    )
    for array in (found.x, found.y, found.values, found.shades, found.levels, found.lines):
        array.setflags(write=False)
    return found


def _places(low: float, high: float) -> np.ndarray:
    middle, half = (low + high) / 2, (high - low) / 2 * SPREAD
    # linspace gives a view of another array, which a frame would copy: then maps could not be shared.
    return np.linspace(middle - half, middle + half, CELLS).copy()


def _few_enough(contours: list[tuple[float, np.ndarray]]) -> tuple[np.ndarray, np.ndarray]:
    """The levels, and all segments of their contour lines; if those were too many, only every second, third, … level.

    A typed function may oscillate faster than the grid resolves: then contour lines are meaningless, and would fill a
    frame.
    """
    for stride in range(1, len(contours) + 1):
        kept = contours[stride // 2 :: stride]
        if sum(len(pieces) for _, pieces in kept) <= _MOST_PIECES:
            return np.array([level for level, _ in kept]), np.concatenate([pieces for _, pieces in kept])
    return np.empty(0), np.empty((0, 4))


def _shades(values: np.ndarray) -> np.ndarray:
    shades = np.zeros(values.shape, dtype=np.uint8)
    finite = np.isfinite(values)
    found = values[finite]
    if len(found):
        # Equal values have the same rank, so a flat area has one shade.
        ordered = np.sort(found)
        rank = np.searchsorted(ordered, found, side="left") / len(found)
        shades[finite] = 1 + np.round(254 * np.sqrt(rank)).astype(np.uint8)
    return shades
