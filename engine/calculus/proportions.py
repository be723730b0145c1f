"""Estimates a probability from the share of successes in a few trials.

The score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
"""

from __future__ import annotations

from math import sqrt

SURE = 1.959963984540054
"""The quantile of the normal distribution for a 95 % confidence interval."""


def wilson_interval(right: int, count: int, z: float = SURE) -> tuple[float, float]:
    """Wilson's score interval (low, high) for the probability of success, after ``right`` successes in ``count``
    trials; from 0 to 1 without any trial. ValueError unless 0 ≤ right ≤ count.
    """
    if not 0 <= right <= count:
        raise ValueError(f"{right} of {count}")
    if not count:
        return 0.0, 1.0
    share, spread = right / count, z * z / count
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / count + spread / (4 * count))
    # Rounding must not exclude the possible probabilities 0 or 1.
    return (max(0.0, middle - half) if right else 0.0), (min(1.0, middle + half) if right < count else 1.0)
