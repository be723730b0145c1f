"""Where a slope has died: the intervals in which a function is nearly flat."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

_SAMPLES = 1201
_HALVINGS = 30


def flat_intervals(slope: Callable[[np.ndarray], np.ndarray], low: float, high: float, below: float) -> np.ndarray:
    """The intervals of [low, high] in which |slope(x)| is less than ``below``, as rows (from, to): (K, 2).

    Ends are found by halving between samples that are 1/1200 of the range apart; narrower intervals may be missed.
    """
    x = np.linspace(low, high, _SAMPLES)
    flat = np.abs(slope(x)) < below
    before = np.flatnonzero(flat[1:] != flat[:-1])
    left, right, is_flat = x[before], x[before + 1], flat[before]
    for _ in range(_HALVINGS):
        middle = (left + right) / 2
        same = (np.abs(slope(middle)) < below) == is_flat
        left, right = np.where(same, middle, left), np.where(same, right, middle)
    # Half of a unit in the ninth place is far below what is shown, and makes 0 of 1e-13.
    ends = np.round((left + right) / 2, 9) + 0.0
    starts = np.concatenate([[low] if flat[0] else [], ends[~is_flat]])
    stops = np.concatenate([ends[is_flat], [high] if flat[-1] else []])
    return np.column_stack([starts, stops])
