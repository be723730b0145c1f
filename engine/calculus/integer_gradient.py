"""The pitfall of whole numbers: a numerical gradient that stores x + h in the array it was given."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def careless_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Central differences as many first programs write them, for one row of numbers; right only if x holds floats.

    In an array of integers x + h and x − h lose their fractions when they are stored, while 2h stays as small as it is:
    the difference of a whole step is divided by 0.0002. ``numerical_gradient`` refuses such arrays.
    """
    gradient = np.zeros_like(x)
    for index in range(x.size):
        here = x[index]
        x[index] = here + h  # an integer array keeps the whole part only
        above = f(x)
        x[index] = here - h
        below = f(x)
        gradient[index] = (above - below) / (2 * h)
        x[index] = here
    return gradient


def storing_calls(
    f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-4
) -> tuple[np.ndarray, list[np.ndarray], list[float]]:
    """``careless_gradient`` watched at work: its result, the points that f was called at, and what f said there.

    Two calls for each entry, above and below; the points are copies.
    """
    points: list[np.ndarray] = []
    values: list[float] = []

    def watched(at: np.ndarray) -> float:
        points.append(at.copy())
        values.append(f(at))
        return values[-1]

    return careless_gradient(watched, x.copy(), h), points, values


def func1(x: np.ndarray) -> float:
    """(x0 − 1)² + (x1 − 2)³ + x2², whose gradient at (2, 3, 5) is (2, 3, 10)."""
    return (x[0] - 1) ** 2 + (x[1] - 2) ** 3 + x[2] ** 2


def func1_gradient(x: np.ndarray) -> np.ndarray:
    """(2·(x0 − 1), 3·(x1 − 2)², 2·x2)."""
    return np.array([2 * (x[0] - 1), 3 * (x[1] - 2) ** 2, 2 * x[2]])
