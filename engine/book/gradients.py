"""Chapter 4. Slopes from differences, and the way downhill."""

import numpy as np


def numerical_gradient(f, x):
    """f: takes x, gives a number; x: an array of any shape
    -> the gradient, in the shape of x
    """
    h = 1e-4
    # In an array of whole numbers x + h would lose its fraction.
    x = np.asarray(x, dtype=float)
    grad = np.zeros_like(x)
    for idx in np.ndindex(x.shape):
        tmp_val = x[idx]
        x[idx] = tmp_val + h
        fxh1 = f(x)
        x[idx] = tmp_val - h
        fxh2 = f(x)
        grad[idx] = (fxh1 - fxh2) / (2 * h)
        x[idx] = tmp_val
    return grad


def gradient_descent(f, init_x, lr=0.01, step_num=100):
    """f: takes x, gives a number; init_x: where it begins
    -> x after step_num steps, in the shape of init_x
    """
    x = init_x.copy()
    for _ in range(step_num):
        x -= lr * numerical_gradient(f, x)
    return x


def func1(x):
    """a bowl, lowest at (1, 2, 0) -> a number"""
    return (x[0] - 1) ** 2 + (x[1] - 2) ** 2 + x[2] ** 2


class SimpleNet:
    """W (D, M): the weights that the loss depends on"""

    def __init__(self, W):
        self.W = W

    def loss(self, x, t):
        """x (N, D), t (N, M) -> a number"""
        return np.sum((np.dot(x, self.W) - t) ** 2) / 2

    def gradient(self, x, t):
        """-> the shape of W"""
        # numerical_gradient changes the entries of W itself, so loss gives another number although it takes no W.
        return numerical_gradient(lambda W: self.loss(x, t), self.W)
