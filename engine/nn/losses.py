"""Loss functions: the error of an output y against the target output t, as one number."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


def sum_squared_error(y: np.ndarray, t: np.ndarray) -> float:
    """½ Σ (y − t)²: half the sum of squared errors, y and t (C,); for a batch (N, C) the mean over its rows.

    It is not divided by C, unlike the mean squared error.
    """
    y, t = _as_rows(y, t)
    return float(0.5 * np.sum((y - t) ** 2) / len(y))


def mean_squared_error(y: np.ndarray, t: np.ndarray) -> float:
    """(1/C) Σ (y − t)²: the mean of the squared errors, y and t (C,); for a batch (N, C) the mean over its rows."""
    y, t = _as_rows(y, t)
    return float(np.mean((y - t) ** 2))


def cross_entropy_error(y: np.ndarray, t: np.ndarray, guard: float = 0.0) -> float:
    """−Σ t log(y + guard): only the right class counts, y (C,); for a batch (N, C) the mean over its rows.

    t is one-hot, of y's shape, or class indices with one axis less. ``guard`` is the small number, often 1e-7, that
    keeps the logarithm finite at y = 0; without it the loss is infinite there, without a warning.
    """
    y, t = _as_rows(y, t)
    # Terms with t = 0 are skipped, even where the logarithm is −∞: there 0 · log 0 would be nan in NumPy.
    y = np.where(t == 0, 1.0, y)
    with np.errstate(divide="ignore"):
        return float(-np.sum(t * np.log(y + guard)) / len(y)) + 0.0


def cross_entropy_of_classes(y: np.ndarray, t: np.ndarray, guard: float = 0.0) -> float:
    """Like ``cross_entropy_error``, for class indices t (N,): from each row of y (N, C) only the value at its class is
    used.
    """
    with np.errstate(divide="ignore"):
        picked = np.log(y[np.arange(len(y)), t] + guard)  # (N, C) -> (N,)
    return float(-np.sum(picked) / len(y)) + 0.0


def naive_cross_entropy(y: np.ndarray, t: np.ndarray, guard: float = 0.0) -> float:
    """−Σ t log(y + guard) / N as it is often written: correct only for one-hot rows t (N, C), which is not checked.

    Class indices (N,) would be broadcast over every row of y (N, C): if N = C, the result is meaningless; for any other
    N it is a ValueError. 0 · log 0 becomes nan here.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.sum(t * np.log(y + guard)) / len(y)) + 0.0


def one_hot(classes: np.ndarray, count: int) -> np.ndarray:
    """One-hot rows (N, count) for class indices (N,) from 0; ValueError if an index is not below ``count``."""
    classes = np.asarray(classes)
    if not np.issubdtype(classes.dtype, np.integer) or np.any((classes < 0) | (classes >= count)):
        raise ValueError(f"classes {classes.tolist()}: must be whole numbers from 0 to {count - 1}")
    return np.eye(count)[classes]


def _as_rows(y: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """y and its one-hot labels as rows (N, C); ValueError if their shapes do not fit."""
    y, t = np.asarray(y), np.asarray(t)
    y = np.atleast_2d(y if np.issubdtype(y.dtype, np.floating) else y.astype(float))
    if t.size == y.size and t.shape[-1:] == y.shape[-1:]:
        return y, np.atleast_2d(t)
    if t.size == len(y):
        return y, one_hot(np.atleast_1d(t), y.shape[1])
    raise ValueError(f"t of shape {t.shape} is neither one-hot nor class numbers for y of shape {y.shape}")


def softmax(x: np.ndarray, axis: int | None = -1) -> np.ndarray:
    """exp(x − max) / Σ exp(x − max) along ``axis``, for a batch the last one: (..., C) -> (..., C), each row sums to 1.

    Subtracting the maximum does not change the quotients, and no exponent is then above 0, so nothing overflows. With
    ``axis`` None all values are treated as one row: a whole batch then sums to 1. float32 stays float32.
    """
    x = _floating(x)
    shifted = x - np.max(x, axis=axis, keepdims=True)
    exponentials = np.exp(shifted)
    total = np.sum(exponentials, axis=axis, keepdims=True)
    return exponentials / total


class NaiveSoftmax(NamedTuple):
    """The results of softmax without subtracting the maximum: the values of every step, including infinite ones and
    nan.
    """

    exponentials: np.ndarray
    total: np.ndarray
    probabilities: np.ndarray

    @property
    def overflows(self) -> bool:
        """Whether an exponential, or their sum, overflows the dtype."""
        return bool(np.any(np.isinf(self.total)))

    @property
    def vanishes(self) -> bool:
        """Whether all exponentials of a row underflow to 0, so that it becomes 0 / 0."""
        return bool(np.any(self.total == 0))


def naive_softmax(x: np.ndarray, axis: int | None = -1) -> NaiveSoftmax:
    """exp(x) / Σ exp(x): softmax without subtracting the maximum, for comparison. Overflow gives inf and nan, without a
    warning.
    """
    x = _floating(x)
    with np.errstate(over="ignore", under="ignore", invalid="ignore", divide="ignore"):
        exponentials = np.exp(x)
        total = np.sum(exponentials, axis=axis, keepdims=True)
        return NaiveSoftmax(exponentials, total, exponentials / total)


def largest_exponent(dtype: type[np.floating]) -> float:
    """The largest x for which exp(x) is finite in a dtype: 88.7 for float32, 709.8 for float64."""
    return float(np.log(np.float64(np.finfo(dtype).max)))


def smallest_exponent(dtype: type[np.floating]) -> float:
    """The x below which exp(x) is rounded to 0 in a dtype: −104 for float32, −745.1 for float64."""
    smallest = float(np.nextafter(dtype(0), dtype(1)))
    return float(np.log(smallest) - np.log(2.0))


def _floating(x: np.ndarray) -> np.ndarray:
    """``x`` itself if it has a floating point dtype, otherwise a copy in float64."""
    x = np.asarray(x)
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(float)
