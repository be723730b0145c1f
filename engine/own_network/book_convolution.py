"""The part of the book's file for station 7: im2col, convolution and pooling layers, and a CNN made of them."""

from collections.abc import Mapping

import numpy as np

from engine.own_network.book import cross_entropy_error, softmax


def im2col(input_data: np.ndarray, filter_h: int, filter_w: int, stride: int = 1, pad: int = 0) -> np.ndarray:
    """Copies the windows of images (N, C, H, W) to rows: (N·out_h·out_w, C·filter_h·filter_w), channel by channel."""
    samples, channels, height, width = input_data.shape
    out_h = (height + 2 * pad - filter_h) // stride + 1
    out_w = (width + 2 * pad - filter_w) // stride + 1
    padded = np.pad(input_data, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    col = np.zeros((samples, channels, filter_h, filter_w, out_h, out_w))
    for y in range(filter_h):
        for x in range(filter_w):
            col[:, :, y, x] = padded[:, :, y : y + stride * out_h : stride, x : x + stride * out_w : stride]
    return col.transpose(0, 4, 5, 1, 2, 3).reshape(samples * out_h * out_w, -1)


def add_windows(
    col: np.ndarray, shape: tuple[int, ...], filter_h: int, filter_w: int, stride: int = 1, pad: int = 0
) -> np.ndarray:
    """Adds the rows that ``im2col`` makes of images of this shape to such images: each cell gets the sum over all
    windows that contain it.
    """
    samples, channels, height, width = shape
    out_h = (height + 2 * pad - filter_h) // stride + 1
    out_w = (width + 2 * pad - filter_w) // stride + 1
    parts = col.reshape(samples, out_h, out_w, channels, filter_h, filter_w).transpose(0, 3, 4, 5, 1, 2)
    padded = np.zeros((samples, channels, height + 2 * pad, width + 2 * pad))
    for y in range(filter_h):
        for x in range(filter_w):
            padded[:, :, y : y + stride * out_h : stride, x : x + stride * out_w : stride] += parts[:, :, y, x]
    return padded[:, :, pad : pad + height, pad : pad + width]


class Convolution:
    """A convolution layer with filters W (FN, C, FH, FW) and a bias for each; ``backward`` sets ``dW`` and ``db``."""

    def __init__(self, W: np.ndarray, b: np.ndarray, stride: int = 1, pad: int = 0) -> None:
        self.W, self.b, self.stride, self.pad = W, b, stride, pad

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Images (N, C, H, W) to feature maps (N, FN, out_h, out_w)."""
        filters, _, filter_h, filter_w = self.W.shape
        out_h = (x.shape[2] + 2 * self.pad - filter_h) // self.stride + 1
        self.shape, self.col = x.shape, im2col(x, filter_h, filter_w, self.stride, self.pad)
        out = self.col @ self.W.reshape(filters, -1).T + self.b
        return out.reshape(len(x), out_h, -1, filters).transpose(0, 3, 1, 2)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """The gradient with respect to the feature maps, dout, to that with respect to the images."""
        filters, _, filter_h, filter_w = self.W.shape
        back = dout.transpose(0, 2, 3, 1).reshape(-1, filters)
        self.db = np.sum(back, axis=0)
        self.dW = (back.T @ self.col).reshape(self.W.shape)
        dcol = back @ self.W.reshape(filters, -1)
        return add_windows(dcol, self.shape, filter_h, filter_w, self.stride, self.pad)


class Pooling:
    """Max pooling of each channel."""

    def __init__(self, pool_h: int, pool_w: int, stride: int = 1, pad: int = 0) -> None:
        self.pool_h, self.pool_w, self.stride, self.pad = pool_h, pool_w, stride, pad

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Feature maps (N, C, H, W) to smaller ones (N, C, out_h, out_w)."""
        out_h = (x.shape[2] + 2 * self.pad - self.pool_h) // self.stride + 1
        windows = im2col(x, self.pool_h, self.pool_w, self.stride, self.pad).reshape(-1, self.pool_h * self.pool_w)
        self.shape, self.largest = x.shape, np.argmax(windows, axis=1)
        pooled = np.max(windows, axis=1)
        return pooled.reshape(len(x), out_h, -1, x.shape[1]).transpose(0, 3, 1, 2)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Passes the gradient dout of each window to the cell that was its maximum."""
        back = np.zeros((dout.size, self.pool_h * self.pool_w))
        back[np.arange(dout.size), self.largest] = dout.transpose(0, 2, 3, 1).reshape(-1)
        return add_windows(back, self.shape, self.pool_h, self.pool_w, self.stride, self.pad)


class SimpleConvNet:
    """A CNN: convolution, ReLU, pooling, and two affine layers with ReLU between them; ``params`` are W1 (FN, C, FH,
    FW), b1, W2, b2, W3 and b3.
    """

    def __init__(
        self,
        input_dim: tuple[int, int, int] = (1, 28, 28),
        conv_param: Mapping[str, int] = {"filter_num": 30, "filter_size": 5, "pad": 0, "stride": 1},
        hidden_size: int = 100,
        output_size: int = 10,
        weight_init_std: float = 0.01,
    ) -> None:
        filters, side = conv_param["filter_num"], conv_param["filter_size"]
        stride, pad = conv_param["stride"], conv_param["pad"]
        map_side = (input_dim[1] + 2 * pad - side) // stride + 1
        pooled = filters * (map_side // 2) * (map_side // 2)
        self.params = {
            "W1": weight_init_std * np.random.randn(filters, input_dim[0], side, side),
            "b1": np.zeros(filters),
            "W2": weight_init_std * np.random.randn(pooled, hidden_size),
            "b2": np.zeros(hidden_size),
            "W3": weight_init_std * np.random.randn(hidden_size, output_size),
            "b3": np.zeros(output_size),
        }
        self.convolution = Convolution(self.params["W1"], self.params["b1"], stride, pad)
        self.pooling = Pooling(2, 2, stride=2)

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Probabilities (N, 10) of images (N, C, H, W)."""
        self.maps = np.maximum(0, self.convolution.forward(x))
        self.pooled = self.pooling.forward(self.maps)
        self.flat = self.pooled.reshape(len(x), -1)
        self.hidden = np.maximum(0, self.flat @ self.params["W2"] + self.params["b2"])
        return softmax(self.hidden @ self.params["W3"] + self.params["b3"])

    def loss(self, x: np.ndarray, t: np.ndarray) -> float:
        """The cross entropy error of a batch."""
        return cross_entropy_error(self.predict(x), t)

    def accuracy(self, x: np.ndarray, t: np.ndarray, batch_size: int = 100) -> float:
        """The share of the images that are classified correctly, computed in batches."""
        classes = t if t.ndim == 1 else np.argmax(t, axis=1)
        parts = [np.argmax(self.predict(x[at : at + batch_size]), axis=1) for at in range(0, len(x), batch_size)]
        return float(np.mean(np.concatenate(parts) == classes))

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """The gradient of the loss with respect to each array of ``params``, by backpropagation."""
        y = self.predict(x)
        dscores = (y - (t if t.size == y.size else np.eye(y.shape[1])[t])) / len(x)
        dhidden = dscores @ self.params["W3"].T * (self.hidden > 0)
        dpooled = (dhidden @ self.params["W2"].T).reshape(self.pooled.shape)
        dmaps = self.pooling.backward(dpooled) * (self.maps > 0)
        self.convolution.backward(dmaps)
        return {
            "W1": self.convolution.dW,
            "b1": self.convolution.db,
            "W2": self.flat.T @ dhidden,
            "b2": np.sum(dhidden, axis=0),
            "W3": self.hidden.T @ dscores,
            "b3": np.sum(dscores, axis=0),
        }
