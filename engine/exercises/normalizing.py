"""Shared by the batch normalization exercises: how a layer is called, and the inputs that it is called with."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.exercises.exercise import Inputs, Values


def use(
    written: Any, x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, momentum: float = 0.9, more: Any = None,
    dout: Any = None,
) -> Values:  # fmt: skip
    """Yields the output and running statistics of a training pass, then the output of a test pass and the mean after
    it.

    With ``more``, a second batch, another training pass precedes the running statistics. With ``dout``, the gradient of
    the first output, its way back follows that output, and the momentum is the layer's own.
    """
    layer = written(gamma, beta, momentum) if dout is None else written(gamma, beta)
    yield "Z", layer.forward(x)
    if dout is not None:
        yield "dX", layer.backward(dout)
        yield "dgamma", layer.dgamma
        yield "dbeta", layer.dbeta
    if more is not None:
        layer.forward(more)
    yield "running_mean", np.array(layer.running_mean)
    yield "running_var", np.array(layer.running_var)
    yield "Z(test)", layer.forward(x, False)
    yield "running_mean′", np.array(layer.running_mean)


def drawn(samples: int, features: int, **more: Any) -> Inputs:
    """Random inputs: a batch x (samples, features), each feature with another mean and spread, γ and β (features,)."""
    chance = np.random.default_rng(samples)
    x = chance.normal(size=(samples, features)) * np.arange(1, features + 1) + 2.0
    return {"x": x, "gamma": chance.normal(size=features) + 2.0, "beta": chance.normal(size=features), **more}


def on_stage(params: Any) -> Inputs | None:
    """The inputs shown in the main picture: one feature as x (N, 1), γ and β; None if it shows something else."""
    if params.view != "bench":
        return None
    return {"x": [[one] for one in params.x], "gamma": [params.gamma], "beta": [params.beta]}
