"""The part of the book's file for station 6: a network of any number of layers, with weight decay and dropout, and the
optimizer Momentum.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.own_network.book import cross_entropy_error, softmax


class MultiLayerNet:
    """A network of any number of layers; ``params`` are W1 (D, H1), b1 (H1,), W2 (H1, H2), …, the last ones (…, C)."""

    def __init__(
        self,
        input_size: int,
        hidden_size_list: Sequence[int],
        output_size: int,
        weight_decay_lambda: float = 0,
        dropout_ratio: float = 0,
    ) -> None:
        self.weight_decay_lambda, self.dropout_ratio = weight_decay_lambda, dropout_ratio
        self.params: dict[str, np.ndarray] = {}
        sizes = [input_size, *hidden_size_list, output_size]
        self.last = len(sizes) - 1
        for number in range(1, self.last + 1):
            fan_in, fan_out = sizes[number - 1], sizes[number]
            self.params[f"W{number}"] = np.sqrt(2 / fan_in) * np.random.randn(fan_in, fan_out)
            self.params[f"b{number}"] = np.zeros(fan_out)

    def affine(self, number: int, z: np.ndarray) -> np.ndarray:
        """The weighted sums of the layer with this number, counted from 1."""
        return z @ self.params[f"W{number}"] + self.params[f"b{number}"]

    def passing(self, shape: tuple[int, ...], train_flg: bool) -> np.ndarray | float:
        """The factor that dropout multiplies by: a random mask of 0 and 1 in training, the share kept in a test."""
        if train_flg:
            return np.asarray(np.random.rand(*shape) > self.dropout_ratio, dtype=float)
        return 1 - self.dropout_ratio

    def forward(self, x: np.ndarray, train_flg: bool) -> tuple[np.ndarray, list[np.ndarray], list[np.ndarray]]:
        """Scores (N, C), the input of every layer, and the derivative of each hidden neuron's output with respect to
        its sum.
        """
        inputs, slopes = [x], []
        for number in range(1, self.last):
            a = self.affine(number, inputs[-1])
            passing = self.passing(a.shape, train_flg)
            slopes.append((a > 0) * passing)
            inputs.append(np.maximum(0, a) * passing)
        return self.affine(self.last, inputs[-1]), inputs, slopes

    def predict(self, x: np.ndarray, train_flg: bool = False) -> np.ndarray:
        """Scores (N, C) of samples (N, D)."""
        scores, _, _ = self.forward(x, train_flg)
        return scores

    def loss(self, x: np.ndarray, t: np.ndarray, train_flg: bool = False) -> float:
        """The cross entropy error of a batch, plus λ/2 times the sum of all squared weights."""
        squares = sum(float(np.sum(self.params[f"W{number}"] ** 2)) for number in range(1, self.last + 1))
        return cross_entropy_error(softmax(self.predict(x, train_flg)), t) + 0.5 * self.weight_decay_lambda * squares

    def accuracy(self, x: np.ndarray, t: np.ndarray) -> float:
        """The share of a batch that is classified correctly."""
        classes = t if t.ndim == 1 else np.argmax(t, axis=1)
        return float(np.mean(np.argmax(self.predict(x), axis=1) == classes))

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """The gradient of the loss in training with respect to each array of ``params``."""
        scores, inputs, slopes = self.forward(x, True)
        back = softmax(scores)
        back = (back - (t if t.size == back.size else np.eye(back.shape[1])[t])) / len(x)
        grads = {}
        for number in range(self.last, 0, -1):
            W = self.params[f"W{number}"]
            grads[f"W{number}"] = inputs[number - 1].T @ back + self.weight_decay_lambda * W
            grads[f"b{number}"] = np.sum(back, axis=0)
            if number > 1:
                back = back @ W.T * slopes[number - 2]
        return grads


class Momentum:
    """The optimizer Momentum: each array has a velocity v, which becomes momentum · v − lr · gradient."""

    def __init__(self, lr: float = 0.01, momentum: float = 0.9) -> None:
        self.lr, self.momentum = lr, momentum
        self.v: dict[str, np.ndarray] = {}

    def update(self, params: dict[str, np.ndarray], grads: dict[str, np.ndarray]) -> None:
        """Changes the arrays in ``params`` in place."""
        for name, grad in grads.items():
            before = self.v.get(name, np.zeros_like(grad))
            self.v[name] = self.momentum * before - self.lr * grad
            params[name] += self.v[name]
