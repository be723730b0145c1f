"""Cosine decay: half a wave of a cosine from the rate that is set down to 0, slow at both ends."""

from __future__ import annotations

import math


def cosine(rate: float, update: int, total: int) -> float:
    """η_t = η·(1 + cos(π·t/T)) / 2 for the update that comes after t = ``update`` others; 0 from T = ``total`` on.

    That is the schedule of Loshchilov and Hutter, arXiv:1608.03983, equation 5, down to 0 and without restarts.
    """
    if update >= total:
        return 0.0
    return rate * (1.0 + math.cos(math.pi * update / total)) / 2.0
