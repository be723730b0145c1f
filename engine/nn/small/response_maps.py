"""What every neuron of a small network answers all over the plane: one product of matrices a layer, for all places."""

from __future__ import annotations

import numpy as np

from engine.nn.small.small_network import SmallNetwork, in_place


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
            in_place(name).write(z, z)
            hidden.append(z)
        np.dot(network.blocks[-1].T.astype(np.float32), self._z[-1], self._scores)
        return hidden, self._scores, self._first if hidden else self._scores
