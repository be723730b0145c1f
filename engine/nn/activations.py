"""Activation functions, which turn a neuron's weighted sum into its output; elementwise on arrays of any shape."""

from __future__ import annotations

import numpy as np


def step(a: np.ndarray | float) -> np.ndarray:
    """1 where a > 0, otherwise 0, as in a perceptron; same shape as ``a``."""
    return np.where(np.asarray(a) > 0, 1.0, 0.0)


def sigmoid(a: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(−a)): a smooth step from 0 to 1; same shape as ``a``.

    Computed with exp(−|a|), which cannot overflow: for negative a numerator and denominator are multiplied by exp(a).
    float32 stays float32.
    """
    a = np.asarray(a)
    small = np.exp(-np.abs(a))
    return np.where(a >= 0, 1.0, small) / (1.0 + small)


def relu(a: np.ndarray) -> np.ndarray:
    """max(0, a): positive sums pass unchanged, all others become 0; same shape as ``a``."""
    return np.maximum(0.0, a)


def leaky_relu(a: np.ndarray, leak: float = 0.01) -> np.ndarray:
    """a where a > 0, otherwise leak·a: ReLU with a small slope below 0; same shape as ``a``.

    float32 stays float32.
    """
    a = np.asarray(a)
    return np.where(a > 0, a, leak * a)


def tanh(a: np.ndarray) -> np.ndarray:
    """2·sigmoid(2a) − 1: S-shaped like sigmoid, but from −1 to 1 and through (0, 0); same shape as ``a``."""
    return np.tanh(a)


def softplus(a: np.ndarray) -> np.ndarray:
    """ln(1 + exp(a)): ReLU with a rounded corner; same shape as ``a``.

    Computed as max(0, a) + ln(1 + exp(−|a|)), which cannot overflow.
    """
    return np.maximum(0.0, a) + np.log1p(np.exp(-np.abs(a)))


def swish(a: np.ndarray) -> np.ndarray:
    """a·sigmoid(a): a smooth ReLU that is a little below 0 for negative a; same shape as ``a``.

    Also called SiLU. Its lowest value is −0.278, near a = −1.28. After Ramachandran, Zoph and Le, "Searching for
    Activation Functions", 2017, with their β = 1; float32 stays float32.
    """
    return a * sigmoid(a)


def mish(a: np.ndarray) -> np.ndarray:
    """a·tanh(softplus(a)): like swish, but steeper at 0 and with a lower minimum; same shape as ``a``.

    Its lowest value is −0.309, near a = −1.19. After Misra, "Mish: A Self Regularized Non-Monotonic Activation
    Function" (arXiv:1908.08681); float32 stays float32.
    """
    return a * np.tanh(softplus(a))


def identity(a: np.ndarray) -> np.ndarray:
    """A copy of the sums; used in the output layer for regression."""
    return np.array(a, dtype=float)


def step_slope(a: np.ndarray) -> np.ndarray:
    """0 everywhere: the step is flat on both sides. At the jump the slope is undefined; 0 is returned there."""
    return np.zeros_like(a, dtype=float)


def sigmoid_slope(a: np.ndarray) -> np.ndarray:
    """y·(1 − y) for y = sigmoid(a): 0.25 at a = 0 and less everywhere else.

    1 − y is computed as sigmoid(−a), which stays accurate where y is nearly 1.
    """
    return sigmoid(a) * sigmoid(-np.asarray(a))


def relu_slope(a: np.ndarray) -> np.ndarray:
    """1 where a > 0, otherwise 0. At the corner the slope is undefined; 0 is returned there."""
    return step(a)


def leaky_relu_slope(a: np.ndarray, leak: float = 0.01) -> np.ndarray:
    """1 where a > 0, otherwise ``leak``. At the corner the slope is undefined; ``leak`` is returned there."""
    return np.where(np.asarray(a) > 0, 1.0, leak)


def tanh_slope(a: np.ndarray) -> np.ndarray:
    """1 − y² for y = tanh(a): 1 at a = 0 and less everywhere else.

    Computed as four times the slope of sigmoid at 2a, since tanh(a) = 2·sigmoid(2a) − 1; this stays accurate where y is
    nearly ±1.
    """
    return 4.0 * sigmoid_slope(2.0 * np.asarray(a))


def softplus_slope(a: np.ndarray) -> np.ndarray:
    """sigmoid(a), which is the derivative of softplus."""
    return sigmoid(a)


def swish_slope(a: np.ndarray) -> np.ndarray:
    """s + a·s·(1 − s) for s = sigmoid(a): below 0 left of the minimum of swish, and a little above 1 from a = 1.54 on.

    By the product rule for a·sigmoid(a). It cannot be computed from the output alone, since two sums may have the same
    one.
    """
    return sigmoid(a) + a * sigmoid_slope(a)


def mish_slope(a: np.ndarray) -> np.ndarray:
    """t + a·(1 − t²)·sigmoid(a) for t = tanh(softplus(a)): below 0 left of the minimum of mish, above 1 from a = 0.80
    on.

    By the product and chain rules for a·tanh(softplus(a)), since sigmoid is the slope of softplus.
    """
    soft = softplus(a)
    return np.tanh(soft) + a * tanh_slope(soft) * sigmoid(a)


def identity_slope(a: np.ndarray) -> np.ndarray:
    """1 everywhere, in the shape of ``a``."""
    return np.ones_like(a, dtype=float)
