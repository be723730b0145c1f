"""What the experiment `gradient_field` knows of a function wherever its point stands: map, field, scales."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.calculus.expressions import Expression
from engine.calculus.one_sided_slopes import is_corner
from engine.calculus.surfaces import Surface
from engine.experiments.surface_choice import map_of
from engine.geometry.heights import drawable
from engine.geometry.surface_map import SurfaceMap

_FINE = 241
"""Places along each side from which the contour through the point is drawn: it turns sharply at narrow valleys."""
_SHARE = 0.45
"""The axis of the slices holds this share of the heights of the region, and the start: not the steep rims."""
_RIM = 0.02
"""Of a function without a known minimum, this share of the heights is left out at either end."""
_FLAT = 1e-9
"""So small a part of the median gradient is as good as none."""
_MARGIN = 0.1
_WIDER = 4.0
_PAD = 1e-6
"""Around a height that alone makes an axis: this share of it, since its digits in the map are those of float32."""


@dataclass(frozen=True, eq=False)
class Ground:
    """``places`` and ``gradients`` (N, 2) are the regular grid of arrows and the exact gradients there, of these
    ``sizes`` (N,), as far as the function has a value and a gradient.

    ``fine`` are the places (x, y) and values of a finer grid than the map's. ``middle`` is the median size of the
    gradients, ``spacing`` the distance of two arrows, ``heights`` (low, high) the usual axis of the slices, ``width``
    that of the region.
    """

    map: SurfaceMap
    fine: tuple[np.ndarray, np.ndarray, np.ndarray]
    places: np.ndarray
    gradients: np.ndarray
    sizes: np.ndarray
    middle: float
    spacing: float
    heights: tuple[float, float]
    width: float

    @property
    def least(self) -> float:
        """A gradient of at most this size has no direction worth drawing."""
        return _FLAT * self.middle

    def heights_for(self, height: float | None) -> tuple[float, float]:
        """The axis of the slices for a point of this height: the usual one, four times as much where that is too low,
        and so on, so that it stays as it is over most of a drag and is never without the point."""
        low, high = self.heights
        while height is not None and not low <= height <= high:
            wider = _WIDER * (high - low)
            low, high = (low, low + wider) if height > high else (high - wider, high)
        return low, high


def ground_of(surface: Surface, arrows: int) -> Ground:
    """The ground of a surface with so many arrows along each side of its region; kept, as dragging asks again."""
    return _kept(surface.text, surface.low, surface.high, bool(surface.minima), surface.start, arrows)


def corners_at(f: Expression, point: Sequence[float]) -> np.ndarray:
    """For each variable (2,) whether its slope jumps at the point: then there is no gradient, whatever f says."""

    def slope_along(axis: int) -> Callable[[np.ndarray], np.ndarray]:
        def slope(part: np.ndarray) -> np.ndarray:
            place = [np.full_like(part, other) for other in point]
            place[axis] = part
            return f.gradient(*place)[axis]

        return slope

    return np.array([is_corner(slope_along(axis), float(part)) for axis, part in enumerate(point)])


@lru_cache(maxsize=8)
def _kept(text: str, low: tuple, high: tuple, has_minimum: bool, start: tuple, arrows: int) -> Ground:
    expression = Expression(text, ("x0", "x1"))
    shown = map_of(text, ("x0", "x1"), low, high)
    fine_x, fine_y = (np.linspace(places[0], places[-1], _FINE) for places in (shown.x, shown.y))
    places = _grid(shown, arrows)
    gradients = np.stack(expression.gradient(*places.T), axis=1)
    with np.errstate(over="ignore"):
        sizes = np.hypot(*gradients.T)
    known = np.isfinite(expression(*places.T)) & np.isfinite(sizes)
    places, gradients, sizes = places[known], gradients[known], sizes[known]
    steep = sizes[sizes > 0]
    return Ground(
        shown,
        (fine_x, fine_y, drawable(expression(*np.meshgrid(fine_x, fine_y)))),
        places,
        gradients,
        sizes,
        # Not the median, which adds the two in the middle: the sum may be too large for a number.
        float(np.quantile(steep, 0.5)) if len(steep) else 0.0,
        (high[0] - low[0]) / arrows,
        _heights(shown, has_minimum, float(expression(*start[:2]))),
        high[0] - low[0],
    )


def _grid(shown: SurfaceMap, arrows: int) -> np.ndarray:
    """Places (N, 2) in rows over all of the map, one of them in the middle of the region, none at the very edge."""
    sides = []
    for low, high, ends in zip(shown.low, shown.high, (shown.x, shown.y), strict=True):
        spacing = (high - low) / arrows
        count = int((ends[-1] - ends[0]) / 2 / spacing - 0.5)
        sides.append((low + high) / 2 + spacing * np.arange(-count, count + 1))
    return np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2)  # (rows, columns, 2) -> (N, 2)


def _heights(shown: SurfaceMap, has_minimum: bool, at_start: float) -> tuple[float, float]:
    """An axis for the slices that depends on the function alone, with some room around."""
    columns = (shown.x >= shown.low[0]) & (shown.x <= shown.high[0])
    rows = (shown.y >= shown.low[1]) & (shown.y <= shown.high[1])
    values = shown.values[np.ix_(rows, columns)].astype(float)
    values = values[np.isfinite(values)]
    if not len(values):
        return -1.0, 1.0
    if has_minimum:
        low, high = float(np.min(values)), float(np.quantile(values, _SHARE))
        high = max(high, 1.25 * at_start)
    else:
        low, high = (float(end) for end in np.quantile(values, (_RIM, 1 - _RIM)))
    if not high - low > 1e-12 * max(1.0, abs(low)):
        return _around(low)
    return low - _MARGIN * (high - low), high + _MARGIN * (high - low)


def _around(height: float) -> tuple[float, float]:
    pad = max(1.2, _PAD * abs(height))
    return height - pad, height + pad
