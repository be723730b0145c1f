"""The book's file, the right solution of the stations: a network with NumPy alone, and the book's names and shapes.

Its source stands in for stations that a learner has not begun, so it imports nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def sigmoid(x: np.ndarray) -> np.ndarray:
    """The sigmoid of each element, between 0 and 1."""
    return np.asarray(1 / (1 + np.exp(-x)))


def softmax(x: np.ndarray) -> np.ndarray:
    """Converts scores (C,) or (N, C) to probabilities, whose sum along the last axis is 1."""
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return np.asarray(powers / np.sum(powers, axis=-1, keepdims=True))


def cross_entropy_error(y: np.ndarray, t: np.ndarray) -> float:
    """The mean of −log(probability of the right class).

    y: probabilities (C,) or (N, C); t: labels, one-hot or class numbers.
    """
    y = y.reshape(-1, y.shape[-1])
    classes = np.argmax(t.reshape(y.shape), axis=1) if t.size == y.size else t.reshape(-1)
    return float(-np.mean(np.log(y[np.arange(len(y)), classes] + 1e-7)))


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray) -> np.ndarray:
    """The gradient of f with respect to x, by central differences; x is changed meanwhile and restored."""
    h = 1e-4
    grad = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        kept = x[place]
        x[place] = kept + h
        above = f(x)
        x[place] = kept - h
        grad[place] = (above - f(x)) / (2 * h)
        x[place] = kept
    return grad


class TwoLayerNet:
    """A network of two layers; ``params`` are W1 (D, H), b1 (H,), W2 (H, C) and b2 (C,)."""

    def __init__(self, input_size: int, hidden_size: int, output_size: int, weight_init_std: float = 0.01) -> None:
        self.params = {
            "W1": weight_init_std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def hidden(self, a: np.ndarray) -> np.ndarray:
        """The activation function of the hidden layer, applied to its weighted sums a."""
        return sigmoid(a)

    def slope(self, z: np.ndarray) -> np.ndarray:
        """The derivative of the activation function, computed from its output z."""
        return z * (1 - z)

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Probabilities (N, C) of images (N, D)."""
        z = self.hidden(x @ self.params["W1"] + self.params["b1"])
        return softmax(z @ self.params["W2"] + self.params["b2"])

    def loss(self, x: np.ndarray, t: np.ndarray) -> float:
        """The cross entropy error of a batch."""
        return cross_entropy_error(self.predict(x), t)

    def accuracy(self, x: np.ndarray, t: np.ndarray) -> float:
        """The share of a batch that is classified correctly."""
        classes = t if t.ndim == 1 else np.argmax(t, axis=1)
        return float(np.mean(np.argmax(self.predict(x), axis=1) == classes))

    def numerical_gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """The gradient of the loss with respect to each array of ``params``, by central differences."""

        def loss(_: np.ndarray) -> float:
            return self.loss(x, t)

        return {name: numerical_gradient(loss, array) for name, array in self.params.items()}

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """The same gradient as ``numerical_gradient``, by backpropagation."""
        z = self.hidden(x @ self.params["W1"] + self.params["b1"])
        y = softmax(z @ self.params["W2"] + self.params["b2"])
        right = t if t.size == y.size else np.eye(y.shape[1])[t]
        dy = (y - right) / len(x)
        da = dy @ self.params["W2"].T * self.slope(z)
        return {"W1": x.T @ da, "b1": np.sum(da, axis=0), "W2": z.T @ dy, "b2": np.sum(dy, axis=0)}


def train(
    network: Any,
    x_train: np.ndarray,
    t_train: np.ndarray,
    x_test: np.ndarray,
    t_test: np.ndarray,
    epochs: int = 3,
    batch_size: int = 100,
    learning_rate: float = 0.1,
) -> tuple[list[float], list[float], list[float]]:
    """Trains the network by SGD; returns the loss of every update, and both accuracies after every epoch."""
    train_loss_list, train_acc_list, test_acc_list = [], [], []
    for _ in range(epochs):
        for _ in range(len(x_train) // batch_size):
            batch = np.random.choice(len(x_train), batch_size)
            x_batch, t_batch = x_train[batch], t_train[batch]
            grad = network.gradient(x_batch, t_batch)
            for name in network.params:
                network.params[name] -= learning_rate * grad[name]
            train_loss_list.append(network.loss(x_batch, t_batch))
        train_acc_list.append(network.accuracy(x_train, t_train))
        test_acc_list.append(network.accuracy(x_test, t_test))
    return train_loss_list, train_acc_list, test_acc_list
