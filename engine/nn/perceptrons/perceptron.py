"""The perceptron: a weighted sum and a step, and the straight line that it draws."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import step


def weighted_sum(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """a = x·w + b for every row of ``x``: (N, 2), (2,) -> (N,)."""
    return x @ w + b


def perceptron(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """y = step(x·w + b), 0 or 1 for every row of ``x``: (N, 2), (2,) -> (N,)."""
    a = weighted_sum(x, w, b)
    return step(a)


def distance_from_line(x: np.ndarray, w: np.ndarray, b: float) -> np.ndarray:
    """How far each row of ``x`` lies from the line x·w + b = 0, positive on the side of output 1: (N, 2) -> (N,).

    The weighted sum divided by the length of w. Without a line (w = 0) every distance is nan.
    """
    length = np.linalg.norm(w)
    if length == 0:
        return np.full(len(x), np.nan)
    return weighted_sum(x, w, b) / length
