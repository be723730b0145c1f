"""The networks that can read digits in `digits`: the trained network of the book, or one that the
learner has trained.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Generator
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from engine.contract.api import Progress
from engine.data.digits import pixels
from engine.networks.digit_reader import DigitReader
from engine.networks.kept import ORDER, KeptNetwork
from engine.nn import softmax
from engine.nn.digit_network import DigitNetwork, initial_network
from engine.nn.initializers import gaussian, xavier

_BEGINS = {"b": 0.0, "beta": 0.0, "gamma": 1.0, "running_mean": 0.0, "running_variance": 1.0}


def untrained(kept: KeptNetwork) -> KeptNetwork:
    """A copy of a saved network with new random weights, drawn by Xavier initialization with the network's seed.

    The actual initial weights are not saved; these have only the same distribution.
    """
    random = np.random.Generator(np.random.PCG64(kept.seed))
    return replace(kept, arrays={name: _begun(name, one, random) for name, one in kept.arrays.items()})


def _begun(name: str, array: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """The initial values of the array ``name``: random weights, or the constant at which such an array starts."""
    if name == ORDER:
        return array
    if name[0] == "W":
        inputs = array.shape[0] if array.ndim == 2 else math.prod(array.shape[1:])
        return gaussian(array.shape, xavier(inputs), random, array.dtype.type)
    return np.full_like(array, _BEGINS[name.rstrip("0123456789")])


@dataclass(frozen=True)
class Answer:
    """The hidden layers and scores for one image, and the probabilities ``every`` (N, 10) for all
    images of its batch.
    """

    hidden1: np.ndarray
    hidden2: np.ndarray
    scores: np.ndarray
    every: np.ndarray


class Reader(ABC):
    """Reads images (N, 28, 28) of bytes with its ``network``."""

    network: object

    @abstractmethod
    def answer(self, images: np.ndarray, here: int) -> Answer:
        """The hidden layers and scores for the image with the index ``here``, and the probabilities for all images."""

    @abstractmethod
    def answering(self, images: np.ndarray) -> Generator[Progress, None, tuple[np.ndarray, float]]:
        """A generator that yields its progress and returns the most probable digit of each image, (N,), and the seconds
        taken.
        """

    @abstractmethod
    def layer(self, images: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
        """For each image the output (N, D) of the layer ``name``, an option of ``DigitsParams.layer``, and the scores
        (N, 10).
        """

    @abstractmethod
    def before_learning(self) -> Reader:
        """A reader with the same layers but untrained weights."""


class ShippedReader(Reader):
    """Reads with the network 784-50-100-10 that comes with the program."""

    network: DigitNetwork

    def __init__(self, network: DigitNetwork) -> None:
        self.network = network

    def answer(self, images: np.ndarray, here: int) -> Answer:
        z1, z2, y = self.network.forward(pixels(images))
        return Answer(z1[here].copy(), z2[here].copy(), z2[here] @ self.network.W3 + self.network.b3, y)

    def answering(self, images: np.ndarray) -> Generator[Progress, None, tuple[np.ndarray, float]]:
        began = perf_counter()
        answers = self.network.answers(pixels(images))
        yield from ()
        return answers, perf_counter() - began

    def layer(self, images: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
        x = pixels(images)
        z1, z2, _ = self.network.forward(x)
        scores = z2 @ self.network.W3 + self.network.b3
        return {"pixels": x, "hidden1": z1, "hidden2": z2, "scores": scores}[name], scores

    def before_learning(self) -> Reader:
        return ShippedReader(initial_network())


class OwnReader(Reader):
    """Reads with a network that the learner has trained and saved."""

    network: KeptNetwork

    def __init__(self, kept: KeptNetwork) -> None:
        self.network = kept
        self._reader = DigitReader(kept)

    def answer(self, images: np.ndarray, here: int) -> Answer:
        found = self._reader.through(images)
        hidden, scores = self._reader.hidden(found)[here], found[-1].astype(np.float64)
        full = max(float(np.abs(hidden).max()), 1e-12)
        return Answer(hidden.ravel() / full, np.zeros(0), scores[here].copy(), softmax(scores))

    def answering(self, images: np.ndarray) -> Generator[Progress, None, tuple[np.ndarray, float]]:
        return self._reader.answering(images)

    def layer(self, images: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
        return self._reader.layer(images, name)

    def before_learning(self) -> Reader:
        return OwnReader(untrained(self.network))
