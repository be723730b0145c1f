"""Gradient check: compares the gradients of backpropagation with numerical ones, computed from small steps."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient

TINY = 1e-12
"""The minimum denominator of the relative error: two gradients below this size count as equal, since the ratio of two
numbers near 0 has no meaning.
"""


class Checked(Protocol):
    """The interface of a network whose gradients are checked."""

    params: Mapping[str, np.ndarray]

    def loss(self, x: np.ndarray, t: np.ndarray, training: bool = False) -> float: ...

    def gradients(self, x: np.ndarray, t: np.ndarray) -> tuple[float, dict[str, np.ndarray]]: ...


@dataclass(frozen=True, eq=False)
class ArrayCheck:
    """The comparison of the gradients of one parameter array: a by backpropagation and n by differences.

    ``difference`` is the largest |a − n|, found at the index ``worst``; ``error`` is that difference relative to the
    largest element of the two gradients.
    """

    backward: np.ndarray
    numerical: np.ndarray
    difference: float
    error: float
    worst: tuple[int, ...]


def relative_error(a: np.ndarray, n: np.ndarray, tiny: float = TINY) -> float:
    """max |a − n| / max(|a|, |n|, tiny), each maximum over all elements of the two arrays.

    All differences are measured against the largest element, since an element near 0 has no reliable digits to compare.
    """
    size = max(float(np.abs(a).max()), float(np.abs(n).max()), tiny)
    return float(np.abs(a - n).max()) / size


def numerical_gradients(
    f: Callable[[np.ndarray], float], arrays: Mapping[str, np.ndarray], h: float
) -> Generator[None, None, dict[str, np.ndarray]]:
    """Central differences of f by every element of every array. f is called twice per element; each array is changed in
    place and restored.

    A generator that yields after each element, since a large network takes long; it returns the gradients by array
    name.
    """
    found = {name: np.zeros_like(values) for name, values in arrays.items()}
    for name, values in arrays.items():
        for index in np.ndindex(values.shape):
            one = tuple(slice(place, place + 1) for place in index)
            found[name][one] = numerical_gradient(f, values[one], h)
            yield
    return found


def compared(backward: np.ndarray, numerical: np.ndarray) -> ArrayCheck:
    """Compares two gradients of one array element by element."""
    apart = np.abs(backward - numerical)
    worst = np.unravel_index(np.argmax(apart), apart.shape)
    error = relative_error(backward, numerical)
    return ArrayCheck(backward, numerical, float(apart[worst]), error, tuple(int(i) for i in worst))


def errors_over_steps(
    f: Callable[[np.ndarray], float],
    arrays: Mapping[str, np.ndarray],
    backward: Mapping[str, np.ndarray],
    steps: np.ndarray,
) -> Generator[None, None, np.ndarray]:
    """The largest relative error over all arrays, for each step h of ``steps`` (S,). A generator that yields after each
    array element.
    """
    errors = np.zeros(len(steps))
    for number, h in enumerate(steps.tolist()):
        numerical = yield from numerical_gradients(f, arrays, h)
        # In float64, so that comparing adds no rounding of its own.
        errors[number] = max(relative_error(_exact(backward[name]), _exact(numerical[name])) for name in arrays)
    return errors


def _exact(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float64)


def gradient_check(network: Checked, x: np.ndarray, t: np.ndarray, h: float = 1e-4) -> dict[str, ArrayCheck]:
    """Checks every parameter array of a network on one batch, and returns the comparisons by array name. This takes two
    forward passes for every single parameter.
    """
    _, backward = network.gradients(x, t)
    walk = numerical_gradients(lambda _: network.loss(x, t, training=True), network.params, h)
    while True:
        try:
            next(walk)
        except StopIteration as done:
            return {name: compared(backward[name], numerical) for name, numerical in done.value.items()}
