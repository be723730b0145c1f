"""Networks as they are kept, untrained and small, for tests that need one."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from engine.networks.archive import network_file
from engine.networks.kept import KeptNetwork
from engine.networks.layers import layers_of
from engine.nn.conv_network import conv_network
from engine.nn.deep_network import deep_network


def convolutional(filters: int = 3, kernel: int = 5, hidden: int = 7, **more) -> KeptNetwork:
    """One as `cnn` trains them; ``order``, where it is given, is that of its pixels."""
    order = more.pop("order", None)
    network = conv_network(
        np.random.default_rng(1), filters=filters, kernel=kernel, hidden=hidden, std=0.1,
        masks=np.random.default_rng(2), pooling_first=True, **more,
    )  # fmt: skip
    layers, arrays = layers_of(network)
    arrays |= {} if order is None else {"order": order}
    return KeptNetwork(
        experiment="cnn", inputs=(1, 28, 28), layers=layers, arrays=arrays, data="mnist", samples=60_000,
        test_accuracy=0.928, tested=500, seed=4, updates=1200,
    )  # fmt: skip


def dense(side: int = 28, activation: str = "sigmoid", dtype: type[np.floating] = np.float32) -> KeptNetwork:
    """One as `training` trains them."""
    network = deep_network((side**2, 6, 10), activation, 0.1, np.random.default_rng(3), dtype=dtype)
    layers, arrays = layers_of(network)
    return KeptNetwork(
        experiment="training", inputs=(side**2,), layers=layers, arrays=arrays, data="mnist", samples=300,
        test_accuracy=0.5, tested=1000, updates=7,
    )  # fmt: skip


def plane() -> KeptNetwork:
    """One as `playground` trains them."""
    network = deep_network((2, 4, 2), "tanh", 0.5, np.random.default_rng(5), dtype=np.float64)
    layers, arrays = layers_of(network)
    return KeptNetwork(
        experiment="playground", inputs=(2,), layers=layers, arrays=arrays, data="circle", features=("x1", "x2"),
        test_accuracy=0.75, tested=250, updates=100,
    )  # fmt: skip


def laid_in(folder: Path, network: KeptNetwork, name: str = "mine") -> Path:
    """The file of a network in a folder."""
    path = folder / f"{name}.network.npz"
    path.write_bytes(network_file(network))
    return path
