"""A CNN by views and einsum: layers that are made anew from params in each pass, probabilities from predict."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))


def softmax(x):
    x = x - np.max(x, axis=-1, keepdims=True)
    return np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)


def cross_entropy_error(y, t):
    if y.ndim == 1:
        y, t = y[np.newaxis], t[np.newaxis]
    if t.shape != y.shape:
        t = np.eye(y.shape[1])[np.ravel(t)]
    return -np.sum(t * np.log(y + 1e-7)) / y.shape[0]


def _windows(x, h, w, stride, pad):
    """(N, C, OH, OW, h, w), a view"""
    x = np.pad(x, [(0, 0), (0, 0), (pad, pad), (pad, pad)])
    return sliding_window_view(x, (h, w), axis=(2, 3))[:, :, ::stride, ::stride]


def im2col(input_data, filter_h, filter_w, stride=1, pad=0):
    parts = _windows(input_data, filter_h, filter_w, stride, pad)
    n, c, oh, ow, _, _ = parts.shape
    return parts.transpose(0, 2, 3, 1, 4, 5).reshape(n * oh * ow, c * filter_h * filter_w)


def _scatter(parts, shape, stride, pad):
    n, c, h, w = shape
    _, _, oh, ow, fh, fw = parts.shape
    x = np.zeros((n, c, h + 2 * pad + stride, w + 2 * pad + stride))
    for i in range(fh):
        for j in range(fw):
            x[:, :, i : i + stride * oh : stride, j : j + stride * ow : stride] += parts[..., i, j]
    return x[:, :, pad : h + pad, pad : w + pad]


class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def forward(self, x):
        self.x_shape = x.shape
        fn, c, fh, fw = self.W.shape
        self.parts = _windows(x, fh, fw, self.stride, self.pad)
        out = np.einsum("nchwij,fcij->nfhw", self.parts, self.W, optimize=True)
        return out + self.b[:, None, None]

    def backward(self, dout):
        self.db = np.einsum("nfhw->f", dout)
        self.dW = np.einsum("nfhw,nchwij->fcij", dout, self.parts, optimize=True)
        back = np.einsum("nfhw,fcij->nchwij", dout, self.W, optimize=True)
        return _scatter(back, self.x_shape, self.stride, self.pad)


class Pooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.size, self.stride, self.pad = (pool_h, pool_w), stride, pad

    def forward(self, x):
        self.x_shape = x.shape
        parts = _windows(x, *self.size, self.stride, self.pad)
        flat = parts.reshape(*parts.shape[:4], -1)
        self.choice = flat.argmax(axis=-1)
        return np.take_along_axis(flat, self.choice[..., None], axis=-1)[..., 0]

    def backward(self, dout):
        parts = np.zeros((*dout.shape, self.size[0] * self.size[1]))
        np.put_along_axis(parts, self.choice[..., None], dout[..., None], axis=-1)
        return _scatter(parts.reshape(*dout.shape, *self.size), self.x_shape, self.stride, self.pad)


class SimpleConvNet:
    def __init__(
        self,
        input_dim=(1, 28, 28),
        conv_param={"filter_num": 30, "filter_size": 5, "pad": 0, "stride": 1},
        hidden_size=100,
        output_size=10,
        weight_init_std=0.01,
    ):
        rng = np.random.default_rng()
        self.conv_param = dict(conv_param)
        count, size = conv_param["filter_num"], conv_param["filter_size"]
        after = Convolution(
            np.zeros((1, input_dim[0], size, size)), np.zeros(1), conv_param["stride"], conv_param["pad"]
        ).forward(np.zeros((1,) + tuple(input_dim)))
        pooled = count * Pooling(2, 2, 2).forward(after).size
        self.params = {
            "W1": rng.normal(scale=weight_init_std, size=(count, input_dim[0], size, size)),
            "b1": np.zeros(count),
            "W2": rng.normal(scale=weight_init_std, size=(pooled, hidden_size)),
            "b2": np.zeros(hidden_size),
            "W3": rng.normal(scale=weight_init_std, size=(hidden_size, output_size)),
            "b3": np.zeros(output_size),
        }

    def _forward(self, x):
        p = self.params
        conv = Convolution(p["W1"], p["b1"], stride=self.conv_param["stride"], pad=self.conv_param["pad"])
        pool = Pooling(2, 2, stride=2)
        maps = pool.forward(conv.forward(x))  # ReLU behind pooling gives the same
        kept = np.where(maps > 0, maps, 0.0).reshape(x.shape[0], -1)
        hidden = np.maximum(kept @ p["W2"] + p["b2"], 0)
        return conv, pool, maps, kept, hidden, softmax(hidden @ p["W3"] + p["b3"])

    def predict(self, x):
        return self._forward(x)[-1]

    def loss(self, x, t):
        return cross_entropy_error(self.predict(x), t)

    def accuracy(self, x, t, batch_size=50):
        labels = t.argmax(axis=1) if t.ndim == 2 else t
        hits = [
            np.sum(self.predict(x[i : i + batch_size]).argmax(axis=1) == labels[i : i + batch_size])
            for i in range(0, len(x), batch_size)
        ]
        return sum(hits) / len(x)

    def gradient(self, x, t):
        conv, pool, maps, kept, hidden, y = self._forward(x)
        if t.ndim == 1:
            t = np.eye(y.shape[1])[t]
        grads = {}
        back = (y - t) / x.shape[0]
        grads["W3"], grads["b3"] = hidden.T @ back, back.sum(axis=0)
        back = (back @ self.params["W3"].T) * (hidden > 0)
        grads["W2"], grads["b2"] = kept.T @ back, back.sum(axis=0)
        back = (back @ self.params["W2"].T).reshape(maps.shape) * (maps > 0)
        conv.backward(pool.backward(back))
        grads["W1"], grads["b1"] = conv.dW, conv.db
        return grads
