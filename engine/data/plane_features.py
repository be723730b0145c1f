"""What a network may be told of points in the plane: their coordinates, and functions of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FEATURES = {
    "x1": lambda x1, x2: x1, "x2": lambda x1, x2: x2, "x1_squared": lambda x1, x2: x1**2,
    "x2_squared": lambda x1, x2: x2**2, "x1_x2": lambda x1, x2: x1 * x2, "sin_x1": lambda x1, x2: np.sin(x1),
    "sin_x2": lambda x1, x2: np.sin(x2),
}  # fmt: skip
"""Each of the coordinates x1 and x2, by its name."""


def inputs_of(points: np.ndarray, features: Sequence[str]) -> np.ndarray:
    """What a network is told of points (N, 2): their features and a 1, (N, features + 1)."""
    x1, x2 = points.T
    return np.column_stack([*(FEATURES[name](x1, x2) for name in features), np.ones(len(points))])
