# Sigmoids in any number of layers, with small weights, which learn slowly, and weight decay.

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


class MultiLayerNet:
    def __init__(
        self,
        input_size,
        hidden_size_list,
        output_size,
        activation="sigmoid",
        weight_init_std=0.01,
        weight_decay_lambda=0,
    ):
        self.n = len(hidden_size_list) + 1
        s = [input_size] + list(hidden_size_list) + [output_size]
        self.wd = weight_decay_lambda
        self.params = {}
        for i in range(1, self.n + 1):
            self.params["W" + str(i)] = weight_init_std * np.random.randn(s[i - 1], s[i])
            self.params["b" + str(i)] = np.zeros(s[i])

    def predict(self, x):
        self.z = [x]
        for i in range(1, self.n + 1):
            a = np.dot(self.z[-1], self.params["W" + str(i)]) + self.params["b" + str(i)]
            self.z.append(sigmoid(a) if i < self.n else a)
        return self.z[-1]

    def loss(self, x, t):
        y = self.predict(x)
        y = np.exp(y - y.max(1, keepdims=True))
        y /= y.sum(1, keepdims=True)
        self.y = y
        if t.size == y.size:
            t = t.argmax(axis=1)
        self.t = t
        return -np.sum(np.log(y[np.arange(len(y)), t] + 1e-7)) / len(y) + sum(
            0.5 * self.wd * np.sum(self.params["W%d" % i] ** 2) for i in range(1, self.n + 1)
        )

    def accuracy(self, x, t):
        y = self.predict(x).argmax(axis=1)
        if t.ndim != 1:
            t = t.argmax(axis=1)
        return np.sum(y == t) / float(len(x))

    def gradient(self, x, t):
        self.loss(x, t)
        d = self.y.copy()
        d[np.arange(len(d)), self.t] -= 1
        d /= len(d)
        g = {}
        for i in range(self.n, 0, -1):
            W = self.params["W%d" % i]
            g["W%d" % i] = self.z[i - 1].T @ d + self.wd * W
            g["b%d" % i] = d.sum(axis=0)
            if i > 1:
                d = d @ W.T * self.z[i - 1] * (1 - self.z[i - 1])
        return g
