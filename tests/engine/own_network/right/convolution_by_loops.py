# A CNN in single precision: loops on the way back, other names for everything inside, labels in either form.
import numpy as np

F = np.float32


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def cross_entropy_error(y, t):
    y = np.atleast_2d(y)
    if t.size == y.size:
        t = t.reshape(y.shape).argmax(axis=1)
    picked = y[np.arange(len(y)), t.astype(int).ravel()]
    return -np.log(picked + 1e-7).sum() / len(y)


def windows(side, size, stride):
    return [(k, slice(k * stride, k * stride + size)) for k in range((side - size) // stride + 1)]


def im2col(input_data, filter_h, filter_w, stride=1, pad=0):
    x = np.pad(input_data, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode="constant")
    rows, columns = windows(x.shape[2], filter_h, stride), windows(x.shape[3], filter_w, stride)
    out = np.empty((len(x), len(rows), len(columns), x.shape[1] * filter_h * filter_w), dtype=x.dtype)
    for i, down in rows:
        for j, across in columns:
            out[:, i, j] = x[:, :, down, across].reshape(len(x), -1)
    return out.reshape(-1, out.shape[-1])


class Convolution:
    def __init__(self, W, b, stride=1, pad=0):
        self.filters, self.bias, self.step, self.border = W, b, stride, pad

    def forward(self, x):
        self.size = x.shape
        n, _, h, w = x.shape
        count, _, fh, fw = self.filters.shape
        self.rows = im2col(x.astype(F), fh, fw, self.step, self.border)
        flat = self.rows.dot(self.filters.reshape(count, -1).T.astype(F)) + self.bias
        down = (h + 2 * self.border - fh) // self.step + 1
        return np.moveaxis(flat.reshape(n, down, -1, count), -1, 1).astype(F)

    def backward(self, dout):
        n, channels, h, w = self.size
        count, _, fh, fw = self.filters.shape
        p, s = self.border, self.step
        sums = np.moveaxis(dout, 1, -1).reshape(-1, count)
        self.db = sums.sum(axis=0)
        self.dW = sums.T.dot(self.rows).reshape(self.filters.shape)
        dx = np.zeros((n, channels, h + 2 * p, w + 2 * p), dtype=F)
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                dx[:, :, i * s : i * s + fh, j * s : j * s + fw] += np.tensordot(dout[:, :, i, j], self.filters, 1)
        return dx[:, :, p : p + h, p : p + w]


class Pooling:
    def __init__(self, pool_h, pool_w, stride=1, pad=0):
        self.h, self.w, self.s = pool_h, pool_w, stride

    def forward(self, x):
        self.x = x
        rows, columns = windows(x.shape[2], self.h, self.s), windows(x.shape[3], self.w, self.s)
        self.out = np.zeros((*x.shape[:2], len(rows), len(columns)), dtype=x.dtype)
        for i, down in rows:
            for j, across in columns:
                self.out[:, :, i, j] = x[:, :, down, across].max(axis=(2, 3))
        return self.out

    def backward(self, dout):
        dx = np.zeros(self.x.shape)
        for i, down in windows(self.x.shape[2], self.h, self.s):
            for j, across in windows(self.x.shape[3], self.w, self.s):
                largest = self.x[:, :, down, across] == self.out[:, :, i : i + 1, j : j + 1]
                dx[:, :, down, across] += largest * dout[:, :, i : i + 1, j : j + 1]
        return dx


class SimpleConvNet:
    def __init__(self, input_dim=(1, 28, 28), conv_param=None, hidden_size=100, output_size=10, weight_init_std=0.01):
        how = dict(filter_num=30, filter_size=5, pad=0, stride=1)
        how.update(conv_param or {})
        n, f = how["filter_num"], how["filter_size"]
        channels, side, _ = input_dim
        maps = (side - f + 2 * how["pad"]) // how["stride"] + 1
        shapes = [(n, channels, f, f), (n * (maps // 2) ** 2, hidden_size), (hidden_size, output_size)]
        self.params = {}
        for k, shape in enumerate(shapes, start=1):
            self.params["W%d" % k] = np.random.normal(0, weight_init_std, shape).astype(F)
            self.params["b%d" % k] = np.zeros(shape[0] if k == 1 else shape[1], dtype=F)
        self.conv = Convolution(self.params["W1"], self.params["b1"], how["stride"], how["pad"])
        self.pool = Pooling(2, 2, 2)

    def predict(self, x):
        p = self.params
        self.a1 = self.conv.forward(x)
        self.z1 = self.pool.forward(self.a1.clip(min=0))
        self.flat = self.z1.reshape(self.z1.shape[0], -1)
        self.a2 = self.flat.dot(p["W2"]) + p["b2"]
        return self.a2.clip(min=0).dot(p["W3"]) + p["b3"]

    def loss(self, x, t):
        return cross_entropy_error(softmax(self.predict(x)), t)

    def accuracy(self, x, t):
        if t.ndim > 1:
            t = t.argmax(1)
        return (self.predict(x).argmax(1) == t).mean()

    def gradient(self, x, t):
        p = self.params
        d3 = softmax(self.predict(x))
        n = len(d3)
        if t.ndim == 1:
            d3[np.arange(n), t] -= 1
        else:
            d3 -= t.astype(F)
        d3 /= n
        d2 = d3.dot(p["W3"].T)
        d2[self.a2 <= 0] = 0
        d1 = self.pool.backward(d2.dot(p["W2"].T).reshape(self.z1.shape))
        d1[self.a1 <= 0] = 0
        self.conv.backward(d1)
        hidden = np.maximum(self.a2, 0)
        return dict(
            W1=self.conv.dW, b1=self.conv.db, W2=self.flat.T.dot(d2), b2=d2.sum(0), W3=hidden.T.dot(d3), b3=d3.sum(0)
        )
