"""Step decay: the rate stays as it is for long stretches, and falls to a tenth between them."""

from __future__ import annotations


def step_decay(rate: float, update: int, total: int) -> float:
    """η_t = η / 10^n for the update that comes after t = ``update`` others; n counts which of T/2 and 3T/4 are passed.

    T is ``total``, the updates that are planned; after them n stays 2. So the rate is divided by ten at half and at
    three quarters of the way, as in He et al., arXiv:1512.03385, section 4.2 (at 32,000 and 48,000 of 64,000 updates).
    """
    drops = (2 * update >= total) + (4 * update >= 3 * total)
    return rate / 10.0**drops
