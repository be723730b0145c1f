"""The curvature of a function, and the largest learning rate for which gradient descent is stable."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Gradient = Callable[[np.ndarray], np.ndarray]

_STEP = 1e-4
_SAME = 1e-6
_NO_SLOPE = 1e-9


def hessian(gradient: Gradient, x: np.ndarray, h: float = _STEP) -> np.ndarray:
    """The matrix of second derivatives (D, D) at x (D,), by central differences of the gradient, made symmetric."""
    rows = []
    for place in range(len(x)):
        moved = np.zeros_like(x)
        moved[place] = h
        rows.append((gradient(x + moved), gradient(x - moved)))
    with np.errstate(invalid="ignore", over="ignore"):
        found = np.array([(above - below) / (2 * h) for above, below in rows])
        return (found + found.T) / 2


def curvatures(gradient: Gradient, x: np.ndarray) -> np.ndarray:
    """The eigenvalues λ (D,) of the second derivatives at x, in ascending order; nan where these do not exist."""
    found = hessian(gradient, x)
    return np.linalg.eigvalsh(found) if np.all(np.isfinite(found)) else np.full(len(x), np.nan)


def is_quadratic(gradient: Gradient, places: Sequence[np.ndarray]) -> bool:
    """Whether the second derivatives are the same at all ``places``, so that one set of curvatures λ holds everywhere.

    It also compares how the gradient changes from one place to the next with what the second derivatives predict: |x|
    has the second derivative 0 on both sides, yet is not quadratic.
    """
    found = [hessian(gradient, place) for place in places]
    size = max(1e-12, *(float(np.max(np.abs(one))) for one in found))
    with np.errstate(invalid="ignore"):
        same = all(bool(np.all(np.abs(one - found[0]) <= _SAME * size)) for one in found)
    return same and all(is_linear(gradient, found[0], places[0], place) for place in places[1:])


def is_linear(gradient: Gradient, bend: np.ndarray, one: np.ndarray, other: np.ndarray) -> bool:
    """Whether the gradient changes between the points ``one`` and ``other``, both (D,), as the second derivatives
    ``bend`` (D, D) predict.

    Components that overflow are left out of the comparison; True if none is left.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        before, after, foretold = gradient(one), gradient(other), bend @ (other - one)
        size = np.max(np.abs(before)) + np.max(np.abs(foretold))
        wrong = np.abs(after - before - foretold)
        return not np.any(np.isfinite(wrong) & (wrong > _SAME * size))


def distance_to_level(gradient: Gradient, x: np.ndarray) -> float:
    """The distance from x (D,) to the point where the gradient would be zero if the curvature stayed as it is at x:
    |H⁻¹·g|.

    Infinite where the function slopes without curvature; nan where there is no second derivative.
    """
    slope, found = gradient(x), hessian(gradient, x)
    if not (np.all(np.isfinite(found)) and np.all(np.isfinite(slope))):
        return float("nan")
    bends, directions = np.linalg.eigh(found)
    parts = np.abs(directions.T @ slope)
    # Along a flat direction curvature and slope are only rounding errors, whose ratio has no meaning.
    real = parts > _NO_SLOPE * np.max(parts)
    with np.errstate(divide="ignore", over="ignore"):
        return float(np.linalg.norm(parts[real] / np.abs(bends[real])))


def largest_rate(curvature: np.ndarray) -> float | None:
    """2/λmax, below which gradient descent converges in a bowl; None where the function is not a bowl. ``curvature``
    are the eigenvalues λ in ascending order.

    Along a direction with curvature λ every step multiplies the distance to the minimum by 1 − η·λ, whose absolute
    value is less than 1 for 0 < η < 2/λ. Rounded to nine digits, since curvatures computed from differences are no more
    exact.
    """
    largest = float(curvature[-1])
    if not largest > 0 or not np.all(curvature >= -_SAME * largest):
        return None
    return float(f"{2 / largest:.9g}")
