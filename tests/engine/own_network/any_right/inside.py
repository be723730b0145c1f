# Three layers without classes for them: everything stands in one class.
import numpy as np


class ThreeLayerNet:
    def __init__(self, input_size, hidden_size1, hidden_size2, output_size, weight_init_std=0.1):
        self.params = {}
        sizes = [input_size, hidden_size1, hidden_size2, output_size]
        for k in range(3):
            self.params[f"W{k + 1}"] = weight_init_std * np.random.randn(sizes[k], sizes[k + 1])
            self.params[f"b{k + 1}"] = np.zeros(sizes[k + 1])

    def sigmoid(self, a):
        return 1 / (1 + np.exp(-a))

    def softmax(self, a):
        e = np.exp(a - a.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def predict(self, x):
        p = self.params
        z1 = self.sigmoid(np.dot(x, p["W1"]) + p["b1"])
        z2 = self.sigmoid(np.dot(z1, p["W2"]) + p["b2"])
        return self.softmax(np.dot(z2, p["W3"]) + p["b3"])

    def loss(self, x, t):
        y = self.predict(x)
        if t.ndim == 2:
            t = np.argmax(t, axis=1)
        n = y.shape[0]
        return -np.sum(np.log(y[np.arange(n), t] + 1e-7)) / n

    def accuracy(self, x, t):
        y = np.argmax(self.predict(x), axis=1)
        if t.ndim != 1:
            t = np.argmax(t, axis=1)
        return np.sum(y == t) / float(x.shape[0])

    def numerical_gradient(self, x, t):
        loss_W = lambda W: self.loss(x, t)
        grads = {}
        for name, W in self.params.items():
            grad = np.zeros_like(W)
            for idx in np.ndindex(W.shape):
                kept = W[idx]
                W[idx] = kept + 1e-4
                above = loss_W(W)
                W[idx] = kept - 1e-4
                below = loss_W(W)
                grad[idx] = (above - below) / (2 * 1e-4)
                W[idx] = kept
            grads[name] = grad
        return grads

    def gradient(self, x, t):
        p, grads = self.params, {}
        z1 = self.sigmoid(np.dot(x, p["W1"]) + p["b1"])
        z2 = self.sigmoid(np.dot(z1, p["W2"]) + p["b2"])
        y = self.softmax(np.dot(z2, p["W3"]) + p["b3"])
        n = x.shape[0]
        if t.ndim == 1:
            t = np.eye(y.shape[1])[t]
        d3 = (y - t) / n
        grads["W3"] = np.dot(z2.T, d3)
        grads["b3"] = np.sum(d3, axis=0)
        d2 = np.dot(d3, p["W3"].T) * z2 * (1 - z2)
        grads["W2"] = np.dot(z1.T, d2)
        grads["b2"] = np.sum(d2, axis=0)
        d1 = np.dot(d2, p["W2"].T) * z1 * (1 - z1)
        grads["W1"] = np.dot(x.T, d1)
        grads["b1"] = np.sum(d1, axis=0)
        return grads
