"""Upper bounds for the size of a result, from a function's arguments, before the learner's code may call it."""

from __future__ import annotations

import numpy as np


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
