"""Independent streams of random numbers, by name, from one seed."""

from __future__ import annotations

from functools import cached_property

import numpy as np

_NAMES = ("data", "weights", "order", "noise", "augmentation", "direction")


class RandomStreams:
    """Random generators whose draws never shift one another: one more weight leaves the batch order as it was."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def _generator(self, name: str) -> np.random.Generator:
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([self._seed, _NAMES.index(name)])))

    def further(self, number: int) -> RandomStreams:
        """The streams of the seed so many after this one, from their beginnings: what a run with it would draw."""
        return RandomStreams(self._seed + number)

    @cached_property
    def data(self) -> np.random.Generator:
        """Draws that make or choose the data."""
        return self._generator("data")

    @cached_property
    def weights(self) -> np.random.Generator:
        """Draws of initial weights."""
        return self._generator("weights")

    @cached_property
    def order(self) -> np.random.Generator:
        """Draws of the order in which samples are shown."""
        return self._generator("order")

    @cached_property
    def noise(self) -> np.random.Generator:
        """Draws of noise during training, such as dropout's."""
        return self._generator("noise")

    @cached_property
    def augmentation(self) -> np.random.Generator:
        """Draws of how pictures are altered before a network learns from them."""
        return self._generator("augmentation")

    @cached_property
    def direction(self) -> np.random.Generator:
        """Draws of a direction in the space of all weights, along which a network is looked at."""
        return self._generator("direction")
