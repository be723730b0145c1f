"""Layers with one input of any shape that are written: how they are used, checked, and found on the bench of layers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.exercises.exercise import Inputs, Values


def use(written: Any, x: np.ndarray, dout: np.ndarray) -> Values:
    """Z and dX of a layer."""
    layer = written()
    yield "Z", layer.forward(x)
    yield "dX", layer.backward(dout)


def differences(written: Any, x: np.ndarray, dout: np.ndarray) -> Mapping[str, Any]:
    """∂/∂x of Σ dout·forward(x), by central differences."""
    return {"dX": numerical_gradient(lambda _: float(np.sum(dout * written().forward(x))), x)}


def on_stage(layer: str) -> Callable[[Any], Inputs | None]:
    """What the bench shows with this layer on it, None with any other."""

    def shown(params: Any) -> Inputs | None:
        if params.layer != layer:
            return None
        return {"x": [list(row) for row in params.x], "dout": [list(row) for row in params.upstream]}

    return shown


def shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    """The changes that light a cell of Z or dX."""
    return {"part": {"Z": "z", "dX": "dx"}[quantity], "selected": place}


def drawn(*shape: int) -> Inputs:
    """Numbers by chance, the same for the same number of dimensions."""
    chance = np.random.default_rng(len(shape))
    return {"x": chance.normal(size=shape), "dout": chance.normal(size=shape)}
