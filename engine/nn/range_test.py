"""A range test of the learning rate: it grows from batch to batch, and the losses show which rates are any good."""

from __future__ import annotations

import numpy as np


def range_rates(low: float, high: float, count: int) -> np.ndarray:
    """Rates (count,) from 10^low to 10^high, each as many times the one before it.

    The test is that of Smith, arXiv:1506.01186, section 3.3, with rates that grow by factors instead of evenly, so that
    every power of ten gets as many batches.
    """
    return 10.0 ** np.linspace(low, high, count)


def smoothed(losses: np.ndarray, reach: int) -> np.ndarray:
    """Means (N,) of the losses (N,) around each: ``reach`` on either side, at both ends as many as there are.

    As many are taken before it as after it, so that falls and rises stay where they are, but at the ends.
    """
    sums, at = np.concatenate([[0.0], np.cumsum(losses)]), np.arange(len(losses))
    first, end = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(losses))
    return (sums[end] - sums[first]) / (end - first)


def steepest_fall(rates: np.ndarray, losses: np.ndarray, reach: int) -> float | None:
    """The rate at which the loss falls fastest on its way down; None where it falls nowhere, or there are too few.

    Through each loss and ``reach`` on either side goes the straight line over log10 of the rates that fits best; the
    fall is its slope, which single batches hardly change. What falls behind the lowest mean falls from a height to
    which too large a rate has thrown it, and does not count.
    """
    aside = np.arange(-reach, reach + 1.0)
    if len(losses) < len(aside):
        return None
    lowest = int(np.argmin(smoothed(losses, reach)))
    falls = -np.correlate(losses, aside, "valid")[: max(1, lowest - reach + 1)]
    place = int(np.argmax(falls))
    return float(rates[place + reach]) if falls[place] > 0 else None


def loss_at_start(losses: np.ndarray, reach: int) -> float | None:
    """The mean of the first ``reach`` losses, at rates that teach nothing yet; None where there are none."""
    return float(np.mean(losses[:reach])) if len(losses) else None


def rises_above_start(rates: np.ndarray, losses: np.ndarray, reach: int) -> float | None:
    """The first rate behind the lowest mean loss from which the mean is higher than at the start: from there on the
    steps do harm. None where it is not.
    """
    start = loss_at_start(losses, reach)
    if start is None:
        return None
    means = smoothed(losses, reach)
    lowest = int(np.argmin(means))
    above = np.flatnonzero(means[lowest:] > start)
    return float(rates[lowest + above[0]]) if len(above) else None
