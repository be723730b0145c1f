"""Functions on the named arrays of a network: the shapes for given sizes, counting, and weight decay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np


def parameter_shapes(sizes: Sequence[int]) -> dict[str, tuple[int, int]]:
    """The shapes (rows, columns) of W1, b1, W2, b2 … by name, for a network of ``sizes`` (inputs, hidden …, classes); a
    bias is one row.
    """
    found: dict[str, tuple[int, int]] = {}
    for number, (inputs, neurons) in enumerate(pairwise(sizes), start=1):
        found |= {f"W{number}": (inputs, neurons), f"b{number}": (1, neurons)}
    return found


def count_numbers(arrays: Mapping[str, np.ndarray]) -> int:
    """The total number of elements of all arrays, such as the parameters of a network or of a layer."""
    return sum(values.size for values in arrays.values())


def entry_number(shapes: Mapping[str, tuple[int, int]], name: str, row: int, column: int) -> int:
    """The index of an element of the array ``name`` when all arrays are flattened and concatenated; KeyError for an
    unknown name.
    """
    before = 0
    for other, (rows, columns) in shapes.items():
        if other == name:
            return before + row * columns + column
        before += rows * columns
    raise KeyError(name)


def penalty(params: Mapping[str, np.ndarray], decay: float) -> float:
    """½·λ·ΣW² over all weights, the term that weight decay adds to the loss; λ is ``decay``. Biases, γ and β are left
    out.
    """
    return 0.5 * decay * sum(float(np.sum(np.square(W))) for name, W in params.items() if name.startswith("W"))


def add_decay(grads: Mapping[str, np.ndarray], params: Mapping[str, np.ndarray], decay: float) -> None:
    """Adds the derivative of ``penalty``, ∂(½·λ·W²)/∂W = λ·W, to the gradient of every weight, in place."""
    for name, W in params.items():
        if name.startswith("W"):
            grads[name] += decay * W
