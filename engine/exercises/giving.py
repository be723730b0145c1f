"""Shared by exercises that give something to the learner's code: numbers in place of random ones, and upper bounds for
the size of a result, from a function's arguments, before it is called.
"""

from __future__ import annotations

from typing import Any

import numpy as np


class Draws:
    """Gives the numbers ``values`` in turn, and counts in ``count`` how many were drawn."""

    def __init__(self) -> None:
        self.count, self.values = 0, np.array([0.5])

    def begin(self, *values: float) -> None:
        """Sets the numbers that are given from now on, and resets ``count``."""
        self.count, self.values = 0, np.array(values)

    def randn(self, *shape: int) -> np.ndarray:
        """The numbers as they are, in this shape, with the arguments of ``np.random.randn``."""
        return self._next(int(np.prod(shape, dtype=int))).reshape(shape)

    def uniform(self, low: float = 0.0, high: float = 1.0, size: int | tuple[int, ...] | None = None) -> Any:
        """The numbers as shares of the way from ``low`` to ``high``, with the arguments of ``np.random.uniform``."""
        drawn = low + self._next(1 if size is None else int(np.prod(size))) * (high - low)
        return float(drawn[0]) if size is None else drawn.reshape(size)

    def _next(self, wanted: int) -> np.ndarray:
        found = self.values[np.arange(self.count, self.count + wanted) % len(self.values)]
        self.count += wanted
        return found


def of_shape(*shape: float) -> float:
    """The number of elements of an array of this shape."""
    return float(np.prod([abs(float(side)) for side in shape]))


def of_im2col(x: np.ndarray, height: int, width: int, stride: int = 1, padding: int = 0) -> float:
    """The size of the result of ``im2col``: an upper bound, as if a window started at every cell."""
    sides = [side + 2 * abs(padding) for side in np.shape(x)[2:]]
    return of_shape(*np.shape(x)[:2], *sides, height, width)


def of_col2im(col: object, shape: tuple[int, ...], height: int, width: int, stride: int = 1, padding: int = 0) -> float:
    """The size of the result of ``col2im``, padding included."""
    return of_shape(*shape[:2], *(side + 2 * abs(padding) for side in shape[2:]))


def of_differences(f: object, x: np.ndarray) -> float:
    """How often a numerical gradient calls f: twice for every element of x."""
    return 2.0 * np.size(x)
