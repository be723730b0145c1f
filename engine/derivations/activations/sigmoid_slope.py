"""Derivation: the derivative y(1 − y) of the sigmoid, by the chain rule along its graph (a, −a, exp, + 1, 1 / …)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import central_difference
from engine.derivations import Derivation, Line, Point, Values
from engine.nn.activations import sigmoid

_H = 1e-4


def _sigmoid(a: float) -> float:
    return float(sigmoid(np.array([a]))[0])


def _symbols(point: Point) -> Values:
    a = point["a"]
    u = np.exp(-a)
    return {"a": a, "u": u, "n": 1 + u, "y": _sigmoid(a)}


def _of_n(point: Point) -> float:
    return float(central_difference(np.reciprocal, 1 + np.exp(-point["a"]), _H))


def _of_u(point: Point) -> float:
    return float(central_difference(lambda u: 1 + u, np.exp(-point["a"]), _H))


def _of_a(point: Point) -> float:
    return float(central_difference(lambda a: np.exp(-a), point["a"], _H))


def _whole(point: Point) -> float:
    return float(central_difference(_sigmoid, point["a"], _H))


def _on_stage(params: Any) -> Mapping[str, float] | None:
    if params.view != "function" or "sigmoid" not in params.functions:
        return None
    return {"a": float(params.sum_of(params.x))}


DERIVATION = Derivation(
    id="sigmoid_slope",
    order=1,
    symbols=_symbols,
    lines=(
        Line("quotient", ("n",), _of_n),
        Line("sum", ("u", "n"), _of_u),
        Line("exponential", ("a", "u"), _of_a),
        Line("product", ("u", "n"), _whole),
        Line("in_y", ("y",), lambda point: float(np.exp(-point["a"])) * _sigmoid(point["a"])),
        Line("slope", ("y",), _whole),
    ),
    on_stage=_on_stage,
    drawn=lambda chance: {"a": float(chance.uniform(-2.5, 2.5))},
    stage={"functions": ("sigmoid", "relu"), "view": "function"},
)
