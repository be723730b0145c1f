"""Hyperparameter search: how trials are sampled, how scores depend on them, and how much of the best one is luck."""

from __future__ import annotations

import math

import numpy as np


def log_scale(share: np.ndarray, low: float, high: float) -> np.ndarray:
    """Numbers between 10^low and 10^high, whose exponents lie at a ``share`` (N,) of the way."""
    return 10.0 ** (low + share * (high - low))


def linear_scale(share: np.ndarray, low: float, high: float) -> np.ndarray:
    """Numbers that lie at a ``share`` (N,) of the way from 10^low to 10^high: nearly all of the largest power."""
    return 10.0**low + share * (10.0**high - 10.0**low)


def top_share(low: float, high: float, linear: bool) -> float:
    """The expected share of numbers from 10^low to 10^high within a factor of ten of the largest possible."""
    if high - low <= 1.0:
        return 1.0
    return 0.9 * 10.0**high / (10.0**high - 10.0**low) if linear else 1.0 / (high - low)


def random_search(trials: int, random: np.random.Generator) -> np.ndarray:
    """Random shares (trials, 2) of the way through both ranges: no two trials have a value in common."""
    return random.uniform(size=(trials, 2))


def grid_search(side: int) -> np.ndarray:
    """Shares (side², 2) of the way through both ranges: all pairs of ``side`` values, each in the middle of its
    part.
    """
    values = (np.arange(side) + 0.5) / side
    return np.array([(rate, decay) for rate in values for decay in values])


def chance_of_best(trials: int, share: float = 0.05) -> float:
    """The probability that at least one of so many random trials is among the best ``share`` of all possible ones."""
    return 1.0 - (1.0 - share) ** trials


def best_by_luck(coins: int, tosses: int) -> float:
    """The largest share of heads that is expected among so many fair coins, each tossed so often."""
    # The mean of a whole number from 0 on is the sum of the probabilities that it is above 0, 1, 2, …
    at_most = np.cumsum([math.comb(tosses, heads) / 2**tosses for heads in range(tosses)])
    return float(np.sum(1.0 - at_most**coins)) / tosses


def rank_link(values: np.ndarray, scores: np.ndarray) -> float:
    """The absolute value of Spearman's rank correlation between values (N,) and scores (N,).

    NaN for fewer than three of them, or if all values or all scores are the same.
    """
    if len(scores) < 3 or np.ptp(values) == 0 or np.ptp(scores) == 0:
        return math.nan
    return float(abs(np.corrcoef(_ranks(values), _ranks(scores))[0, 1]))


def _ranks(values: np.ndarray) -> np.ndarray:
    """The ranks (N,) of the numbers; equal ones share the mean of their ranks."""
    _, which, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[which]
