"""The data type of a saved network: its layers, its arrays, and data about its training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

LayerKind = Literal["dense", "conv", "plane"]
LayerSpec = tuple[str | int | float, ...]
"""A layer's name followed by its sizes, such as ``("convolution", 30, 5)``; see ``layers.py``."""
ORDER = "order"
"""The name of the array with the permutation of pixels, if a network was trained on permuted pixels."""


@dataclass(frozen=True, eq=False, kw_only=True)
class KeptNetwork:
    """A saved network: its layers, its arrays, and data about its training.

    ``arrays`` are named as in ``Network.params``, and include the running statistics of batch normalization.
    ``experiment`` is the id of the experiment that trained it, ``inputs`` the shape of one sample. ``data`` is what it
    was trained on, the name of a set of points or ``mnist``, and ``samples`` the number of samples. ``features`` are
    the inputs that a network of the plane computes from each point. ``test_accuracy`` is the share of ``tested`` test
    examples that were classified correctly when it was saved, or None. ``seed`` and ``updates`` are those of the run,
    ``name`` is the file's.
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
    def kind(self) -> LayerKind:
        """The kind of network: for points of the plane, or for images with or without convolution."""
        if self.data != "mnist":
            return "plane"
        return "conv" if any(layer[0] == "convolution" for layer in self.layers) else "dense"

    @property
    def is_permuted(self) -> bool:
        """Whether it was trained on images with permuted pixels."""
        return ORDER in self.arrays
