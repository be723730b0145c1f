"""Chapters 4 to 7. Networks: of two layers, of any number of layers, and with a convolution."""

import numpy as np

from engine.book.convolution import Convolution, Pooling
from engine.book.functions import relu, sigmoid, softmax
from engine.book.gradients import numerical_gradient
from engine.book.losses import cross_entropy_error


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        """params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)"""
        self.params = {
            "W1": weight_init_std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def hidden(self, a):
        """a (N, H): the sums of the hidden layer -> its outputs"""
        return sigmoid(a)

    def slope(self, z):
        """z (N, H): the outputs of the hidden layer -> its slopes"""
        return z * (1 - z)

    def predict(self, x):
        """(N, D) -> (N, C)"""
        z = self.hidden(np.dot(x, self.params["W1"]) + self.params["b1"])
        return softmax(np.dot(z, self.params["W2"]) + self.params["b2"])

    def loss(self, x, t):
        """a number: the mean over the batch"""
        return cross_entropy_error(self.predict(x), t)

    def accuracy(self, x, t):
        """the share of right answers, between 0 and 1"""
        y = np.argmax(self.predict(x), axis=1)
        if t.ndim != 1:
            t = np.argmax(t, axis=1)
        return np.sum(y == t) / float(x.shape[0])

    def numerical_gradient(self, x, t):
        """-> a dictionary: the gradients of the loss for W1, b1, W2 and b2"""

        # It takes a W that it does not use: numerical_gradient changes the arrays in params themselves.
        def loss_W(W):
            return self.loss(x, t)

        return {key: numerical_gradient(loss_W, self.params[key]) for key in self.params}

    def gradient(self, x, t):
        """-> a dictionary: the gradients of the loss for W1, b1, W2 and b2, by going back through the layers"""
        z = self.hidden(np.dot(x, self.params["W1"]) + self.params["b1"])
        y = softmax(np.dot(z, self.params["W2"]) + self.params["b2"])
        # Class numbers become one-hot rows.
        if t.size != y.size:
            t = np.eye(y.shape[1])[t]
        dy = (y - t) / x.shape[0]
        da = np.dot(dy, self.params["W2"].T) * self.slope(z)
        return {
            "W1": np.dot(x.T, da),
            "b1": np.sum(da, axis=0),
            "W2": np.dot(z.T, dy),
            "b2": np.sum(dy, axis=0),
        }


class MultiLayerNet:
    def __init__(self, input_size, hidden_size_list, output_size, weight_decay_lambda=0, dropout_ratio=0):
        """params: W1, b1, W2, b2, … for all layers; ReLU, then dropout, after each hidden one"""
        self.weight_decay_lambda = weight_decay_lambda
        self.dropout_ratio = dropout_ratio
        sizes = [input_size, *hidden_size_list, output_size]
        self.last = len(sizes) - 1
        self.params = {}
        for idx in range(1, self.last + 1):
            scale = np.sqrt(2.0 / sizes[idx - 1])
            self.params[f"W{idx}"] = scale * np.random.randn(sizes[idx - 1], sizes[idx])
            self.params[f"b{idx}"] = np.zeros(sizes[idx])

    def affine(self, idx, z):
        """idx: the number of a layer, from 1; z: its input -> its sums"""
        return np.dot(z, self.params[f"W{idx}"]) + self.params[f"b{idx}"]

    def mask(self, shape, train_flg):
        """what dropout multiplies by: 0 or 1 while training, in a test one number for all"""
        if train_flg:
            return np.random.rand(*shape) > self.dropout_ratio
        return 1.0 - self.dropout_ratio

    def forward(self, x, train_flg):
        """-> scores (N, C), the input of every layer, and the slopes of every hidden layer"""
        inputs = [x]
        slopes = []
        for idx in range(1, self.last):
            a = self.affine(idx, inputs[-1])
            mask = self.mask(a.shape, train_flg)
            slopes.append((a > 0) * mask)
            inputs.append(relu(a) * mask)
        return self.affine(self.last, inputs[-1]), inputs, slopes

    def predict(self, x, train_flg=False):
        """(N, D) -> (N, C); neurons drop out only if train_flg is True"""
        scores, inputs, slopes = self.forward(x, train_flg)
        return scores

    def loss(self, x, t, train_flg=False):
        """a number: cross entropy error + λ/2 times the sum of the squares of all W"""
        weight_decay = 0
        for idx in range(1, self.last + 1):
            weight_decay += 0.5 * self.weight_decay_lambda * np.sum(self.params[f"W{idx}"] ** 2)
        return cross_entropy_error(softmax(self.predict(x, train_flg)), t) + weight_decay

    def accuracy(self, x, t):
        """the share of right answers, between 0 and 1"""
        y = np.argmax(self.predict(x), axis=1)
        if t.ndim != 1:
            t = np.argmax(t, axis=1)
        return np.sum(y == t) / float(x.shape[0])

    def gradient(self, x, t):
        """-> a dictionary: the gradients for all arrays of params, by backpropagation while training"""
        scores, inputs, slopes = self.forward(x, True)
        y = softmax(scores)
        if t.size != y.size:
            t = np.eye(y.shape[1])[t]
        dout = (y - t) / x.shape[0]
        grads = {}
        for idx in range(self.last, 0, -1):
            W = self.params[f"W{idx}"]
            grads[f"W{idx}"] = np.dot(inputs[idx - 1].T, dout) + self.weight_decay_lambda * W
            grads[f"b{idx}"] = np.sum(dout, axis=0)
            if idx > 1:
                dout = np.dot(dout, W.T) * slopes[idx - 2]
        return grads


class SimpleConvNet:
    """conv - relu - pooling 2x2 - affine - relu - affine - softmax"""

    def __init__(
        self,
        input_dim=(1, 28, 28),
        conv_param={"filter_num": 30, "filter_size": 5, "pad": 0, "stride": 1},
        hidden_size=100,
        output_size=10,
        weight_init_std=0.01,
    ):
        """params: W1 (FN, C, FH, FW), b1, W2, b2, W3, b3"""
        filter_num = conv_param["filter_num"]
        filter_size = conv_param["filter_size"]
        filter_pad = conv_param["pad"]
        filter_stride = conv_param["stride"]
        conv_output_size = (input_dim[1] - filter_size + 2 * filter_pad) // filter_stride + 1
        pool_output_size = filter_num * (conv_output_size // 2) * (conv_output_size // 2)
        self.params = {
            "W1": weight_init_std * np.random.randn(filter_num, input_dim[0], filter_size, filter_size),
            "b1": np.zeros(filter_num),
            "W2": weight_init_std * np.random.randn(pool_output_size, hidden_size),
            "b2": np.zeros(hidden_size),
            "W3": weight_init_std * np.random.randn(hidden_size, output_size),
            "b3": np.zeros(output_size),
        }
        self.conv = Convolution(self.params["W1"], self.params["b1"], filter_stride, filter_pad)
        self.pool = Pooling(pool_h=2, pool_w=2, stride=2)

    def predict(self, x):
        """(N, C, H, W) -> (N, output_size)"""
        self.maps = relu(self.conv.forward(x))
        self.pooled = self.pool.forward(self.maps)
        self.flat = self.pooled.reshape(x.shape[0], -1)
        self.hidden = relu(np.dot(self.flat, self.params["W2"]) + self.params["b2"])
        return softmax(np.dot(self.hidden, self.params["W3"]) + self.params["b3"])

    def loss(self, x, t):
        """a number: the mean over the batch"""
        return cross_entropy_error(self.predict(x), t)

    def accuracy(self, x, t, batch_size=100):
        """the share of right answers, between 0 and 1"""
        if t.ndim != 1:
            t = np.argmax(t, axis=1)
        acc = 0.0
        for i in range(0, x.shape[0], batch_size):
            y = np.argmax(self.predict(x[i : i + batch_size]), axis=1)
            acc += np.sum(y == t[i : i + batch_size])
        return acc / x.shape[0]

    def gradient(self, x, t):
        """-> a dictionary: the gradients of the loss for W1, b1, W2, b2, W3 and b3"""
        y = self.predict(x)
        if t.size != y.size:
            t = np.eye(y.shape[1])[t]
        dscores = (y - t) / x.shape[0]
        dhidden = np.dot(dscores, self.params["W3"].T) * (self.hidden > 0)
        dpooled = np.dot(dhidden, self.params["W2"].T).reshape(self.pooled.shape)
        dmaps = self.pool.backward(dpooled) * (self.maps > 0)
        self.conv.backward(dmaps)
        return {
            "W1": self.conv.dW,
            "b1": self.conv.db,
            "W2": np.dot(self.flat.T, dhidden),
            "b2": np.sum(dhidden, axis=0),
            "W3": np.dot(self.hidden.T, dscores),
            "b3": np.sum(dscores, axis=0),
        }
