"""Initial values of weights and biases."""

from __future__ import annotations

import numpy as np


def zeros(shape: tuple[int, ...], dtype: type[np.floating] = np.float64) -> np.ndarray:
    """All 0: right for biases. Weights that are all alike would stay alike, whatever they learn from."""
    return np.zeros(shape, dtype=dtype)


def gaussian(
    shape: tuple[int, ...], std: float, random: np.random.Generator, dtype: type[np.floating] = np.float64
) -> np.ndarray:
    """Normally distributed with mean 0 and standard deviation ``std``; the same draws in every format."""
    return (std * random.standard_normal(shape)).astype(dtype)
