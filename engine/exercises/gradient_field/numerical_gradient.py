"""Exercise: the numerical gradient by central differences, which changes its array in place and restores it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.book import gradients
from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.exercises.formulas import function_of
from engine.pieces.piece import Piece

_THREE = "x0^2*x1 + x1^3/10 - x0*x2"
_MATRIX = {"f": "x0^2 + 2*x1*x2 + 1000*x3^3 - x4*x5 + x5", "x": [[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]]}


def _use(written: Any, f: str, x: np.ndarray, calls: str = "of what it is given") -> Values:
    """Yields the gradient of f, given as a formula, at x.

    If ``calls`` is ``of x itself``, f ignores its argument and reads x, as a network's loss reads its own weights.
    """
    function = function_of(f, x.size)
    if calls == "of x itself":
        yield "grad", written(lambda _: function(x), x)
    else:
        yield "grad", written(function, x)


def _on_stage(params: Any) -> Inputs | None:
    inputs = {"f": params.surface.text, "x": list(params.point)}
    with np.errstate(all="ignore"):
        grad = gradients.numerical_gradient(function_of(inputs["f"], 2), np.array(params.point))
    return inputs if np.all(np.isfinite(grad)) else None


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"gradient": "numerical", "direction": "ascent"}


EXERCISE = Exercise(
    id="numerical_gradient",
    order=1,
    title=Text("Numerical gradient"),
    task=Text(
        "Write the gradient by central differences with h = 1e-4: one number of x is moved up, then down, f is asked "
        "both times, and the number is put back. f may look at x by itself, as a loss looks at its weights."
    ),
    piece=Piece("gradients.numerical_gradient"),
    use=_use,
    names={"grad": Text("grad")},
    checks=(
        Check(Text("function and point of the stage")),
        Check(Text("a function of three variables"), lambda: {"f": _THREE, "x": [0.5, 3.0, -1.0]}),
        Check(Text("an array of whole numbers"), lambda: {"f": _THREE, "x": np.array([2, 3, 5])}, hint=1),
        Check(Text("a matrix"), lambda: _MATRIX, hint=1),
        Check(Text("f looks at x by itself"), lambda: {**_MATRIX, "calls": "of x itself"}, hint=2),
    ),
    hints=(
        Text("Only one number of x is moved at a time. The gradient has as many numbers as x."),
        Text(
            "np.ndindex(x.shape) gives the place of every number, whatever the shape. An array of whole numbers cannot "
            "hold a step of 0.0001."
        ),
        Text(
            "Keep the number, write the moved one into x itself, and put the old one back; in a finally it comes back "
            "even if f raises. For whole numbers take a copy in float: np.asarray with dtype makes one only if needed."
        ),
    ),
    by_hand=ByHand(
        Text("f = x0² + x0·x1 at x = (3, 2). What is grad[0]?"),
        lambda: {"f": "x0^2 + x0*x1", "x": [3.0, 2.0]},
        "grad",
        (0,),
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    put_back=Text("Each entry is moved and then put back, so that the next one is asked at the same place."),
    works_in=("gradient_field", "differentiation", "graph", "gradient_check"),
)
