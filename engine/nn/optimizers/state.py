"""What an optimizer remembers from one update to the next: an array for every parameter, zeros at first."""

from __future__ import annotations

import numpy as np

EPSILON = 1e-7
"""Keeps a division by the root of squared gradients finite where these are 0; it is added after the root."""


def remembered(state: dict[str, np.ndarray], name: str, values: np.ndarray) -> np.ndarray:
    """The array kept under a parameter's name, of the same shape and type as its ``values``; changed in place."""
    if name not in state:
        state[name] = np.zeros_like(values)
    return state[name]
