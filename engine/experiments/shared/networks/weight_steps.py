"""Weights as pictures in small whole numbers, which a frame carries at an eighth of the size."""

from __future__ import annotations

import numpy as np

WEIGHT_STEPS = 127
"""The size of the largest one; more steps than the eye tells apart."""


def in_steps(weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights as whole steps from −127 to 127, and how large a step is; 0 where all weights are 0."""
    step = float(np.max(np.abs(weights))) / WEIGHT_STEPS
    return np.rint(weights / (step or 1.0)).astype(np.int8), step
