"""A network: layers in sequence, and a loss layer at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeGuard

import numpy as np


class Layer(Protocol):
    """The interface of a layer. A layer that behaves differently in training, such as dropout, takes ``training`` as a
    second argument of ``forward`` and sets ``tells_training`` to True.
    """

    params: dict[str, np.ndarray]
    grads: dict[str, np.ndarray]

    def forward(self, x: np.ndarray) -> np.ndarray: ...

    def backward(self, dout: np.ndarray) -> np.ndarray | None: ...


class TrainingLayer(Layer, Protocol):
    """The interface of a layer that behaves differently in training, such as dropout."""

    tells_training: bool

    def forward(self, x: np.ndarray, training: bool = True) -> np.ndarray: ...


def _tells_training(layer: Layer) -> TypeGuard[TrainingLayer]:
    return getattr(layer, "tells_training", False)


def passed_on(layer: Layer, x: np.ndarray) -> np.ndarray:
    """The output of a layer for ``x`` (N, …) outside of training, such as dropout's without a mask."""
    return layer.forward(x, False) if _tells_training(layer) else layer.forward(x)


class Rows(Protocol):
    """The interface of samples that can be indexed by slices, such as an array."""

    def __len__(self) -> int: ...

    def __getitem__(self, rows: slice, /) -> np.ndarray: ...


class Loss(Protocol):
    """The interface of a network's last layer, which computes the loss."""

    def forward(self, x: np.ndarray, t: np.ndarray) -> float: ...

    def backward(self, dout: float = 1.0) -> np.ndarray: ...


class Network:
    """A network: layers in sequence and a loss layer. ``params`` contains the arrays of all layers as W1, b1, W2, b2 …,
    numbered by the layers that have arrays.
    """

    def __init__(self, layers: Sequence[Layer], loss: Loss) -> None:
        self.layers = tuple(layers)
        self.last = loss
        self._learning = [layer for layer in self.layers if layer.params]
        self.params = {
            f"{name}{number}": values
            for number, layer in enumerate(self._learning, start=1)
            for name, values in layer.params.items()
        }

    def predict(self, x: np.ndarray, training: bool = False) -> np.ndarray:
        """The scores of every sample before softmax: (N, …) -> (N, classes)."""
        for layer in self.layers:
            x = layer.forward(x, training) if _tells_training(layer) else layer.forward(x)
        return x

    def loss(self, x: np.ndarray, t: np.ndarray, training: bool = False) -> float:
        """The mean loss for ``x`` with the labels ``t``: one forward pass."""
        return self.last.forward(self.predict(x, training), t)

    def gradients(self, x: np.ndarray, t: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
        """The loss, and its gradients under the names of ``params``: one forward pass and one backward pass."""
        loss = self.loss(x, t, training=True)
        dout: np.ndarray | None = self.last.backward()
        for layer in reversed(self.layers):
            assert dout is not None, "only the first layer may keep the gradient of its input to itself"
            dout = layer.backward(dout)
        grads = {
            f"{name}{number}": values
            for number, layer in enumerate(self._learning, start=1)
            for name, values in layer.grads.items()
        }
        return loss, grads

    def accuracy(self, x: Rows, t: np.ndarray, rows: int = 1000) -> float:
        """The share of right predictions, from 0 to 1, computed ``rows`` samples at a time; a last smaller block counts
        too.
        """
        right = 0
        for start in range(0, len(x), rows):
            scores = self.predict(x[start : start + rows])
            right += int(np.sum(np.argmax(scores, axis=1) == t[start : start + rows]))
        return right / len(x)
