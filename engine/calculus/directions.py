"""Directions in the plane related to a gradient: along the contour, a step in a direction, the angle to another
direction.
"""

from __future__ import annotations

import numpy as np


def angle_between(one: np.ndarray, other: np.ndarray) -> float | None:
    """The angle between two vectors (2,) in degrees, from 0 to 180; None if one of them is zero or not finite."""
    if not (np.any(one) and np.any(other) and np.all(np.isfinite(one)) and np.all(np.isfinite(other))):
        return None
    one, other = unit_vector(one), unit_vector(other)
    cross = float(one[0] * other[1] - one[1] * other[0])
    dot = float(one @ other)
    # The cosine alone could not distinguish small angles from 0.
    return float(np.degrees(np.arctan2(abs(cross), dot)))


def along_contour(gradient: np.ndarray) -> np.ndarray:
    """The unit vector (2,) along the contour line, where the function neither rises nor falls; zeros for a zero
    gradient.

    It is the gradient turned by a right angle: ∇f·u = 0.
    """
    along = unit_vector(gradient)
    return np.array([-along[1], along[0]])


def stepped(place: np.ndarray, direction: np.ndarray, length: float) -> np.ndarray:
    """The point that lies ``length`` from ``place`` in a ``direction``, both (2,); ``place`` itself for a zero
    direction.
    """
    return place + length * unit_vector(direction)


def arrow_lengths(sizes: np.ndarray, middle: float, longest: float) -> np.ndarray:
    """The lengths of the arrows to be drawn for vectors with these ``sizes``; they grow with the size, but never beyond
    ``longest``.

    The length is ``longest``·√(size/(size + middle)): 0.71·``longest`` for the size ``middle``, and still
    0.1·``longest`` for a hundredth of that.
    """
    sizes = np.asarray(sizes, dtype=float)
    if not middle > 0:
        return np.zeros_like(sizes)
    # Both are divided first, since their sum may overflow.
    larger = np.maximum(sizes, middle)
    return longest * np.sqrt(sizes / larger / (sizes / larger + middle / larger))


def unit_vector(vector: np.ndarray) -> np.ndarray:
    """The vector (2,) scaled to length 1; zeros for a zero vector. It is first divided by its largest component, since
    the length itself may overflow.
    """
    largest = float(np.max(np.abs(vector)))
    if largest == 0:
        return np.zeros(2)
    scaled = vector / largest
    return scaled / np.hypot(*scaled)
