"""Chapter 4. How wrong an answer is, as one number."""

import numpy as np


def sum_squared_error(y, t):
    """y and t (C,) -> a number"""
    return 0.5 * np.sum((y - t) ** 2)


def picked(y, t):
    """y (N, C), t (N,) -> (N,)"""
    n = np.arange(len(y))
    return y[n, t]


def cross_entropy_error(y, t):
    """y (C,) or (N, C): probabilities
    t: one-hot, of the shape of y; or class numbers (N,)
    -> a number
    """
    if y.ndim == 1:
        y = y.reshape(1, y.size)
        t = t.reshape(1, t.size)
    # One-hot rows become class numbers.
    if t.size == y.size:
        t = t.argmax(axis=1)
    batch_size = y.shape[0]
    # 1e-7 keeps the logarithm finite where the right class got 0.
    return -np.sum(np.log(y[np.arange(batch_size), t] + 1e-7)) / batch_size
