"""Repair exercise: a numerical gradient that adds its small step to an array of integers."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text, untranslated
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.gradient_field.numerical_gradient import EXERCISE as WHOLE
from engine.pieces.mistakes.gradients import IN_WHOLE_NUMBERS

_PLACES = {"floats": np.array([3.0, 4.0]), "halves": np.array([0.5, -2.5]), "whole": np.array([3, 4])}
_THREE = "x0^2*x1 + x1^3/10 - x0*x2 + 1000*x2"


def _at(place: Any) -> Inputs:
    return {"f": "x0^2/7 + x1^2", "x": _PLACES[place].copy()}


EXERCISE = Exercise(
    id="mend_integers",
    order=101,
    title=Text("the gradient at a place"),
    task=Text(
        "This gradient is right at most places that one types in, and off by thousands at others. Mend it so that it "
        "holds for every array of numbers."
    ),
    piece=WHOLE.piece,
    use=WHOLE.use,
    names=WHOLE.names,
    checks=(
        Check(Text("function and point of the stage")),
        Check(Text("x0²/7 + x1² at [3, 4]"), lambda: _at("whole")),
        Check(
            Text("a function of three variables at [2, 3, 5]"),
            lambda: {"f": _THREE, "x": np.array([2, 3, 5])},
        ),
        Check(Text("the same at [2.5, 3.0, −1.0]"), lambda: {"f": _THREE, "x": [2.5, 3.0, -1.0]}),
    ),
    hints=(
        Text("What is np.array([3, 4]).dtype? And what is left of 3.0001 in such an array?"),
        Text("zeros_like takes the type over, too. There are two arrays here that cannot hold a fraction."),
        Text("One line at the beginning makes x an array of float; all that follows may stay."),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    put_back=WHOLE.put_back,
    mends="integer_gradient",
    fault=IN_WHOLE_NUMBERS,
    search=Search(
        Text("Find it first: at which place x is the gradient of x0²/7 + x1² wrong?"),
        "x",
        _at,
        start="floats",
        choices=(
            ("floats", untranslated("x = np.array([3.0, 4.0])")),
            ("halves", untranslated("x = np.array([0.5, -2.5])")),
            ("whole", untranslated("x = np.array([3, 4])")),
        ),
    ),
)
