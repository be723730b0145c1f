"""The slopes right before and right behind a place, which differ at a corner."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_ULPS = 8
_SMALLEST = 1e-9
_SAME_TO = 1e-6


def one_sided_slopes(slope: Callable[[np.ndarray], np.ndarray], x: float) -> tuple[float, float]:
    """The exact derivative a few floats below x and above it; nan or infinite where there is none."""
    near = _ULPS * np.spacing(max(abs(x), _SMALLEST))
    left, right = slope(np.array([x - near, x + near])).tolist()
    return left, right


def is_corner(left: float, right: float) -> bool:
    """Whether slopes from both sides differ by more than a smooth function's could so close together."""
    return bool(abs(right - left) > _SAME_TO * (1 + max(abs(left), abs(right))))
