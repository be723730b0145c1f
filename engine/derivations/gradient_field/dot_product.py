"""Derivation: the gradient of the dot product w·x is w everywhere; its steepness, and a step against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import central_difference, numerical_gradient
from engine.derivations import Derivation, Line, Point, Values

_H, _ETA = 1e-4, 0.1
_ELSEWHERE = ((0.0, 0.0), (1.0, 2.0), (-3.0, 0.5))
"""The points at which a function's gradient is compared to find out whether it is constant."""


def _dot(point: Point) -> Callable[[np.ndarray], float]:
    return lambda x: float(point["w"] @ x)


def _symbols(point: Point) -> Values:
    (w0, w1), (x0, x1) = point["w"], point["x"]
    return {"w0": w0, "w1": w1, "x0": x0, "x1": x1, "η": point["eta"]}


def _gradient(point: Point) -> np.ndarray:
    return numerical_gradient(_dot(point), point["x"].copy(), _H)


def _of_square(point: Point) -> float:
    return float(numerical_gradient(lambda x: float(x @ x), point["x"].copy(), _H)[0])


def _along_gradient(point: Point) -> float:
    """The derivative of f in the direction of its gradient."""
    unit = point["w"] / np.linalg.norm(point["w"])
    return float(central_difference(lambda way: _dot(point)(point["x"] + way * unit), 0.0, _H))


def _after_a_step(point: Point) -> float:
    f, x = _dot(point), point["x"]
    return f(x - point["eta"] * _gradient(point)) - f(x)


def _on_stage(params: Any) -> Point | None:
    if params.function != "own":
        return None
    expression = params.surface.expression
    slopes = np.array([expression.gradient(*place) for place in (params.point, *_ELSEWHERE)], dtype=float)
    # A dot product has one gradient everywhere, and nothing added to it.
    if not np.allclose(slopes, slopes[0]) or not np.any(slopes[0]) or abs(float(expression(0.0, 0.0))) > 1e-9:
        return None
    return {"w": slopes[0], "x": np.array(params.point, dtype=float), "eta": _ETA}


def _drawn(chance: np.random.Generator) -> Point:
    return {"w": chance.uniform(0.5, 3, 2) * chance.choice([-1, 1], 2), "x": chance.uniform(-3, 3, 2),
            "eta": float(chance.uniform(0.05, 0.5))}  # fmt: skip


DERIVATION = Derivation(
    id="dot_product",
    order=1,
    symbols=_symbols,
    lines=(
        Line("written_out", ("w0", "w1", "x0", "x1"), lambda point: float(np.dot(point["w"], point["x"]))),
        Line("by_x0", ("w0", "w1", "x0", "x1"), lambda point: float(_gradient(point)[0])),
        Line("by_x1", ("w0", "w1", "x0", "x1"), lambda point: float(_gradient(point)[1])),
        Line("with_itself", ("x0", "x1"), _of_square, shown=False),
        Line("steepness", ("w0", "w1"), _along_gradient),
        Line("step", ("w0", "w1", "η"), _after_a_step, shown=False),
    ),
    on_stage=_on_stage,
    drawn=_drawn,
    stage={"function": "own", "own": "2*x0 - x1", "direction": "ascent"},
)
