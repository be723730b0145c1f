"""Which of a few points lie in the same place."""

from __future__ import annotations

import numpy as np


def place_numbers(points: np.ndarray, within: float) -> np.ndarray:
    """For every row of ``points`` the number of its place, from 0 in order of appearance: (N, D) -> (N,).

    A point belongs to the first place whose first point is no farther away than ``within`` in any coordinate.
    """
    firsts: list[np.ndarray] = []
    numbers = []
    for point in points:
        near = [number for number, first in enumerate(firsts) if np.max(np.abs(point - first)) <= within]
        if not near:
            firsts.append(point)
        numbers.append(near[0] if near else len(firsts) - 1)
    return np.array(numbers)
