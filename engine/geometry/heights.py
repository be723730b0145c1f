"""Maps values of any magnitude, also negative ones, to positions on a logarithmic axis ("heights")."""

from __future__ import annotations

import numpy as np

LOWEST_POWER = -18.0
"""The power of ten at which 0 and all smaller values are drawn."""
_NOTCH = 3
_SMALL = (np.log10(2), np.log10(11))
"""The signed heights of 1 and of 10, the two smallest ranges of a signed axis; they make small values near 0
visible.
"""
_FURTHEST = 1e100
"""The maximum absolute value that can be drawn; beyond it, sums and squares would overflow."""


def drawable(values: np.ndarray | float) -> np.ndarray:
    """The values, with nan in place of those that cannot be drawn: beyond ±10¹⁰⁰ or not finite."""
    values = np.asarray(values, dtype=float)
    return np.where(np.abs(values) <= _FURTHEST, values, np.nan)


def power_heights(values: np.ndarray) -> np.ndarray:
    """log10 of values (K,) of at least 0; for values below 10⁻¹⁸ it is −18."""
    return np.log10(np.maximum(values, 10.0**LOWEST_POWER))


def signed_heights(values: np.ndarray) -> np.ndarray:
    """sign(v) · log10(1 + |v|): linear around 0, and logarithmic further out on both sides."""
    return np.sign(values) * np.log1p(np.abs(values)) / np.log(10)


def height_range(heights: np.ndarray, signed: bool = False) -> np.ndarray:
    """The range of the axis for heights (K,): −3 to 3, extended in steps of three. For ``signed`` heights it is only as
    large as for values of ±1 or ±10 if that is enough.

    So the axis does not change while something small is dragged, and only widens during a run.
    """
    if signed:
        furthest = np.max(np.abs(heights), initial=0.0)
        near = next((height for height in _SMALL if furthest <= height), None)
        if near is not None:
            return np.array([-near, near])
    low = min(-_NOTCH, *(np.floor(heights / _NOTCH) * _NOTCH)) if len(heights) else -_NOTCH
    high = max(_NOTCH, *(np.ceil(heights / _NOTCH) * _NOTCH)) if len(heights) else _NOTCH
    return np.array([low, high], dtype=float)
