"""Shared by exercises of layers: how a layer is called and held against differences, and random inputs for it.

The inputs are x, the upstream gradient dout, and what the layer is made with, by name and in this order: W, b, stride.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.exercises.exercise import Inputs, Values


def use(written: Any, x: np.ndarray, dout: np.ndarray, **made_with: Any) -> Values:
    """The output Z, the gradient dX, and the gradient of every array that the layer is made with, which it keeps."""
    layer = written(*made_with.values())
    yield "Z", layer.forward(x)
    yield "dX", layer.backward(dout)
    for name, value in made_with.items():
        if isinstance(value, np.ndarray):
            yield f"d{name}", getattr(layer, f"d{name}")


def use_forward(written: Any, x: np.ndarray, **made_with: Any) -> Values:
    """The output Z."""
    yield "Z", written(*made_with.values()).forward(x)


def differences(written: Any, x: np.ndarray, dout: np.ndarray, **made_with: Any) -> Mapping[str, Any]:
    """The gradients of Σ dout·forward(x), by central differences of the layer's own pass forward."""

    def total(_: np.ndarray) -> float:
        return float(np.sum(dout * written(*made_with.values()).forward(x)))

    arrays = {"X": x, **{name: one for name, one in made_with.items() if isinstance(one, np.ndarray)}}
    return {f"d{name}": numerical_gradient(total, one) for name, one in arrays.items()}


def drawn(*shape: int, dout: tuple[int, ...] = (), **made_with: Any) -> Inputs:
    """Random inputs: x of this shape, ``dout`` of its own or the same, and arrays for shapes; other values stay.

    The seed depends only on the number of samples and of dimensions.
    """
    chance = np.random.default_rng(10 * len(shape) + shape[0])
    made = {name: chance.normal(size=one) if isinstance(one, tuple) else one for name, one in made_with.items()}
    return {"x": chance.normal(size=shape), "dout": chance.normal(size=dout or shape), **made}


def numbers_of(matrix: Any) -> list[list[float]]:
    """A matrix of a parameter as lists, as the inputs of the stage are given."""
    return [list(row) for row in matrix]
