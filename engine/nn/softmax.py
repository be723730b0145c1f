"""Softmax: from scores to probabilities, in the form that cannot overflow and in the naive one that can."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


def softmax(x: np.ndarray, axis: int | None = -1) -> np.ndarray:
    """exp(x − max) / Σ exp(x − max) along ``axis``, for a batch the last: (..., C) -> (..., C), each row sums to 1.

    Taking the maximum away changes no quotient, and no exponent is above 0 any more, so nothing overflows. Without an
    axis (None) all numbers are taken for one row: a whole batch then sums to 1. float32 stays float32.
    """
    x = _floating(x)
    shifted = x - np.max(x, axis=axis, keepdims=True)
    exponentials = np.exp(shifted)
    total = np.sum(exponentials, axis=axis, keepdims=True)
    return exponentials / total


class NaiveSoftmax(NamedTuple):
    """What the formula gives as it is written: every step's numbers, infinite ones and nan included."""

    exponentials: np.ndarray
    total: np.ndarray
    probabilities: np.ndarray

    @property
    def overflows(self) -> bool:
        """Whether an exponential, or their sum, is larger than the format can hold."""
        return bool(np.any(np.isinf(self.total)))

    @property
    def vanishes(self) -> bool:
        """Whether all exponentials of a row are too small for the format, so that it becomes 0 / 0."""
        return bool(np.any(self.total == 0))


def naive_softmax(x: np.ndarray, axis: int | None = -1) -> NaiveSoftmax:
    """exp(x) / Σ exp(x) without the shift, for comparison: overflow gives inf and nan, and no warning."""
    x = _floating(x)
    with np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
        exponentials = np.exp(x)
        total = np.sum(exponentials, axis=axis, keepdims=True)
        return NaiveSoftmax(exponentials, total, exponentials / total)


def largest_exponent(dtype: type[np.floating]) -> float:
    """The largest x for which exp(x) is finite in a format: 88.7 for float32, 709.8 for float64."""
    return float(np.log(np.float64(np.finfo(dtype).max)))


def smallest_exponent(dtype: type[np.floating]) -> float:
    """The x below which exp(x) is rounded to 0 in a format: −104 for float32, −745.1 for float64."""
    smallest = float(np.nextafter(dtype(0), dtype(1)))
    return float(np.log(smallest) - np.log(2.0))


def _floating(x: np.ndarray) -> np.ndarray:
    """``x`` as it is where it has a floating point format, otherwise in float64."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(float)
