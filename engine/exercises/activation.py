"""Shared by exercises of activation functions: how they are called, shown on the stage, and images for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.exercises.exercise import Inputs, Values


def use(written: Any, x: np.ndarray) -> Values:
    """The output y of a function of an array."""
    yield "y", written(x)


def on_stage(function: str) -> Callable[[Any], Inputs | None]:
    """Returns ``on_stage`` of an exercise: the sum at the cursor if the main picture shows this function, else None."""

    def shown(params: Any) -> Inputs | None:
        return {"x": [float(params.sum_of(params.x))]} if function in params.functions else None

    return shown


def shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    """The parameter changes that show the function."""
    return {"view": "function"}


def images() -> Inputs:
    """Random images x of shape (N, C, H, W)."""
    return {"x": np.random.default_rng(4).normal(size=(2, 2, 3, 2))}
