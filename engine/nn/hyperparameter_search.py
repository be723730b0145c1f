"""Trying hyperparameters: where trials lie, how scores go with them, and how much of the best of many is chance."""

from __future__ import annotations

import math

import numpy as np


def log_scale(share: np.ndarray, low: float, high: float) -> np.ndarray:
    """Numbers that lie at a ``share`` (N,) of the way from 10^low to 10^high, counted in powers of ten."""
    return 10.0 ** (low + share * (high - low))


def linear_scale(share: np.ndarray, low: float, high: float) -> np.ndarray:
    """Numbers that lie at a ``share`` (N,) of the way from 10^low to 10^high: nearly all are of the largest power."""
    return 10.0**low + share * (10.0**high - 10.0**low)


def top_share(low: float, high: float, linear: bool) -> float:
    """The share of numbers from 10^low to 10^high that is to be expected within a factor of ten of the largest."""
    if high - low <= 1.0:
        return 1.0
    return 0.9 * 10.0**high / (10.0**high - 10.0**low) if linear else 1.0 / (high - low)


def random_search(trials: int, random: np.random.Generator) -> np.ndarray:
    """Shares (trials, 2) of the way through both ranges: every trial has new ones of both."""
    return random.uniform(size=(trials, 2))


def grid_search(side: int) -> np.ndarray:
    """Shares (side², 2): all pairs of ``side`` values, each in the middle of its part of the range."""
    values = (np.arange(side) + 0.5) / side
    return np.array([(rate, decay) for rate in values for decay in values])


def chance_of_best(trials: int, share: float = 0.05) -> float:
    """The probability that at least one of so many random trials is among the best ``share`` of all there could be."""
    return 1.0 - (1.0 - share) ** trials


def best_by_luck(coins: int, tosses: int) -> float:
    """The share of heads that the best of so many fair coins gets on average, each tossed so often."""
    # The mean of a whole number from 0 on is the sum of the probabilities that it is above 0, 1, 2, …
    at_most = np.cumsum([math.comb(tosses, heads) / 2**tosses for heads in range(tosses)])
    return float(np.sum(1.0 - at_most**coins)) / tosses


def rank_link(values: np.ndarray, scores: np.ndarray) -> float:
    """How closely scores (N,) go up or down with values (N,): Spearman's rank correlation, without its sign.

    NaN for fewer than three, and where all values or all scores are the same.
    """
    if len(scores) < 3 or np.ptp(values) == 0 or np.ptp(scores) == 0:
        return math.nan
    return float(abs(np.corrcoef(_ranks(values), _ranks(scores))[0, 1]))


def _ranks(values: np.ndarray) -> np.ndarray:
    """The place (N,) of each number in their order; equal ones share the mean of their places."""
    _, which, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[which]
