"""Chapter 5. Layers: each goes forward with x, and back with dout, the gradient of the loss by its output."""

import numpy as np

from engine.book.functions import sigmoid, softmax
from engine.book.losses import cross_entropy_error


class MulLayer:
    """x, y and dout are single numbers"""

    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        """-> one number"""
        self.x = x
        self.y = y
        return x * y

    def backward(self, dout):
        """-> dx, dy"""
        # Each input is the other one's slope.
        dx = dout * self.y
        dy = dout * self.x
        return dx, dy


class AddLayer:
    """x, y and dout are single numbers"""

    def forward(self, x, y):
        """-> one number"""
        return x + y

    def backward(self, dout):
        """-> dx, dy"""
        dx = dout * 1
        dy = dout * 1
        return dx, dy


class Relu:
    """x of any shape; dout has the same"""

    def __init__(self):
        self.mask = None

    def forward(self, x):
        """-> the same shape"""
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        """-> the gradient of x, a new array"""
        dx = dout.copy()
        dx[self.mask] = 0
        return dx


class Sigmoid:
    """x of any shape, dout the same; sigmoid(x) is given"""

    def __init__(self):
        self.out = None

    def forward(self, x):
        """-> the same shape"""
        self.out = sigmoid(x)
        return self.out

    def backward(self, dout):
        """-> the gradient of x, a new array"""
        return dout * self.out * (1 - self.out)


def which_product(a, b, shape):
    """a, b: matrices; shape: (rows, columns)
    -> the product of both that has this shape
    """
    for left, right in ((a, b), (b, a)):
        for x in (left, left.T):
            for y in (right, right.T):
                if x.shape[1] == y.shape[0] and (x.shape[0], y.shape[1]) == shape:
                    return np.dot(x, y)


class Affine:
    """x (N, D) or (N, C, H, W), W (D, M), b (M,)"""

    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        """(N, D) -> (N, M)"""
        self.original_x_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        """(N, M) -> (N, D); keep dW and db"""
        self.dW = np.dot(self.x.T, dout)
        # The bias was added to every sample, so what comes back from all of them adds up.
        self.db = np.sum(dout, axis=0)
        dx = np.dot(dout, self.W.T)
        return dx.reshape(self.original_x_shape)


class SoftmaxWithLoss:
    """x (N, C): N samples, a score for each of C classes
    t: one-hot (N, C), or class numbers (N,)
    """

    def __init__(self):
        self.y = None
        self.t = None

    def forward(self, x, t):
        """-> the loss, one number"""
        self.t = t
        self.y = softmax(x)
        return cross_entropy_error(self.y, t)

    def backward(self, dout=1):
        """-> the gradient of x, (N, C)"""
        batch_size = self.t.shape[0]
        if self.t.size == self.y.size:
            dx = self.y - self.t
        else:
            dx = self.y.copy()
            dx[np.arange(batch_size), self.t] -= 1
        return dout * dx / batch_size
