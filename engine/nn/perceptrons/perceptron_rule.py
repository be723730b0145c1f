"""Rosenblatt's learning rule: the perceptron learns from its mistakes, one sample at a time."""

from __future__ import annotations

import numpy as np


def perceptron_update(
    x: np.ndarray, t: float, y: float, w: np.ndarray, b: float, learning_rate: float
) -> tuple[np.ndarray, float]:
    """Weights (2,) and bias after a sample ``x`` (2,) with label ``t`` was answered ``y``, both 0 or 1.

    w ← w + η·(t − y)·x and b ← b + η·(t − y): a missed 1 adds a piece of x, a false 1 takes one away. The arrays given
    stay as they are.
    """
    error = t - y
    if error == 0:
        return w, b
    return w + learning_rate * error * x, b + learning_rate * error
