"""Limits of time on the machine as it is at the moment: a slow or a busy one fails no test."""

from __future__ import annotations

import time

import numpy as np

import engine  # noqa: F401 (before NumPy: one BLAS thread)

_USUAL = 0.0045
"""Seconds that the yardstick takes on the quiet machine for which the limits are written."""


def within(seconds: float, limit: float) -> bool:
    """Whether something that took ``seconds`` of a thread's time keeps to ``limit``, as said for the usual machine.

    Only where it does not, the machine is measured: where it is slower now, the limit is longer by as much.
    """
    return seconds < limit or seconds < limit * slowness()


def slowness() -> float:
    """How many times as long as usual the machine takes at its slowest moments now, at least 1."""
    return max(1.0, max(_yardstick() for _ in range(15)) / _USUAL)


def _yardstick() -> float:
    """Seconds of a piece of work as the program does it: plain Python, and NumPy on arrays small and large."""
    began = time.thread_time()
    total, small, large = 0, np.ones(16), np.ones(200_000)
    for step in range(10_000):
        total += step % 7
    for _ in range(1_000):
        small = small * 0.5 + 1
    for _ in range(6):
        large = np.sqrt(large + 1)
    return time.thread_time() - began
