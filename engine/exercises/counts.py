"""How many numbers a function that is given to a learner's code will return, estimated before it is called."""

from __future__ import annotations

import numpy as np


def of_shape(*shape: float) -> float:
    """For a function that returns an array of this shape."""
    return float(np.prod([abs(float(side)) for side in shape]))


def of_im2col(x: np.ndarray, height: int, width: int, stride: int = 1, padding: int = 0) -> float:
    """For ``im2col``: an upper bound, as if there were a window at every cell."""
    sides = [side + 2 * abs(padding) for side in np.shape(x)[2:]]
    return of_shape(*np.shape(x)[:2], *sides, height, width)


def of_col2im(col: object, shape: tuple[int, ...], height: int, width: int, stride: int = 1, padding: int = 0) -> float:
    """For ``col2im``: the cells of the picture, with its padding."""
    return of_shape(*shape[:2], *(side + 2 * abs(padding) for side in shape[2:]))


def of_differences(f: object, x: np.ndarray) -> float:
    """For numerical gradients, the calls of f: two for every number of x."""
    return 2.0 * np.size(x)
