"""Hyperparameter search: how trials are sampled, how scores depend on their values, and how much of the best score is
luck.
"""

from __future__ import annotations

import math

import numpy as np


def log_scale(share: np.ndarray, low: float, high: float) -> np.ndarray:
    """Maps each ``share`` (N,) from 0 to 1 to a value from 10^low to 10^high, evenly on a log scale."""
    return 10.0 ** (low + share * (high - low))


def linear_scale(share: np.ndarray, low: float, high: float) -> np.ndarray:
    """Maps each ``share`` (N,) from 0 to 1 to a value from 10^low to 10^high, evenly on a linear scale: nearly all
    values then have the largest power of ten.
    """
    return 10.0**low + share * (10.0**high - 10.0**low)


def top_share(low: float, high: float, linear: bool) -> float:
    """The expected fraction of sampled values that lie within a factor of ten of the maximum 10^high; ``linear`` or log
    scale.
    """
    if high - low <= 1.0:
        return 1.0
    return 0.9 * 10.0**high / (10.0**high - 10.0**low) if linear else 1.0 / (high - low)


def random_search(trials: int, random: np.random.Generator) -> np.ndarray:
    """Random positions (trials, 2) in the ranges of the two hyperparameters, each from 0 to 1. No two trials share a
    value.
    """
    return random.uniform(size=(trials, 2))


def grid_search(side: int) -> np.ndarray:
    """Positions (side², 2) in the ranges of the two hyperparameters, each from 0 to 1: a grid of all pairs of ``side``
    values. Each value is the centre of one of ``side`` equal intervals.
    """
    values = (np.arange(side) + 0.5) / side
    return np.array([(rate, decay) for rate in values for decay in values])


def chance_of_best(trials: int, share: float = 0.05) -> float:
    """The probability that at least one of ``trials`` random trials is among the best ``share`` of all possible
    ones.
    """
    return 1.0 - (1.0 - share) ** trials


def best_by_luck(coins: int, tosses: int) -> float:
    """The expected share of heads of the luckiest of ``coins`` fair coins, each tossed ``tosses`` times."""
    # The mean of a whole number from 0 on is the sum of the probabilities that it is above 0, 1, 2, …
    at_most = np.cumsum([math.comb(tosses, heads) / 2**tosses for heads in range(tosses)])
    return float(np.sum(1.0 - at_most**coins)) / tosses


def rank_link(values: np.ndarray, scores: np.ndarray) -> float:
    """The absolute value of Spearman's rank correlation between values (N,) and scores (N,).

    NaN for N < 3, or if all values or all scores are equal.
    """
    if len(scores) < 3 or np.ptp(values) == 0 or np.ptp(scores) == 0:
        return math.nan
    return float(abs(np.corrcoef(_ranks(values), _ranks(scores))[0, 1]))


def _ranks(values: np.ndarray) -> np.ndarray:
    """The ranks (N,) of the values, from 1; equal values share the mean of their ranks."""
    _, which, count = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[which]
