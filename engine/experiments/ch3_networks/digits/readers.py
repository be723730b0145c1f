"""Who reads the digits of the experiment `digits`: the trained network of the book, or one of the learner's own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from engine.contract.api import Progress
from engine.data.digits import pixels
from engine.networks.digit_reader import DigitReader
from engine.networks.fresh import untrained
from engine.networks.kept import KeptNetwork
from engine.nn import softmax
from engine.nn.digit_network import DigitNetwork, initial_network


@dataclass(frozen=True)
class Answer:
    """What a network makes of one picture, beside the probabilities (N, 10) that it gives to all that came with it."""

    hidden1: np.ndarray
    hidden2: np.ndarray
    scores: np.ndarray
    every: np.ndarray


class Reader(ABC):
    """Reads pictures (N, 28, 28) of bytes; ``network`` is what it reads with."""

    network: object

    @abstractmethod
    def answer(self, images: np.ndarray, here: int) -> Answer:
        """What is to be seen of the picture ``here``, and the probabilities for all."""

    @abstractmethod
    def answering(self, images: np.ndarray) -> Generator[Progress, None, tuple[np.ndarray, float]]:
        """The most probable digit of each picture, (N,), and the seconds that the network took."""

    @abstractmethod
    def layer(self, images: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
        """What one of the layers that `DigitsParams.layer` offers makes of each picture (N, D), and the scores."""

    @abstractmethod
    def before_learning(self) -> Reader:
        """The same with weights that have learned nothing."""


class ShippedReader(Reader):
    """The network 784-50-100-10 that comes with the program."""

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
    """A network that the learner has trained and kept."""

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
