# Sizes with a default, a leaky ReLU, the logarithm of softmax, and momentum in an update without arguments.
import numpy as np


class Mlp(object):
    def __init__(self, sizes=(784, 64, 10), lr=0.05, momentum=0.9):
        self.sizes = sizes
        self.lr = lr
        self.momentum = momentum
        self.params = {}
        self.velocity = {}
        for i in range(len(sizes) - 1):
            self.params["W%d" % (i + 1)] = np.random.uniform(-1, 1, (sizes[i], sizes[i + 1])) * np.sqrt(
                6.0 / (sizes[i] + sizes[i + 1])
            )
            self.params["b%d" % (i + 1)] = np.zeros((sizes[i + 1],))
        for k in self.params:
            self.velocity[k] = np.zeros_like(self.params[k])

    def predict(self, x):
        self.zs = [x]
        n = len(self.sizes) - 1
        for i in range(1, n + 1):
            a = self.zs[-1].dot(self.params["W%d" % i]) + self.params["b%d" % i]
            self.zs.append(np.maximum(a, 0.01 * a) if i < n else a)
        return self.zs[-1]

    def loss(self, x, t):
        s = self.predict(x)
        m = s.max(axis=1, keepdims=True)
        logp = s - m - np.log(np.exp(s - m).sum(axis=1, keepdims=True))
        if t.ndim == 1:
            t = np.eye(s.shape[1])[t]
        return -(t * logp).sum() / x.shape[0]

    def accuracy(self, x, t):
        p = np.argmax(self.predict(x), 1)
        if t.ndim == 2:
            t = np.argmax(t, 1)
        return float(np.mean(p == t))

    def gradient(self, x, t):
        s = self.predict(x)
        if t.ndim == 1:
            t = np.eye(s.shape[1])[t]
        e = np.exp(s - s.max(axis=1, keepdims=True))
        d = (e / e.sum(axis=1, keepdims=True) - t) / x.shape[0]
        self.grads = {}
        for i in range(len(self.sizes) - 1, 0, -1):
            self.grads["W%d" % i] = self.zs[i - 1].T.dot(d)
            self.grads["b%d" % i] = d.sum(0)
            if i > 1:
                d = d.dot(self.params["W%d" % i].T) * np.where(self.zs[i - 1] > 0, 1, 0.01)
        return self.grads

    def update(self):
        for k in self.params:
            self.velocity[k] = self.momentum * self.velocity[k] - self.lr * self.grads[k]
            self.params[k] += self.velocity[k]
