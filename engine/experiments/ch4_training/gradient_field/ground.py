"""The data of `gradient_field` that do not depend on its point: the map, the field of arrows and the scales."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.calculus.expressions import Expression
from engine.calculus.numerical_gradient import is_corner
from engine.calculus.surfaces import Surface
from engine.experiments.shared.surfaces.surface_choice import map_of
from engine.geometry.heights import drawable
from engine.geometry.surface_map import SurfaceMap, heights_with, usual_heights

_FINE = 241
"""The number of samples along each side of the grid from which the contour through the point is computed; contours turn
sharply in narrow valleys.
"""
_FLAT = 1e-9
"""The share of the median gradient norm below which a gradient counts as 0."""


@dataclass(frozen=True, eq=False)
class Ground:
    """The data of a function that do not depend on the point.

    ``places`` (N, 2) are those points of a regular grid where the function has a value and a gradient; ``gradients``
    (N, 2) are the exact gradients there and ``sizes`` (N,) their norms. ``fine`` are x, y and values of a finer grid
    than the map's. ``middle`` is the median norm, ``spacing`` the distance of neighbouring arrows, ``heights`` (low,
    high) the usual value axis of the slices, and ``width`` the region's width.
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
        """The largest gradient norm that counts as 0."""
        return _FLAT * self.middle

    def heights_for(self, height: float | None) -> tuple[float, float]:
        """The value axis (low, high) of the slices for a point at which f is ``height``."""
        return heights_with(self.heights, height)


def ground_of(surface: Surface, arrows: int) -> Ground:
    """The ground of a surface, with ``arrows`` arrows along each side of its region; cached, since dragging needs it
    often.
    """
    return _kept(surface.text, surface.low, surface.high, bool(surface.minima), surface.start, arrows)


def corners_at(f: Expression, point: Sequence[float]) -> np.ndarray:
    """For each variable whether the slope jumps at the point: (2,) of booleans. There is no gradient then, even if f
    returns one.
    """

    def slope_along(axis: int) -> Callable[[np.ndarray], np.ndarray]:
        def slope(part: np.ndarray) -> np.ndarray:
            place = [np.full_like(part, other) for other in point]
            place[axis] = part
            return f.gradient(*place)[axis]

        return slope

    return np.array([is_corner(slope_along(axis), float(part)) for axis, part in enumerate(point)])


@lru_cache(maxsize=8)
def _kept(text: str, low: tuple, high: tuple, has_minimum: bool, start: tuple, arrows: int) -> Ground:
    """Compute the ground of the function with the formula ``text``; cached."""
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
        usual_heights(shown, has_minimum, float(expression(*start[:2]))),
        high[0] - low[0],
    )


def _grid(shown: SurfaceMap, arrows: int) -> np.ndarray:
    """The points (N, 2) of a regular grid over the map; one is in the middle of the region, none at the edge."""
    sides = []
    for low, high, ends in zip(shown.low, shown.high, (shown.x, shown.y), strict=True):
        spacing = (high - low) / arrows
        count = int((ends[-1] - ends[0]) / 2 / spacing - 0.5)
        sides.append((low + high) / 2 + spacing * np.arange(-count, count + 1))
    return np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2)  # (rows, columns, 2) -> (N, 2)
