"""Clips a path that may leave a map, so that it can be drawn, and finds where it crosses the map's border."""

from __future__ import annotations

import numpy as np

_SIZES = 20.0
"""Points that are further from the map than this many times its size are not drawn; drawing fails with very large
coordinates.
"""


def drawn_path(places: np.ndarray, low: tuple[float, float], high: tuple[float, float]) -> np.ndarray:
    """The first two coordinates (K, 2) of points (K, D), with the path cut at a border far outside the map.

    A point beyond the border after one inside is moved to where the path crosses the border. Further points outside are
    nan, which leaves a gap.
    """
    middle = (np.array(low) + np.array(high)) / 2
    reach = _SIZES * (np.array(high) - np.array(low))
    drawn = np.array(places[:, :2], dtype=float)
    with np.errstate(invalid="ignore", over="ignore"):
        far = ~np.all(np.abs(drawn - middle) <= reach, axis=1)
    if not far.any():
        return drawn
    near_before = np.roll(~far, 1)
    near_before[0] = False
    for row in np.flatnonzero(far):
        if near_before[row]:
            drawn[row] = crossing(drawn[row - 1], drawn[row], middle - reach, middle + reach)
        else:
            drawn[row] = np.nan
    return drawn


def crossing(inside: np.ndarray, outside: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The point where the segment from a point (2,) inside a rectangle to one outside of it crosses the border."""
    with np.errstate(all="ignore"):
        # Halved, so that the difference of two huge numbers does not overflow.
        way = outside / 2 - inside / 2
        border = np.where(way > 0, high, low)
        shares = np.where(way != 0, (border - inside) / 2 / way, np.inf)
    share = float(np.min(np.where(np.isfinite(shares), np.maximum(shares, 0.0), np.inf)))
    if not np.isfinite(way).all() or not np.isfinite(share):
        return np.clip(outside, low, high)
    return np.clip(inside + 2 * share * way, low, high)
