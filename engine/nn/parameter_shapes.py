"""The arrays of a network: those of a fully connected one from its sizes, and their numbers counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np


def parameter_shapes(sizes: Sequence[int]) -> dict[str, tuple[int, int]]:
    """Rows and columns of W1, b1, W2, b2 … of a network of ``sizes`` (inputs, hidden …, classes); biases are a row."""
    found: dict[str, tuple[int, int]] = {}
    for number, (inputs, neurons) in enumerate(pairwise(sizes), start=1):
        found |= {f"W{number}": (inputs, neurons), f"b{number}": (1, neurons)}
    return found


def count_numbers(arrays: Mapping[str, np.ndarray]) -> int:
    """How many numbers there are in all arrays, such as the parameters of a network or of a layer."""
    return sum(values.size for values in arrays.values())


def entry_number(shapes: Mapping[str, tuple[int, int]], name: str, row: int, column: int) -> int:
    """The place of one number of the array ``name`` among those of all arrays, row by row; KeyError without such."""
    before = 0
    for other, (rows, columns) in shapes.items():
        if other == name:
            return before + row * columns + column
        before += rows * columns
    raise KeyError(name)
