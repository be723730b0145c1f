"""Chapter 6. Optimizers: each changes all arrays of params by their gradients, in place."""

import numpy as np
from numpy.random import randn


class SGD:
    """params and grads: dictionaries of arrays, by name"""

    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        """change every array of params in place"""
        for key in params:
            params[key] -= self.lr * grads[key]


class Momentum:
    """params and grads: dictionaries of arrays, by name"""

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, params, grads):
        """change every array of params in place"""
        if self.v is None:
            self.v = {key: np.zeros_like(params[key]) for key in params}
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]


class Nesterov:
    """params and grads: dictionaries of arrays, by name"""

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, params, grads):
        """change every array of params in place"""
        if self.v is None:
            self.v = {key: np.zeros_like(params[key]) for key in params}
        for key in params:
            step = self.lr * grads[key]
            self.v[key] = self.momentum * self.v[key] - step
            params[key] += self.momentum * self.v[key] - step


class AdaGrad:
    """params and grads: dictionaries of arrays, by name"""

    def __init__(self, lr=0.01):
        self.lr = lr
        self.h = None

    def update(self, params, grads):
        """change every array of params in place"""
        if self.h is None:
            self.h = {key: np.zeros_like(params[key]) for key in params}
        for key in params:
            self.h[key] += grads[key] * grads[key]
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)


class RMSProp:
    """params and grads: dictionaries of arrays, by name"""

    def __init__(self, lr=0.01, decay_rate=0.99):
        self.lr = lr
        self.decay_rate = decay_rate
        self.h = None

    def update(self, params, grads):
        """change every array of params in place"""
        if self.h is None:
            self.h = {key: np.zeros_like(params[key]) for key in params}
        for key in params:
            self.h[key] *= self.decay_rate
            self.h[key] += (1 - self.decay_rate) * (grads[key] * grads[key])
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)


class Adam:
    """params and grads: dictionaries of arrays, by name"""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.iter = 0
        self.m = None
        self.v = None

    def update(self, params, grads):
        """change every array of params in place"""
        if self.m is None:
            self.m = {key: np.zeros_like(params[key]) for key in params}
            self.v = {key: np.zeros_like(params[key]) for key in params}
        self.iter += 1
        # Both means began at 0 and are too near to it at first; one factor corrects them.
        lr_t = self.lr * np.sqrt(1.0 - self.beta2**self.iter) / (1.0 - self.beta1**self.iter)
        for key in params:
            self.m[key] += (1 - self.beta1) * (grads[key] - self.m[key])
            self.v[key] += (1 - self.beta2) * (grads[key] ** 2 - self.v[key])
            params[key] -= lr_t * self.m[key] / (np.sqrt(self.v[key]) + 1e-7)


def gradient(W):
    """W (4,) -> the gradient of loss, (4,)"""
    return np.array([2.0, 0.2, 1.0, 4.0]) * W


def loss(W):
    """W (4,): a bowl that is steeper one way than another -> a number"""
    return 0.5 * np.sum(W * gradient(W))


def race(optimizers, updates):
    """update changes W; randn, loss, gradient are given"""
    # All begin at the same place, or luck would run along.
    start = randn(4)
    losses = []
    for optimizer in optimizers:
        W = start.copy()
        for _ in range(updates):
            optimizer.update(W, gradient(W))
        losses.append(loss(W))
    return np.array(losses)
