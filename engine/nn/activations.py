"""Activation functions: what a neuron makes of its weighted sum, elementwise on arrays of any shape."""

from __future__ import annotations

import numpy as np


def step(a: np.ndarray) -> np.ndarray:
    """1 where a > 0, otherwise 0: the perceptron's all-or-nothing answer; same shape as ``a``."""
    return np.where(np.asarray(a) > 0, 1.0, 0.0)


def sigmoid(a: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(−a)): a smooth step from 0 to 1; same shape as ``a``.

    Written with exp(−|a|), which cannot overflow: for negative a the fraction is multiplied through by exp(a).
    """
    a = np.asarray(a, dtype=float)
    small = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, small) / (1.0 + small)
