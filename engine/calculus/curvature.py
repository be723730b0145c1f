"""How strongly a function is bent, and the learning rate that the steepest bend still bears."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Gradient = Callable[[np.ndarray], np.ndarray]

_STEP = 1e-4
_SAME = 1e-6


def hessian(gradient: Gradient, x: np.ndarray, h: float = _STEP) -> np.ndarray:
    """The second derivatives (D, D) at x (D,): central differences of the gradient, made symmetric."""
    rows = []
    for place in range(len(x)):
        moved = np.zeros_like(x)
        moved[place] = h
        rows.append((gradient(x + moved), gradient(x - moved)))
    with np.errstate(invalid="ignore", over="ignore"):
        found = np.array([(above - below) / (2 * h) for above, below in rows])
        return (found + found.T) / 2


def curvatures(gradient: Gradient, x: np.ndarray) -> np.ndarray:
    """The curvatures λ (D,) along the main directions, the smallest first; nan where there are none."""
    found = hessian(gradient, x)
    return np.linalg.eigvalsh(found) if np.all(np.isfinite(found)) else np.full(len(x), np.nan)


def is_quadratic(gradient: Gradient, places: Sequence[np.ndarray]) -> bool:
    """Whether the second derivatives are the same at all of these places, so that λ holds everywhere."""
    found = [hessian(gradient, place) for place in places]
    size = max(1e-12, *(float(np.max(np.abs(one))) for one in found))
    with np.errstate(invalid="ignore"):
        return all(bool(np.all(np.abs(one - found[0]) <= _SAME * size)) for one in found)


def largest_rate(curvature: np.ndarray) -> float | None:
    """2/λmax: descent settles in this bowl for smaller rates only; None where it is not a bowl.

    Along a direction with curvature λ every step multiplies the distance by 1 − η·λ, which is smaller than 1 in size
    for 0 < η < 2/λ. Rounded to nine digits: curvatures that come from differences are no more exact than that.
    """
    largest = float(curvature[-1])
    if not largest > 0 or not np.all(curvature >= -_SAME * largest):
        return None
    return float(f"{2 / largest:.9g}")
