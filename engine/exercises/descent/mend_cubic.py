"""Repair exercise: a function that was meant to be bowl-shaped, but has no minimum."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.book.gradients import gradient_descent
from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Values
from engine.pieces.mistakes.gradients import CUBIC
from engine.pieces.piece import Piece

_RATE, _STEPS = 0.01, 100


def _use(written: Any, x: np.ndarray) -> Values:
    """The values of a function at points x (N, 3), and the end points (N, 3) of gradient descents from there."""
    heights = [written(place.copy()) for place in x]
    if heights[0] is None:
        yield "f", None
        return
    yield "f", np.array(heights, dtype=float)
    yield "x", _ends(written, x)


def _ends(function: Any, starts: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.array([gradient_descent(function, start, _RATE, _STEPS) for start in starts])


def _from(*places: tuple[float, float, float]) -> Inputs:
    return {"x": [list(place) for place in places]}


EXERCISE = Exercise(
    id="mend_cubic",
    order=102,
    title=Text("a bowl that has a bottom"),
    task=Text(
        "A descent on this function should arrive at (1, 2, 0), and all directions should be equally steep. From "
        "(1, 0, −1) it never arrives. Mend the function."
    ),
    piece=Piece("gradients.func1"),
    use=_use,
    checks=(
        Check(
            Text("100 steps from (1, 0, −1) and from (1, 4, 0)"),
            lambda: _from((1.0, 0.0, -1.0), (1.0, 4.0, 0.0)),
            ("x",),
        ),
        Check(Text("the height at (0, 0, 1)"), lambda: _from((0.0, 0.0, 1.0)), ("f",)),
        Check(Text("the height at the bottom"), lambda: _from((1.0, 2.0, 0.0)), ("f",)),
        Check(Text("the height at (3, −1, 2)"), lambda: _from((3.0, -1.0, 2.0)), ("f",)),
    ),
    hints=(
        Text("How high is the function at x1 = −10, at −100, at −1000?"),
        Text("A cube keeps the sign of what it is made of. What becomes of the sign in a square?"),
        Text("Two of the three terms are as they should be: make the third like them."),
    ),
    mends="cubic_without_minimum",
    fault=CUBIC,
)
