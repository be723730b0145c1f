"""Gradient descent: each step goes downhill, by the learning rate times the gradient."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def gradient_descent(
    gradient: Callable[[np.ndarray], np.ndarray], start: np.ndarray, learning_rate: float, steps: int
) -> np.ndarray:
    """The position x (D,) after ``steps`` updates x ← x − η·∇f(x); the array ``start`` is not changed."""
    x = start.copy()
    for _ in range(steps):
        x -= learning_rate * gradient(x)
    return x


def descent_in_place(
    gradient: Callable[[np.ndarray], np.ndarray], start: np.ndarray, learning_rate: float, steps: int
) -> np.ndarray:
    """Like ``gradient_descent``, but without copying ``start``: x and ``start`` are one array, and −= changes both.

    After the call the caller's start point has become the end point, so a second call begins there.
    """
    x = start
    for _ in range(steps):
        x -= learning_rate * gradient(x)
    return x
