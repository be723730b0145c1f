"""Derivation: the backward pass of batch normalization, in which one input changes all outputs of the batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.numerals import without_rounding
from engine.derivations import Derivation, Line, Point, Values
from engine.nn.layers import BatchNormalization

_UPSTREAM = (2.0, -0.5, 1.0, 0.5, -1.5, 0.25, -2.0, 1.5)
"""Upstream gradients, of which the first N are used for the N inputs of the main picture, which shows none."""
_K, _I = 0, 1
"""The index in the batch of the input x that is varied (k), and of another one (i)."""


def _layer(point: Point) -> BatchNormalization:
    return BatchNormalization(np.array([point["gamma"]]), np.array([0.0]))


def _normalized(x: np.ndarray) -> np.ndarray:
    """The output x̂ of the program's layer for a batch (N,), before scale and shift."""
    return BatchNormalization(np.ones(1), np.zeros(1)).forward(x[:, None])[:, 0]


def _deviation(x: np.ndarray) -> float:
    """The standard deviation σ by which the layer divides."""
    normalized = _normalized(x)
    return float((x[_K] - x[_I]) / (normalized[_K] - normalized[_I]))


def _symbols(point: Point) -> Values:
    x, upstream, deviation = point["x"], point["g"], _deviation(point["x"])
    normalized = without_rounding(_normalized(x), np.max(np.abs(x)) / deviation)
    down = point["gamma"] * upstream
    return {
        "γ": point["gamma"], "g": upstream[_K], "d": down[_K], "σ": deviation, "N": float(len(x)),
        "uk": normalized[_K], "ui": normalized[_I], "A": _mean(down), "B": _mean(down * normalized),
    }  # fmt: skip


def _mean(terms: np.ndarray) -> float:
    """The mean of the terms; exactly 0 if they cancel except for rounding errors."""
    return float(without_rounding(terms.mean(), np.abs(terms).mean()))


def _by_x(f: Callable[[np.ndarray], float]) -> Callable[[Point], float]:
    """Returns a function of the point: the derivative of f(batch) with respect to the input that is varied."""
    return lambda point: float(numerical_gradient(f, point["x"].copy())[_K])


def _by_normalized(point: Point) -> float:
    """∂L/∂u, where u is the normalized value of the varied input, L = Σ g·z and z = γ·u + β."""

    def loss(normalized: np.ndarray) -> float:
        return float(point["g"] @ (point["gamma"] * normalized))

    return float(numerical_gradient(loss, _normalized(point["x"]).copy())[_K])


def _held(point: Point) -> float:
    """∂u/∂x of the varied input with mean and spread held fixed.

    It is computed by a layer in test mode, which uses its running statistics.
    """
    layer = BatchNormalization(np.ones(1), np.zeros(1))
    layer.running_mean, layer.running_variance = np.array([point["x"].mean()]), np.array([point["x"].var()])
    slopes = numerical_gradient(lambda x: float(layer.forward(x[:, None], training=False)[_K, 0]), point["x"].copy())
    return float(slopes[_K])


def _backward(point: Point) -> np.ndarray:
    layer = _layer(point)
    layer.forward(point["x"][:, None])
    return layer.backward(point["g"][:, None])[:, 0]


def _on_stage(params: Any) -> Point | None:
    x = np.array(params.x, dtype=float)
    if params.view != "bench" or params.statistics != "batch" or len(x) < 2 or abs(x[_K] - x[_I]) < 1e-3:
        return None
    return {"x": x, "gamma": params.gamma, "g": np.array(_UPSTREAM[: len(x)])}


def _drawn(chance: np.random.Generator) -> Point:
    count = int(chance.integers(3, 8))
    # Numbers lie apart, so that no difference quotient meets a spread near 0.
    x = chance.permutation(np.arange(count)) * chance.uniform(0.5, 2) + chance.uniform(-0.2, 0.2, count)
    return {"x": x, "gamma": float(chance.uniform(0.5, 2)), "g": chance.normal(size=count)}


DERIVATION = Derivation(
    id="batch_norm_gradient",
    order=1,
    symbols=_symbols,
    lines=(
        Line("scale", ("γ", "g"), _by_normalized),
        Line("held", ("σ", "uk", "N"), _held),
        Line("mean", ("N", "σ"), _by_x(lambda x: float(x.mean()))),
        Line("spread", ("uk", "N", "σ"), _by_x(_deviation)),
        Line("other", ("uk", "ui", "N", "σ"), _by_x(lambda x: float(_normalized(x)[_I]))),
        Line("together", ("d", "A", "B", "uk", "σ"), lambda point: float(_backward(point)[_K])),
        Line("all_of_them", ("d", "A", "B", "N", "σ"), lambda point: float(_backward(point).sum())),
    ),
    on_stage=_on_stage,
    drawn=_drawn,
    stage={"view": "bench", "statistics": "batch", "x": (1.0, 2.0, 3.0, 4.0, 5.0), "gamma": 1.5},
)
