# Everything in single precision; a mask before ReLU; the way back as a function that calls itself.
from collections import defaultdict

import numpy as np


class MultiLayerNet:
    def __init__(self, input_size, hidden_size_list, output_size, weight_decay_lambda=0, dropout_ratio=0):
        self.decay = np.float32(weight_decay_lambda)
        self.ratio = dropout_ratio
        self.sizes = (input_size, *hidden_size_list, output_size)
        self.params = {}
        for i in range(len(self.sizes) - 1):
            limit = np.sqrt(6 / self.sizes[i])  # uniform, with He's standard deviation
            W = np.random.uniform(-limit, limit, (self.sizes[i], self.sizes[i + 1]))
            self.params[f"W{i + 1}"] = W.astype(np.float32)
            self.params[f"b{i + 1}"] = np.zeros(self.sizes[i + 1], dtype=np.float32)

    def _step(self, i, z, train_flg):
        a = z @ self.params[f"W{i}"] + self.params[f"b{i}"]
        if i == len(self.sizes) - 1:
            return a, None
        if train_flg:
            gate = (np.random.binomial(1, 1 - self.ratio, a.shape) * (a > 0)).astype(np.float32)
        else:
            gate = ((a > 0) * (1 - self.ratio)).astype(np.float32)
        return a * gate, gate

    def predict(self, x, train_flg=False):
        z = np.asarray(x, dtype=np.float32)
        for i in range(1, len(self.sizes)):
            z, _ = self._step(i, z, train_flg)
        return z

    @staticmethod
    def _log_softmax(a):
        a = a - a.max(axis=1, keepdims=True)
        return a - np.log(np.exp(a).sum(axis=1, keepdims=True))

    def loss(self, x, t, train_flg=False):
        logs = self._log_softmax(self.predict(x, train_flg))
        squares = sum(np.sum(W * W) for name, W in self.params.items() if name.startswith("W"))
        return -np.sum(logs * t) / len(x) + self.decay / 2 * squares

    def accuracy(self, x, t):
        return float(np.mean(self.predict(x).argmax(1) == np.asarray(t).argmax(1)))

    def gradient(self, x, t):
        grads = {}

        def back(i, z):
            """Forward through the layers from i on, and back again: what comes out in front of layer i."""
            after, gate = self._step(i, z, True)
            if gate is None:
                dout = (np.exp(self._log_softmax(after)) - t) / np.float32(len(z))
            else:
                dout = back(i + 1, after) * gate
            dout = dout.astype(np.float32)
            W = self.params[f"W{i}"]
            grads[f"W{i}"] = z.T @ dout + self.decay * W
            grads[f"b{i}"] = dout.sum(axis=0)
            return dout @ W.T

        back(1, np.asarray(x, dtype=np.float32))
        return grads


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum = lr, momentum
        self.v = defaultdict(float)

    def update(self, params, grads):
        for key, grad in grads.items():
            self.v[key] = self.v[key] * self.momentum
            self.v[key] = self.v[key] - self.lr * grad
            params[key][...] = params[key] + self.v[key]
