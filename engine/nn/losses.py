"""Loss functions: how wrong an output y is, given the wanted output t, as one number."""

from __future__ import annotations

import numpy as np


def sum_squared_error(y: np.ndarray, t: np.ndarray) -> float:
    """½ Σ (y − t)²: half the sum of squares, y and t (C,); for a batch (N, C) the mean of its rows.

    Nothing is divided by C: it is not the mean square.
    """
    y, t = _as_rows(y, t)
    return float(0.5 * np.sum((y - t) ** 2) / len(y))


def mean_squared_error(y: np.ndarray, t: np.ndarray) -> float:
    """(1/C) Σ (y − t)²: the mean of the squares, y and t (C,); for a batch (N, C) the mean of its rows."""
    y, t = _as_rows(y, t)
    return float(np.mean((y - t) ** 2))


def cross_entropy_error(y: np.ndarray, t: np.ndarray, guard: float = 0.0) -> float:
    """−Σ t log(y + guard): only the wanted class counts, y (C,); for a batch (N, C) the mean of its rows.

    t is one-hot, of y's shape, or class numbers with one axis less. ``guard`` is the small number that keeps the
    logarithm finite at y = 0, as 1e-7 often does; without it the loss is infinite there, without a warning.
    """
    y, t = _as_rows(y, t)
    # What is not wanted does not count, not even where its logarithm is −∞: there NumPy would make nan of 0 · log 0.
    y = np.where(t == 0, 1.0, y)
    with np.errstate(divide="ignore"):
        return float(-np.sum(t * np.log(y + guard)) / len(y)) + 0.0


def cross_entropy_of_classes(y: np.ndarray, t: np.ndarray, guard: float = 0.0) -> float:
    """The same from class numbers t (N,): of each row of y (N, C) the one value at its class is taken, nothing else."""
    with np.errstate(divide="ignore"):
        picked = np.log(y[np.arange(len(y)), t] + guard)  # (N, C) -> (N,)
    return float(-np.sum(picked) / len(y)) + 0.0


def naive_cross_entropy(y: np.ndarray, t: np.ndarray, guard: float = 0.0) -> float:
    """−Σ t log(y + guard) / N as it is often written: right for one-hot rows t (N, C) only, and it does not ask.

    Class numbers (N,) are laid over every row of y (N, C): with N = C that gives a number which means nothing, with
    another N a ValueError. 0 · log 0 becomes nan here.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.sum(t * np.log(y + guard)) / len(y)) + 0.0


def one_hot(classes: np.ndarray, count: int) -> np.ndarray:
    """Class numbers (N,) from 0 as rows (N, count) with a single 1; ValueError for a number outside."""
    classes = np.asarray(classes)
    if not np.issubdtype(classes.dtype, np.integer) or np.any((classes < 0) | (classes >= count)):
        raise ValueError(f"classes {classes.tolist()}: must be whole numbers from 0 to {count - 1}")
    return np.eye(count)[classes]


def _as_rows(y: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """y and its one-hot labels as rows (N, C); ValueError where they do not belong together."""
    y, t = np.asarray(y), np.asarray(t)
    y = np.atleast_2d(y if np.issubdtype(y.dtype, np.floating) else y.astype(float))
    if t.size == y.size and t.shape[-1:] == y.shape[-1:]:
        return y, np.atleast_2d(t)
    if t.size == len(y):
        return y, one_hot(np.atleast_1d(t), y.shape[1])
    raise ValueError(f"t of shape {t.shape} is neither one-hot nor class numbers for y of shape {y.shape}")
