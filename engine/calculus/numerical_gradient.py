"""Numerical derivatives: the slope of a function estimated from its values a small step apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

Number = TypeVar("Number", float, np.ndarray)


def forward_difference(f: Callable[[Number], Number], x: Number, h: Number) -> Number:
    """(f(x + h) − f(x)) / h; its error shrinks like h, until rounding takes over."""
    return (f(x + h) - f(x)) / h


def central_difference(f: Callable[[Number], Number], x: Number, h: Number) -> Number:
    """(f(x + h) − f(x − h)) / 2h; its error shrinks like h², until rounding takes over."""
    return (f(x + h) - f(x - h)) / (2 * h)


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Central differences by every element of ``x``, an array of its shape: two calls of f per element.

    ``x`` is changed in place, one element at a time, and restored, so that f may also read it elsewhere, as a network
    reads its weights. ValueError for integers: the step would be cut off.
    """
    if not np.issubdtype(x.dtype, np.floating):
        raise ValueError(f"x has the type {x.dtype}, in which a step of {h} is cut off: it must be a float type")
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        here = x[place]
        try:
            x[place] = here + h
            above = f(x)
            x[place] = here - h
            below = f(x)
        finally:
            x[place] = here
        gradient[place] = (above - below) / (2 * h)
    return gradient


def careless_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Central differences as many first programs write them, for a vector; right only if x contains floats.

    In an array of integers x + h and x − h lose their fractions when they are stored, while 2h keeps its value: a
    difference over a whole step is divided by 0.0002. ``numerical_gradient`` refuses such arrays.
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
    """``careless_gradient`` with its calls recorded: returns its result, copies of the points at which f was called,
    and the values that f returned there.

    There are two calls for each element, at x + h and x − h.
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
    """The exact gradient of ``func1``: (2·(x0 − 1), 3·(x1 − 2)², 2·x2)."""
    return np.array([2 * (x[0] - 1), 3 * (x[1] - 2) ** 2, 2 * x[2]])


_ULPS = 8
_FURTHER = 8
_SMALLEST = 1e-9
_SAME_TO = 1e-6


def one_sided_slopes(slope: Callable[[np.ndarray], np.ndarray], x: float, times: int = 1) -> tuple[float, float]:
    """The exact derivative just below and just above x, a few floating-point steps away, or ``times`` as far; nan or
    infinite where there is none.
    """
    near = times * _ULPS * np.spacing(max(abs(x), _SMALLEST))
    left, right = slope(np.array([x - near, x + near])).tolist()
    return left, right


def is_corner(slope: Callable[[np.ndarray], np.ndarray], x: float) -> bool:
    """Whether f has a corner at x: the slopes on its two sides differ, and the difference hardly grows further away, as
    it would in a smooth function.
    """
    left, right = one_sided_slopes(slope, x)
    jump = abs(right - left)
    if not jump > _SAME_TO * (1 + max(abs(left), abs(right))):
        return False
    further_left, further_right = one_sided_slopes(slope, x, _FURTHER)
    # nan if the function is undefined nearby on one side: then only the jump is known.
    return not abs(further_right - further_left) > _FURTHER / 2 * jump
