"""The error of a difference quotient as a function of its step h: the minimum between truncation and rounding."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Function = Callable[[np.ndarray], np.ndarray]
Difference = Callable[[Function, np.ndarray, np.ndarray], np.ndarray]


def step_of(power: float) -> float:
    """The step h = 10^``power``, rounded to three significant digits like the values of h in the form."""
    return float(f"{10.0**power:.3g}")


def steps_between(lowest: float, highest: float, notches: int) -> np.ndarray:
    """The values of h from 10^``lowest`` to 10^``highest``, ``notches`` per power of ten; a read-only array."""
    steps = np.array([step_of(n / notches) for n in range(round(lowest * notches), round(highest * notches) + 1)])
    steps.setflags(write=False)
    return steps


def slopes_over_steps(difference: Difference, f: Function, x: float, steps: np.ndarray, dtype: str) -> np.ndarray:
    """The difference quotient at x for every step (N,), computed entirely in ``dtype``; returned as float64."""
    here = np.asarray([x], dtype=dtype)
    with np.errstate(all="ignore"):
        return difference(f, here, steps.astype(dtype)).astype(np.float64)


def best_step(errors: np.ndarray, beside: int) -> int | None:
    """The index of the step with the smallest error, where the largest error within ``beside`` steps on both sides
    counts; None if no error is finite. ``errors`` has shape (N,).

    A single step may be accurate by luck, so a whole neighbourhood counts; of equally good neighbourhoods the middle
    one is taken.
    """
    known = np.isfinite(errors)
    if not known.any():
        return None
    padded = np.pad(np.where(known, errors, np.inf), beside, mode="edge")
    largest = np.lib.stride_tricks.sliding_window_view(padded, 2 * beside + 1).max(axis=1)
    if not np.isfinite(largest).any():
        return int(np.nanargmin(errors))
    best = np.flatnonzero(largest == largest.min())
    return int(best[len(best) // 2])


def truncation_error(slope: Function, x: float, steps: np.ndarray, central: bool) -> np.ndarray:
    """The truncation error, which comes from the curve's higher derivatives: |f″|/2·h for a forward, |f‴|/6·h² for a
    central difference; ``slope`` is the exact derivative f′.
    """
    near = 1e-3 * max(1.0, abs(x))
    below, here, above = slope(np.array([x - near, x, x + near])).tolist()
    # These differences have rounding errors as well: values that are not larger count as no curvature.
    noise = 8 * np.finfo(float).eps * max(abs(below), abs(here), abs(above))
    bend = abs((above - here) - (here - below) if central else above - below)
    if bend <= noise:
        bend = 0.0
    with np.errstate(over="ignore"):
        return bend / near**2 / 6 * steps**2 if central else bend / (2 * near) / 2 * steps


def rounding_error(f: Function, slope: Function, x: float, steps: np.ndarray, central: bool, dtype: str) -> np.ndarray:
    """The largest possible rounding error: relative errors of ε/2 in f and in x at each of the two points, divided by
    h.
    """
    here, eps = np.array([x]), float(np.finfo(dtype).eps)
    # Each of the two may be near the largest float, so they are scaled down before they are added.
    size = eps * float(abs(f(here)[0])) + eps * float(abs(slope(here)[0])) * abs(x)
    with np.errstate(over="ignore"):
        return size / ((2 if central else 1) * steps)
