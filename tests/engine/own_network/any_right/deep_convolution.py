# Two convolutions without im2col, He's weights, dropout before the end; no argument is needed.
import numpy as np


class Conv:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x, train):
        self.x, k = x, self.W.shape[2]
        h, w = x.shape[2] - k + 1, x.shape[3] - k + 1
        out = np.zeros((len(x), len(self.W), h, w))
        for i in range(k):
            for j in range(k):
                out += np.einsum("nchw,fc->nfhw", x[:, :, i : i + h, j : j + w], self.W[:, :, i, j])
        return out + self.b[:, None, None]

    def backward(self, dout):
        k, (h, w) = self.W.shape[2], dout.shape[2:]
        self.dW, dx = np.zeros(self.W.shape), np.zeros(self.x.shape)
        for i in range(k):
            for j in range(k):
                self.dW[:, :, i, j] = np.einsum("nchw,nfhw->fc", self.x[:, :, i : i + h, j : j + w], dout)
                dx[:, :, i : i + h, j : j + w] += np.einsum("nfhw,fc->nchw", dout, self.W[:, :, i, j])
        self.db = dout.sum(axis=(0, 2, 3))
        return dx


class MaxPool:
    def forward(self, x, train):
        n, c, h, w = x.shape
        tiles = x.reshape(n, c, h // 2, 2, w // 2, 2)
        out = tiles.max(axis=(3, 5))
        first = tiles.transpose(0, 1, 2, 4, 3, 5).reshape(n, c, h // 2, w // 2, 4).argmax(axis=4)
        self.where = np.eye(4)[first].reshape(n, c, h // 2, w // 2, 2, 2).transpose(0, 1, 2, 4, 3, 5)
        return out

    def backward(self, dout):
        n, c, h, w = dout.shape
        return (self.where * dout[:, :, :, None, :, None]).reshape(n, c, 2 * h, 2 * w)


class Rectifier:
    def forward(self, x, train):
        self.on = x > 0
        return x * self.on

    def backward(self, dout):
        return dout * self.on


class Drop:
    def __init__(self, keep):
        self.keep = keep

    def forward(self, x, train):
        if not train:
            return x
        self.mask = (np.random.random(x.shape) < self.keep) / self.keep
        return x * self.mask

    def backward(self, dout):
        return dout * self.mask


class Dense:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x, train):
        self.shape, self.x = x.shape, x.reshape(len(x), -1)
        return self.x @ self.W + self.b

    def backward(self, dout):
        self.dW, self.db = self.x.T @ dout, dout.sum(0)
        return (dout @ self.W.T).reshape(self.shape)


class DeepConvNet:
    def __init__(self):
        shapes = [(4, 1, 3, 3), (6, 4, 4, 4), (6 * 5 * 5, 10)]
        self.params = {}
        for i, shape in enumerate(shapes, 1):
            ways = shape[0] if len(shape) == 2 else shape[1] * shape[2] * shape[3]
            self.params[f"W{i}"] = np.random.randn(*shape) * np.sqrt(2 / ways)
            self.params[f"b{i}"] = np.zeros(shape[1] if len(shape) == 2 else shape[0])
        p = self.params
        self.weighted = [Conv(p["W1"], p["b1"]), Conv(p["W2"], p["b2"]), Dense(p["W3"], p["b3"])]
        conv1, conv2, dense = self.weighted
        self.layers = [conv1, Rectifier(), MaxPool(), conv2, Rectifier(), MaxPool(), Drop(0.7), dense]

    def predict(self, x, train_flg=False):
        for layer in self.layers:
            x = layer.forward(x, train_flg)
        return x

    def loss(self, x, t):
        y = self.predict(x, train_flg=True)
        y = y - y.max(axis=1, keepdims=True)
        self.y = np.exp(y) / np.exp(y).sum(axis=1, keepdims=True)
        return -np.mean(np.log(np.sum(self.y * t, axis=1) + 1e-7))

    def accuracy(self, x, t):
        return np.mean(np.argmax(self.predict(x), axis=1) == np.argmax(t, axis=1))

    def gradient(self, x, t):
        self.loss(x, t)
        dout = (self.y - t) / len(x)
        for layer in self.layers[::-1]:
            dout = layer.backward(dout)
        grads = {}
        for i, layer in enumerate(self.weighted, 1):
            grads[f"W{i}"], grads[f"b{i}"] = layer.dW, layer.db
        return grads
