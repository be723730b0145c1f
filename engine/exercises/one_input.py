"""Shared by exercises of layers with one input of any shape: how they are called, checked, and shown on the stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.exercises.exercise import Inputs, Values


def use(written: Any, x: np.ndarray, dout: np.ndarray) -> Values:
    """The output Z and the gradient dX of a layer."""
    layer = written()
    yield "Z", layer.forward(x)
    yield "dX", layer.backward(dout)


def differences(written: Any, x: np.ndarray, dout: np.ndarray) -> Mapping[str, Any]:
    """∂/∂x of Σ dout·forward(x), by central differences."""
    return {"dX": numerical_gradient(lambda _: float(np.sum(dout * written().forward(x))), x)}


def on_stage(layer: str) -> Callable[[Any], Inputs | None]:
    """Returns ``on_stage`` of an exercise: the inputs if the main picture shows this layer, else None."""

    def shown(params: Any) -> Inputs | None:
        if params.layer != layer:
            return None
        return {"x": [list(row) for row in params.x], "dout": [list(row) for row in params.upstream]}

    return shown


def shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    """The parameter changes that highlight the element at index ``place`` of Z or dX in the main picture."""
    return {"part": {"Z": "z", "dX": "dx"}[quantity], "selected": place}


def drawn(*shape: int) -> Inputs:
    """Random inputs x and dout of this shape; the seed depends only on the number of dimensions."""
    chance = np.random.default_rng(len(shape))
    return {"x": chance.normal(size=shape), "dout": chance.normal(size=shape)}
