# Any number of layers, with weight decay, batch normalization and dropout to be switched on.
from collections import OrderedDict

import numpy as np


class Linear:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)


class Relu:
    def forward(self, x):
        self.positive = x > 0
        return x * self.positive

    def backward(self, dout):
        return dout * self.positive


class Dropout:
    def __init__(self, ratio):
        self.ratio = ratio

    def forward(self, x, train_flg):
        if train_flg:
            self.mask = np.random.rand(*x.shape) > self.ratio
            return x * self.mask
        return x * (1.0 - self.ratio)

    def backward(self, dout):
        return dout * self.mask


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.9):
        self.gamma, self.beta, self.momentum = gamma, beta, momentum
        self.mean = self.var = None

    def forward(self, x, train_flg):
        if self.mean is None:
            self.mean, self.var = np.zeros(x.shape[1]), np.ones(x.shape[1])
        if train_flg:
            mu = x.mean(axis=0)
            xc = x - mu
            var = np.mean(xc**2, axis=0)
            std = np.sqrt(var + 1e-7)
            xn = xc / std
            self.xc, self.xn, self.std = xc, xn, std
            self.mean = self.momentum * self.mean + (1 - self.momentum) * mu
            self.var = self.momentum * self.var + (1 - self.momentum) * var
        else:
            xn = (x - self.mean) / np.sqrt(self.var + 1e-7)
        return self.gamma * xn + self.beta

    def backward(self, dout):
        n = len(dout)
        self.dbeta = dout.sum(axis=0)
        self.dgamma = np.sum(self.xn * dout, axis=0)
        dxn = self.gamma * dout
        dxc = dxn / self.std
        dstd = -np.sum(dxn * self.xc / self.std**2, axis=0)
        dvar = 0.5 * dstd / self.std
        dxc += 2.0 / n * self.xc * dvar
        dmu = np.sum(dxc, axis=0)
        return dxc - dmu / n


class MultiLayerNetExtend:
    def __init__(
        self,
        input_size,
        hidden_size_list,
        output_size,
        activation="relu",
        weight_init_std="he",
        weight_decay_lambda=0,
        use_dropout=False,
        dropout_ration=0.5,
        use_batchnorm=False,
    ):
        self.params = {}
        self.weight_decay_lambda = weight_decay_lambda
        self.use_batchnorm = use_batchnorm
        sizes = [input_size, *hidden_size_list, output_size]
        self.count = len(sizes) - 1
        self.layers = OrderedDict()
        for k in range(1, self.count + 1):
            scale = np.sqrt(2.0 / sizes[k - 1]) if weight_init_std == "he" else weight_init_std
            self.params["W%d" % k] = scale * np.random.randn(sizes[k - 1], sizes[k])
            self.params["b%d" % k] = np.zeros(sizes[k])
            self.layers["Affine%d" % k] = Linear(self.params["W%d" % k], self.params["b%d" % k])
            if k == self.count:
                break
            if use_batchnorm:
                self.params["gamma%d" % k] = np.ones(sizes[k])
                self.params["beta%d" % k] = np.zeros(sizes[k])
                self.layers["BatchNorm%d" % k] = BatchNorm(self.params["gamma%d" % k], self.params["beta%d" % k])
            self.layers["Relu%d" % k] = Relu()
            if use_dropout:
                self.layers["Dropout%d" % k] = Dropout(dropout_ration)

    def predict(self, x, train_flg=False):
        for name, layer in self.layers.items():
            if "Dropout" in name or "BatchNorm" in name:
                x = layer.forward(x, train_flg)
            else:
                x = layer.forward(x)
        return x

    def loss(self, x, t, train_flg=False):
        a = self.predict(x, train_flg)
        a = a - a.max(axis=1, keepdims=True)
        self.y = np.exp(a) / np.exp(a).sum(axis=1, keepdims=True)
        self.t = t if t.ndim == 1 else t.argmax(axis=1)
        decay = 0
        for k in range(1, self.count + 1):
            W = self.params["W%d" % k]
            decay += 0.5 * self.weight_decay_lambda * np.sum(W**2)
        return -np.mean(np.log(self.y[np.arange(len(a)), self.t] + 1e-7)) + decay

    def accuracy(self, x, t):
        y = self.predict(x, train_flg=False)
        y = np.argmax(y, axis=1)
        if t.ndim != 1:
            t = np.argmax(t, axis=1)
        return np.sum(y == t) / float(x.shape[0])

    def gradient(self, x, t):
        self.loss(x, t, train_flg=True)
        dout = self.y.copy()
        dout[np.arange(len(x)), self.t] -= 1
        dout /= len(x)
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        grads = {}
        for k in range(1, self.count + 1):
            affine = self.layers["Affine%d" % k]
            grads["W%d" % k] = affine.dW + self.weight_decay_lambda * affine.W
            grads["b%d" % k] = affine.db
            if self.use_batchnorm and k != self.count:
                grads["gamma%d" % k] = self.layers["BatchNorm%d" % k].dgamma
                grads["beta%d" % k] = self.layers["BatchNorm%d" % k].dbeta
        return grads
