"""Derivatives from differences: what the function does over a small step stands in for its slope."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

Number = TypeVar("Number", float, np.ndarray)


def forward_difference(f: Callable[[Number], Number], x: Number, h: Number) -> Number:
    """(f(x + h) − f(x)) / h; its error shrinks like h, until rounding takes over."""
    return (f(x + h) - f(x)) / h


def central_difference(f: Callable[[Number], Number], x: Number, h: Number) -> Number:
    """(f(x + h) − f(x − h)) / 2h; its error shrinks like h², until rounding takes over."""
    return (f(x + h) - f(x - h)) / (2 * h)


def numerical_gradient(f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Central differences over every entry of ``x``, an array of its shape: two calls of f for each entry.

    ``x`` is moved in place, one entry at a time, and put back, so that f may also look at it by itself, as a network
    does at its weights. ValueError for whole numbers: the step would be cut off.
    """
    if not np.issubdtype(x.dtype, np.floating):
        raise ValueError(f"x has the type {x.dtype}, in which a step of {h} is cut off: it must be a float type")
    gradient = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        here = x[place]
        try:
            x[place] = here + h
            above = f(x)
            x[place] = here - h
            below = f(x)
        finally:
            x[place] = here
        gradient[place] = (above - below) / (2 * h)
    return gradient
