"""The slopes right before and right behind a place, which differ at a corner."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_ULPS = 8
_FURTHER = 8
_SMALLEST = 1e-9
_SAME_TO = 1e-6


def one_sided_slopes(slope: Callable[[np.ndarray], np.ndarray], x: float, times: int = 1) -> tuple[float, float]:
    """The exact derivative a few floats, or ``times`` as many, below x and above it; nan or infinite without one."""
    near = times * _ULPS * np.spacing(max(abs(x), _SMALLEST))
    left, right = slope(np.array([x - near, x + near])).tolist()
    return left, right


def is_corner(slope: Callable[[np.ndarray], np.ndarray], x: float) -> bool:
    """Whether slopes from both sides differ, and further away by no more: in a smooth function that grows with it."""
    left, right = one_sided_slopes(slope, x)
    jump = abs(right - left)
    if not jump > _SAME_TO * (1 + max(abs(left), abs(right))):
        return False
    further_left, further_right = one_sided_slopes(slope, x, _FURTHER)
    # Not a number where a side ends nearby: then only the jump is known.
    return not abs(further_right - further_left) > _FURTHER / 2 * jump
