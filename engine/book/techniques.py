"""Chapter 6. First weights, weight decay, dropout, batch normalization, and values to try."""

import numpy as np
from numpy.random import rand, randn, uniform

from engine.book.functions import relu, softmax
from engine.book.gradients import numerical_gradient


def xavier(n, m):
    """W (n, m): n inputs, m neurons -> a number"""
    return np.sqrt(1.0 / n)


def he(n, m):
    """n inputs, m neurons -> W (n, m)

    randn(n, m) is given: numbers with mean 0 and
    standard deviation 1, in any shape
    """
    return np.sqrt(2.0 / n) * randn(n, m)


def add_weight_decay(loss, params, grads, decay):
    """-> the new loss; the gradients of weights grow too.

    params and grads: dictionaries of arrays, with the names
    W1, b1, W2, b2 ...; decay is the number λ.
    """
    for key in params:
        if key.startswith("W"):
            loss += 0.5 * decay * np.sum(params[key] ** 2)
            grads[key] = grads[key] + decay * params[key]
    return loss


class Dropout:
    """rand(N, D) is given: numbers from 0 to 1, any shape

    dropout_ratio is left out; mask: True where a cell passed
    """

    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio = dropout_ratio
        self.mask = None

    def forward(self, x, train_flg=True):
        """-> the same shape"""
        if train_flg:
            self.mask = rand(*x.shape) > self.dropout_ratio
            return x * self.mask
        # In a test all cells pass, each by the share of them that passed in training.
        return x * (1.0 - self.dropout_ratio)

    def backward(self, dout):
        """after a pass in training: -> the gradient of x"""
        return dout * self.mask


def dropout(z, train_flg):
    """z: an array of any shape -> the same shape"""
    return z * (rand(*z.shape) > 0.5) if train_flg else z * 0.5


def predict(x, W1, b1, W2, b2, train_flg):
    """dropout leaves out half -> probabilities (N, C)"""
    z = relu(np.dot(x, W1) + b1)
    z = dropout(z, train_flg)
    scores = np.dot(z, W2) + b2
    return softmax(scores)


class BatchNormalization:
    """x (N, D): N samples of D features; gamma, beta (D,)"""

    def __init__(self, gamma, beta, momentum=0.9, eps=1e-7):
        self.gamma = gamma
        self.beta = beta
        self.momentum = momentum
        self.eps = eps
        self.running_mean = np.zeros(gamma.shape)
        self.running_var = np.ones(gamma.shape)

    def forward(self, x, train_flg=True):
        """(N, D) -> (N, D)"""
        if train_flg:
            mu = x.mean(axis=0)
            var = x.var(axis=0)
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        else:
            mu = self.running_mean
            var = self.running_var
        self.xc = x - mu
        self.std = np.sqrt(var + self.eps)
        self.xn = self.xc / self.std
        return self.gamma * self.xn + self.beta

    def backward(self, dout):
        """(N, D) -> (N, D); keep dgamma and dbeta, (D,)"""
        # Every x moves its own output, and through mu and std those of all samples.
        self.dbeta = np.sum(dout, axis=0)
        self.dgamma = np.sum(self.xn * dout, axis=0)
        dxn = self.gamma * dout
        dxc = dxn / self.std
        dstd = -np.sum(dxn * self.xc / self.std**2, axis=0)
        dvar = 0.5 * dstd / self.std
        dxc += 2.0 / dout.shape[0] * self.xc * dvar
        dmu = np.sum(dxc, axis=0)
        return dxc - dmu / dout.shape[0]


def difference(layer, samples=5):
    """backward beside central differences; rand is given"""
    x = rand(samples, 3)
    weights = rand(samples, 3)
    layer.forward(x)
    dx = layer.backward(weights)

    def loss(x):
        return np.sum(weights * layer.forward(x))

    return np.max(np.abs(dx - numerical_gradient(loss, x)))


def log_scale(low, high, count):
    """low, high: powers of ten -> array of count rates

    uniform(low, high, size) is given: numbers drawn
    evenly from low to high, as by np.random
    """
    return 10.0 ** uniform(low, high, count)
