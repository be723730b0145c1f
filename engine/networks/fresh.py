"""A kept network as it might have begun: the same layers with weights that nothing has taught."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from engine.networks.kept import ORDER, KeptNetwork
from engine.nn.initializers import gaussian, xavier

_BEGINS = {"b": 0.0, "beta": 0.0, "gamma": 1.0, "running_mean": 0.0, "running_variance": 1.0}


def untrained(kept: KeptNetwork) -> KeptNetwork:
    """A network of the same sizes whose weights are drawn anew, by Xavier's spread and the seed that it was kept with.

    The weights that it really began with are not kept, and so these are only like them.
    """
    random = np.random.Generator(np.random.PCG64(kept.seed))
    return replace(kept, arrays={name: _begun(name, one, random) for name, one in kept.arrays.items()})


def _begun(name: str, array: np.ndarray, random: np.random.Generator) -> np.ndarray:
    if name == ORDER:
        return array
    if name[0] == "W":
        inputs = array.shape[0] if array.ndim == 2 else math.prod(array.shape[1:])
        return gaussian(array.shape, xavier(inputs), random, array.dtype.type)
    return np.full_like(array, _BEGINS[name.rstrip("0123456789")])
