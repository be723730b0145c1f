"""A network that somebody trained and wants to keep: its layers, its numbers, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

Kind = Literal["dense", "conv", "plane"]
LayerSpec = tuple[str | int | float, ...]
"""A layer by its name, with its sizes behind: ``("convolution", 30, 5)``, as ``layers.py`` has them."""
ORDER = "order"
"""The array that says which pixel stands where, of a network that learned from permuted pixels."""


@dataclass(frozen=True, eq=False, kw_only=True)
class KeptNetwork:
    """``arrays`` are named as ``Network.params`` names them, with the running statistics of batch normalization beside.

    ``experiment`` is the id of the one that trained it, ``inputs`` the shape of one sample, ``data`` what it learned
    from: ``mnist`` or the name of a set of points; of MNIST it saw ``samples`` pictures. ``features`` are what a
    network of the plane is given of each point. ``test_accuracy`` is the share of ``tested`` test examples that it
    had right when it was kept, None where there is no such share. Whoever keeps it gives ``seed`` and ``updates``, the
    name is that of its file.
    """

    experiment: str
    inputs: tuple[int, ...]
    layers: tuple[LayerSpec, ...]
    arrays: Mapping[str, np.ndarray]
    data: str
    samples: int = 0
    features: tuple[str, ...] = ()
    test_accuracy: float | None = None
    tested: int = 0
    seed: int = 0
    updates: int = 0
    name: str = ""

    @property
    def kind(self) -> Kind:
        """Whether it reads points of the plane, or pictures by convolution or without."""
        if self.data != "mnist":
            return "plane"
        return "conv" if any(layer[0] == "convolution" for layer in self.layers) else "dense"

    @property
    def is_permuted(self) -> bool:
        """Whether it learned from pictures whose pixels were in another order."""
        return ORDER in self.arrays
