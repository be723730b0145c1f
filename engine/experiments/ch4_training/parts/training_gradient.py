"""A numerical gradient of a whole network, in pieces: it takes seconds where backpropagation takes a thousandth."""

from __future__ import annotations

from collections.abc import Generator
from time import perf_counter

import numpy as np

from engine.contract.protocol import Progress
from engine.contract.text import Text
from engine.nn import Network

_PIECE = 0.015
"""Seconds of work between two signs of life."""
_WORKING = Text("Numerical gradient: {done} of {all} forward passes", "数值微分：正向传播 {done} 次，共 {all} 次")

Gradients = dict[str, np.ndarray]


def numerical_gradients(
    network: Network, x: np.ndarray, t: np.ndarray, h: float
) -> Generator[Progress, None, tuple[float, Gradients]]:
    """The loss and its central differences by the names of ``network.params``, which are moved and put back.

    The sum is that of ``engine.calculus.numerical_gradient``, which cannot be left in the middle.
    """
    loss = network.loss(x, t)
    grads = {name: np.zeros_like(values) for name, values in network.params.items()}
    every = 2 * sum(values.size for values in network.params.values())
    done, since = 0, perf_counter()
    for name, values in network.params.items():
        for place in np.ndindex(values.shape):
            here = values[place]
            values[place] = here + h
            above = network.loss(x, t)
            values[place] = here - h
            below = network.loss(x, t)
            values[place] = here
            grads[name][place] = (above - below) / (2 * h)
            done += 2
            if perf_counter() - since > _PIECE:
                yield Progress(_WORKING(done=f"{done:,}", all=f"{every:,}"), done / every)
                since = perf_counter()
    return loss, grads
