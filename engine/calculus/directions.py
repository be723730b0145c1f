"""Directions in the plane that belong to a gradient: along the contour, a step uphill, the angle to somewhere else."""

from __future__ import annotations

import numpy as np


def angle_between(one: np.ndarray, other: np.ndarray) -> float | None:
    """Degrees between two vectors (2,), from 0 to 180; None where one of them is zero or not finite."""
    cross = float(one[0] * other[1] - one[1] * other[0])
    dot = float(one @ other)
    if not (np.any(one) and np.any(other) and np.isfinite(cross) and np.isfinite(dot)):
        return None
    # The cosine alone could not tell small angles from 0.
    return float(np.degrees(np.arctan2(abs(cross), dot)))


def along_contour(gradient: np.ndarray) -> np.ndarray:
    """The direction (2,) of length 1 in which the function neither rises nor falls; zeros where the gradient is zero.

    It is the gradient turned by a right angle: ∇f·u = 0.
    """
    size = float(np.hypot(*gradient))
    return np.array([-gradient[1], gradient[0]]) / size if size > 0 else np.zeros(2)


def stepped(place: np.ndarray, direction: np.ndarray, length: float) -> np.ndarray:
    """Where a step of ``length`` along ``direction`` leads from ``place``, both (2,); nowhere if that is zero."""
    size = float(np.hypot(*direction))
    return place + length * direction / size if size > 0 else place.copy()


def arrow_lengths(sizes: np.ndarray, middle: float, longest: float) -> np.ndarray:
    """Lengths of arrows for vectors of these sizes: longer where they are larger, but never beyond ``longest``.

    ``longest``·√(size/(size + middle)): a vector of the size ``middle`` has 0.71 of it, a hundredth of that still 0.1.
    """
    sizes = np.asarray(sizes, dtype=float)
    if not middle > 0:
        return np.zeros_like(sizes)
    return longest * np.sqrt(sizes / (sizes + middle))
