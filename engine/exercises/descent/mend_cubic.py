"""Repair exercise: a function that was meant to be bowl-shaped, but has no minimum."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.calculus.descent import gradient_descent
from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Values
from engine.exercises.mending import Mending

_RATE, _STEPS = 0.01, 100
_LINE = "(x[0] - 1) ** 2 + (x[1] - 2) ** 3 + x[2] ** 2"
_FAULTY = Text('def func1(x):\n    """a bowl, lowest at (1, 2, 0) -> a number"""\n    return {code}\n')(code=_LINE)
_MENDING = Mending("func1", _FAULTY)


def bowl(x: np.ndarray) -> float:
    """The intended function, (x0 − 1)² + (x1 − 2)² + x2²; its minimum is at (1, 2, 0)."""
    return float((x[0] - 1) ** 2 + (x[1] - 2) ** 2 + x[2] ** 2)


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
        ends = [gradient_descent(lambda at: numerical_gradient(function, at), x, _RATE, _STEPS) for x in starts]
    return np.array(ends)


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
    name="func1",
    blank=_FAULTY,
    use=_use,
    reference=bowl,
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
    ours=(bowl,),
    mistakes=(
        _MENDING.none(Text("x1 runs off: below 2 this term falls on and on, so there is no bottom.")),
        _MENDING.wrong(
            "turned",
            Text("Now it falls on the other side, beyond 2. There is still no bottom."),
            ("+ (x[1]", "- (x[1]"),
        ),
        _MENDING.wrong(
            "without_sign",
            Text("There is a bottom now, but the nearer, the flatter: this direction is not as steep as the others."),
            ("(x[1] - 2) ** 3", "abs(x[1] - 2) ** 3"),
        ),
        _MENDING.wrong(
            "fourth_power",
            Text("There is a bottom now, but with a fourth power: steeper far away, and flatter near it."),
            ("** 3", "** 4"),
        ),
        _MENDING.wrong(
            "moved",
            Text("This bowl is lowest at x1 = 0."),
            ("(x[1] - 2) ** 3", "x[1] ** 2"),
        ),
        _MENDING.wrong(
            "upside_down",
            Text("This term is a hill, not a bowl: with this sign it falls without end on both sides."),
            ("+ (x[1] - 2) ** 3", "- (x[1] - 2) ** 2"),
        ),
        _MENDING.wrong("other_place", Text("This bowl is lowest at x1 = −2."), ("(x[1] - 2) ** 3", "(x[1] + 2) ** 2")),
        _MENDING.wrong(
            "edge",
            Text("There is a bottom now, but an edge at it: each step jumps across, as the slope never gets smaller."),
            ("(x[1] - 2) ** 3", "abs(x[1] - 2)"),
        ),
        _MENDING.wrong(
            "steeper",
            Text("The bottom is right, but this direction is steeper than the others."),
            ("(x[1] - 2) ** 3", "2 * (x[1] - 2) ** 2"),
        ),
    ),
    mends="cubic_without_minimum",
)
