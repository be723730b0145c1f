"""A function of two variables as a map: shades by height and lines of equal height."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.geometry.contours import contour_segments, round_levels
from engine.geometry.heights import drawable

CELLS = 141
"""Places along each side at which the function is worked out."""
SPREAD = 1.7
"""The map is this much wider and higher than the region, so that a stage that is not square is filled as well."""
_LINES = 14
_MOST_PIECES = 6500
"""What lines may take of a frame, about 100 KB."""


@dataclass(frozen=True, eq=False)
class SurfaceMap:
    """The function at the places x (W,) and y (H,): values (H, W), nan where it has none; all of it owned by a frame.

    ``shades`` (H, W) are bytes from 1, lowest, to 255; 0 is a place without a value. ``levels`` are the heights of the
    lines, ``lines`` (K, 4) their straight pieces. ``low`` and ``high`` are the corners of the region asked for.
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
        """Whether a place lies in the region."""
        return self.low[0] <= x <= self.high[0] and self.low[1] <= y <= self.high[1]

    @property
    def size(self) -> float:
        """The longer side of the region."""
        return max(high - low for low, high in zip(self.low, self.high, strict=True))


def surface_map(
    f: Callable[[np.ndarray, np.ndarray], np.ndarray], low: tuple[float, float], high: tuple[float, float]
) -> SurfaceMap:
    """The map of f(x, y), which takes and gives arrays, around the region from ``low`` to ``high``.

    Shades follow the rank of a value among all, not its size, so that a valley is seen however steep its walls are;
    the square root of the rank makes the rings of a bowl equally wide.
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
    """The levels, and all pieces of their lines together; every second, third, … level where those were too many.

    A typed function may wave faster than the grid can follow: then lines say nothing, and would fill a frame.
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
        # Equal values share a rank: a plain is one shade.
        ordered = np.sort(found)
        rank = np.searchsorted(ordered, found, side="left") / len(found)
        shades[finite] = 1 + np.round(254 * np.sqrt(rank)).astype(np.uint8)
    return shades
