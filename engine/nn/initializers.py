"""Initial values of weights and biases."""

from __future__ import annotations

import math

import numpy as np


def zeros(shape: tuple[int, ...], dtype: type[np.floating] = np.float64) -> np.ndarray:
    """Zeros, as used for biases. Weights must not all start equal: they would stay equal, whatever the training
    data.
    """
    return np.zeros(shape, dtype=dtype)


def gaussian(
    shape: tuple[int, ...], std: float, random: np.random.Generator, dtype: type[np.floating] = np.float64
) -> np.ndarray:
    """Normally distributed numbers with mean 0 and standard deviation ``std``; ``dtype`` does not affect the draws."""
    return (std * random.standard_normal(shape)).astype(dtype)


def xavier(inputs: int) -> float:
    """√(1/n): the standard deviation of weights that keeps the standard deviation of the activations from layer to
    layer, as long as they lie near 0.

    For sigmoid and tanh; n is the number of ``inputs`` of a neuron. After Glorot and Bengio, "Understanding the
    difficulty of training deep feedforward neural networks", 2010, whose own formula √(2/(n + m)) also counts the m
    neurons of the layer; PyTorch's ``xavier_normal_`` is that one, and the same where n = m.
    """
    return math.sqrt(1.0 / inputs)


def he(inputs: int) -> float:
    """√(2/n): like ``xavier``, but for ReLU, which makes half of the activations 0.

    After He et al., "Delving Deep into Rectifiers", 2015; PyTorch's ``kaiming_normal_``.
    """
    return math.sqrt(2.0 / inputs)
