"""The trained weights of the convolutional network of chapter 7, read once and checked."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from engine.data.shipped_weights import FOLDER, read_weights
from engine.nn.conv_network import conv_network
from engine.nn.network import Network

FILE = FOLDER / "cnn.npz"


def load_cnn(file: Path = FILE) -> Network:
    """The network Convolution 30 5×5 – ReLU – MaxPool 2 – FC 100 – ReLU – FC 10 as trained on MNIST, in float32.

    Its ``params`` W1 (30, 1, 5, 5), b1, W2 (4320, 100), b2, W3 (100, 10), b3 are read once and read-only; each call
    makes a new network, since layers store values of their last pass. It takes images (N, 1, 28, 28) from 0 to 1.
    ``Refused`` if the file is damaged or missing.
    """
    network, trained = conv_network(), cnn_weights(file)
    for number, layer in enumerate((layer for layer in network.layers if layer.params), start=1):
        layer.params = {name: trained[f"{name}{number}"] for name in layer.params}
    return Network(network.layers, network.last)


@cache
def cnn_weights(file: Path = FILE) -> dict[str, np.ndarray]:
    """The arrays of the trained network by the names of ``Network.params``; read-only."""
    return read_weights(file, {name: values.shape for name, values in conv_network().params.items()}, np.float32)
