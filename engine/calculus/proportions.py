"""What a share of a few trials says of the probability behind it.

The score interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
"""

from __future__ import annotations

from math import sqrt

SURE = 1.959963984540054
"""The quantile of the normal distribution for an interval of 95 %."""


def wilson_interval(right: int, count: int, z: float = SURE) -> tuple[float, float]:
    """The interval in which the probability lies, by Wilson's score, where ``right`` of ``count`` trials came out; from
    0 to 1 where there was none. ValueError unless 0 ≤ right ≤ count.
    """
    if not 0 <= right <= count:
        raise ValueError(f"{right} of {count}")
    if not count:
        return 0.0, 1.0
    share, spread = right / count, z * z / count
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / count + spread / (4 * count))
    # Rounding must not exclude what can be: none, or all.
    return (max(0.0, middle - half) if right else 0.0), (min(1.0, middle + half) if right < count else 1.0)
