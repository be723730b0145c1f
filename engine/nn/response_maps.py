"""What every neuron of a small network answers all over the plane: one product a layer for all places; and as bytes."""

from __future__ import annotations

import numpy as np

from engine.nn.small_network import SmallNetwork


class ResponseMaps:
    """For ``inputs`` (n, G), the network's inputs at G places; in float32, which is more than a map can show.

    The arrays are made once, and those that are given out are written again by the next call.
    """

    def __init__(self, network: SmallNetwork, inputs: np.ndarray) -> None:
        count = inputs.shape[1]
        self._network = network
        # Places lie side by side, so that every neuron's map is one piece of memory. The last line is the 1 of biases.
        self._z = [np.ones((n + 1, count), np.float32) for n in network.sizes[:-1]]
        self._z[0][:-1] = inputs
        self._scores = np.empty((network.sizes[-1], count), np.float32)
        self._first = np.empty((network.sizes[1], count), np.float32)

    def compute(self) -> tuple[list[np.ndarray], np.ndarray, np.ndarray]:
        """The outputs (m, G) of every hidden layer, the scores (outputs, G), and the sums (m, G) of the first layer."""
        network = self._network
        hidden = []
        for k, name in enumerate(network.activations):
            z = self._z[k + 1][:-1]
            np.dot(network.blocks[k].T.astype(np.float32), self._z[k], z)
            if k == 0:
                np.copyto(self._first, z)
            _activate(name, z)
            hidden.append(z)
        np.dot(network.blocks[-1].T.astype(np.float32), self._z[-1], self._scores)
        return hidden, self._scores, self._first if hidden else self._scores


def _activate(name: str, z: np.ndarray) -> None:
    """In place, as in ``engine.nn.activations``; sigmoid by tanh, which NumPy computes eight numbers at a time."""
    if name == "tanh":
        np.tanh(z, z)
    elif name == "relu":
        np.maximum(z, 0.0, out=z)
    elif name == "sigmoid":
        z *= 0.5
        np.tanh(z, z)
        z *= 0.5
        z += 0.5


def signed_bytes(values: np.ndarray) -> np.ndarray:
    """−1 to 1 as 1 to 255, 0 as 128."""
    return (values * 127.0 + 128.5).astype(np.uint8)


def hidden_bytes(activation: str, z: np.ndarray) -> np.ndarray:
    """Sigmoid from 0 to 1 as 0 to 255; tanh as signed bytes, and so is what has no limits, squashed by z/(1 + |z|)."""
    if activation == "sigmoid":
        return (z * 255.0 + 0.5).astype(np.uint8)
    return signed_bytes(z if activation == "tanh" else z / (1.0 + np.abs(z)))


def output_bytes(scores: np.ndarray, is_regression: bool) -> tuple[np.ndarray, np.ndarray]:
    """The outputs (outputs, places), probabilities as 0 to 255 or heights as signed bytes, and the answers (places,).

    These are heights too, or 64 steps for each class from just likeliest to certain.
    """
    if is_regression:
        heights = signed_bytes(np.clip(scores, -1.0, 1.0))
        return heights, heights[0]
    y = np.exp(scores - scores.max(axis=0))
    y /= y.sum(axis=0)
    most, chance = y.max(axis=0), 1.0 / len(y)
    sure = (np.clip((most - chance) / (1.0 - chance), 0.0, 1.0) * 63.0).astype(np.uint8)
    return (y * 255.0 + 0.5).astype(np.uint8), (y.argmax(axis=0) * 64).astype(np.uint8) + sure
