"""Slopes of the activation functions: their derivatives, elementwise on arrays of any shape."""

from __future__ import annotations

import numpy as np

from engine.nn.activations import sigmoid, softplus, step


def step_slope(a: np.ndarray) -> np.ndarray:
    """0: the step is flat on both sides. At the jump there is no slope; 0 is given there too."""
    return np.zeros_like(a, dtype=float)


def sigmoid_slope(a: np.ndarray) -> np.ndarray:
    """y·(1 − y) for y = sigmoid(a): 0.25 at a = 0 and less everywhere else.

    1 − y is computed as sigmoid(−a), which keeps its digits where y is nearly 1.
    """
    return sigmoid(a) * sigmoid(-np.asarray(a))


def relu_slope(a: np.ndarray) -> np.ndarray:
    """1 where a > 0, otherwise 0. At the corner there is no slope; 0 is given there."""
    return step(a)


def leaky_relu_slope(a: np.ndarray, leak: float = 0.01) -> np.ndarray:
    """1 where a > 0, otherwise ``leak``. At the corner there is no slope; ``leak`` is given there."""
    return np.where(np.asarray(a) > 0, 1.0, leak)


def tanh_slope(a: np.ndarray) -> np.ndarray:
    """1 − y² for y = tanh(a): 1 at a = 0 and less everywhere else.

    As tanh(a) = 2·sigmoid(2a) − 1, this is four times the slope of sigmoid at 2a, and written so it keeps its digits.
    """
    return 4.0 * sigmoid_slope(2.0 * np.asarray(a))


def softplus_slope(a: np.ndarray) -> np.ndarray:
    """sigmoid(a): softplus is the function whose slope is sigmoid."""
    return sigmoid(a)


def swish_slope(a: np.ndarray) -> np.ndarray:
    """s + a·s·(1 − s) for s = sigmoid(a): below 0 left of its dip, and a little above 1 from a = 1.54 on.

    The product rule of a·sigmoid(a); the output alone does not tell it, since two sums may have the same one.
    """
    return sigmoid(a) + a * sigmoid_slope(a)


def mish_slope(a: np.ndarray) -> np.ndarray:
    """t + a·(1 − t²)·sigmoid(a) for t = tanh(softplus(a)): below 0 left of its dip, above 1 from a = 0.80 on.

    The product and the chain rule of a·tanh(softplus(a)), as sigmoid is the slope of softplus.
    """
    soft = softplus(a)
    return np.tanh(soft) + a * tanh_slope(soft) * sigmoid(a)


def identity_slope(a: np.ndarray) -> np.ndarray:
    """1 everywhere."""
    return np.ones_like(a, dtype=float)
