"""No schedule: every update has the rate that is set."""

from __future__ import annotations


def constant(rate: float, update: int, total: int) -> float:
    """η_t = η: the rate of the update that comes after ``update`` others, however many are planned in ``total``."""
    return rate
