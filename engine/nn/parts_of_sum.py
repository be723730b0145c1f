"""Which products a weighted sum is made of, and which of them count most: the way from an answer back to its input."""

from __future__ import annotations

import numpy as np


def parts_of_sum(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The products of which a neuron's sum is made, one for each input: their sum and the bias are the neuron's sum.

    ``x`` and ``weights`` have the same shape, and so has the result.
    """
    return x * weights


def strongest_parts(parts: np.ndarray, count: int = 1) -> list[tuple[int, ...]]:
    """The places of the largest products, the most positive first; of equal ones the first in reading order."""
    order = np.argsort(-parts, axis=None, kind="stable")[:count]
    return [tuple(place) for place in np.stack(np.unravel_index(order, parts.shape), axis=1).tolist()]
