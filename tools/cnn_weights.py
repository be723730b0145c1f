"""resources/weights/cnn.npz: the convolutional network of chapter 7 trained on MNIST with a fixed seed."""

from __future__ import annotations

import time
from typing import TypedDict

import numpy as np

from engine.data.cnn_weights import FILE
from engine.data.digits import Digits, load_digits
from engine.data.pixel_rows import PixelPictures
from engine.experiments.shared.learning.batches import Batches
from engine.nn import Adam, Network, conv_network
from tools.weights_archive import is_stale, settings_digest, write_weights


class Stage(TypedDict):
    """A stage of the training with its own learning rate."""

    epochs: int
    rate: float


class Settings(TypedDict):
    """The settings that determine the weights."""

    seed: int
    batch: int
    std: float
    filters: int
    kernel: int
    hidden: int
    stages: list[Stage]


SETTINGS: Settings = {
    "seed": 7, "batch": 100, "std": 0.01, "filters": 30, "kernel": 5, "hidden": 100,
    # At the first rate the accuracy goes up and down by a tenth of a percent from epoch to epoch, whichever is the
    # last; with a tenth of it the weights settle. Nothing was chosen by the test digits.
    "stages": [{"epochs": 20, "rate": 0.001}, {"epochs": 1, "rate": 0.0001}],
}  # fmt: skip
_ROWS = 200

Curves = dict[str, list[float]]


def stale() -> bool:
    """Whether the weights are missing or were made with other settings or data; never trains."""
    return is_stale(FILE, settings_digest(SETTINGS))


def build() -> None:
    """Train, measure both accuracies after every epoch, and write weights and manifest; takes some minutes."""
    began = time.perf_counter()
    network, curves = train()
    write(network, curves, round(time.perf_counter() - began))


def write(network: Network, curves: Curves, seconds: int) -> None:
    """Write the weights as float16, and the manifest with how they were made and how well they read the test set."""
    write_weights(
        FILE, network.params, np.float16, settings_digest(SETTINGS),
        test_accuracy=network.accuracy(*_pictures(load_digits("test")), _ROWS),
        seed=SETTINGS["seed"], seconds=seconds, accuracy_by_epoch=curves,
    )  # fmt: skip


def train() -> tuple[Network, Curves]:
    """The network after all stages, and after each epoch the accuracies on all digits."""
    chance = np.random.Generator(np.random.PCG64(SETTINGS["seed"]))
    network = conv_network(
        chance,
        filters=SETTINGS["filters"],
        kernel=SETTINGS["kernel"],
        hidden=SETTINGS["hidden"],
        std=SETTINGS["std"],
        pooling_first=True,
    )
    curves: Curves = {"train": [], "test": []}
    for number, stage in enumerate(SETTINGS["stages"]):
        learn(network, stage, chance if number == 0 else stage_chance(number), curves)
    return network, curves


def stage_chance(number: int) -> np.random.Generator:
    """The random generator that shuffles the digits in a stage after the first, by its number."""
    return np.random.Generator(np.random.PCG64(SETTINGS["seed"] + number))


def learn(network: Network, stage: Stage, chance: np.random.Generator, curves: Curves) -> None:
    """Trains the epochs of one stage, with a new optimizer; the weights are rounded at the end, to the shipped
    precision.
    """
    parts = {name: _pictures(load_digits(name)) for name in curves}
    (x, t), adam = parts["train"], Adam(stage["rate"])
    batches = Batches(len(t), SETTINGS["batch"], chance)
    while batches.epoch < stage["epochs"]:
        _, grads = network.gradients(x[batches.rows], t[batches.rows])
        adam.update(network.params, grads)
        if "epoch" in batches.done():
            for name, part in parts.items():
                curves[name].append(network.accuracy(*part, _ROWS))
    for values in network.params.values():
        values[...] = values.astype(np.float16)


def _pictures(digits: Digits) -> tuple[PixelPictures, np.ndarray]:
    return PixelPictures(digits.images), digits.labels
