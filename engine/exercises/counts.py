"""How many numbers functions make that are given to what a learner writes."""

from __future__ import annotations

import numpy as np


def of_shape(*shape: float) -> float:
    """An array of this shape."""
    return float(np.prod([abs(float(side)) for side in shape]))


def of_im2col(x: np.ndarray, height: int, width: int, stride: int = 1, padding: int = 0) -> float:
    """At most, with a window at every cell."""
    sides = [side + 2 * abs(padding) for side in np.shape(x)[2:]]
    return of_shape(*np.shape(x)[:2], *sides, height, width)


def of_differences(f: object, x: np.ndarray) -> float:
    """The function is asked twice for every number."""
    return 2.0 * np.size(x)
