"""Repair exercise: a numerical gradient that adds its small step to an array of integers."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text, untranslated
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.gradient_field.numerical_gradient import EXERCISE as WHOLE
from engine.exercises.mending import Mending

_CODE = """    h = 1e-4
    grad = np.zeros_like(x)
    for i in range(x.size):
        here = x[i]
        x[i] = here + h
        above = f(x)
        x[i] = here - h
        below = f(x)
        grad[i] = (above - below) / (2 * h)
        x[i] = here
    return grad
"""
_FAULTY = Text('def numerical_gradient(f, x):\n    """x (D,): a place -> the gradient of f there"""\n{code}')(
    code=_CODE
)
_MENDING = Mending("numerical_gradient", _FAULTY)
_PLACES = {
    "floats": np.array([3.0, 4.0]),
    "halves": np.array([0.5, -2.5]),
    "whole": np.array([3, 4]),
}


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
    name="numerical_gradient",
    blank=_FAULTY,
    use=WHOLE.use,
    names=WHOLE.names,
    reference=WHOLE.reference,
    checks=(
        Check(Text("function and point of the stage")),
        Check(Text("x0²/7 + x1² at [3, 4]"), lambda: _at("whole")),
        Check(
            Text("a function of three variables at [2, 3, 5]"),
            lambda: {"f": "x0^2*x1 + x1^3/10 - x0*x2", "x": np.array([2, 3, 5])},
        ),
        Check(
            Text("the same at [2.5, 3.0, −1.0]"),
            lambda: {"f": "x0^2*x1 + x1^3/10 - x0*x2", "x": [2.5, 3.0, -1.0]},
        ),
    ),
    hints=(
        Text("What is np.array([3, 4]).dtype? And what is left of 3.0001 in such an array?"),
        Text("zeros_like takes the type over, too. There are two arrays here that cannot hold a fraction."),
        Text("One line at the beginning makes x an array of float; all that follows may stay."),
    ),
    ours=(numerical_gradient,),
    mistakes=(
        _MENDING.none(Text("x + h and x − h lose their fractions when they are stored in an array of whole numbers.")),
        _MENDING.wrong(
            "gradient_only",
            Text("The gradient keeps its fractions now. The places at which f is asked still lose theirs."),
            ("np.zeros_like(x)", "np.zeros(x.shape)"),
        ),
        _MENDING.wrong(
            "places_only",
            Text("f is asked at the right places now. The result is still put into an array of whole numbers."),
            ("    for i", "    x = x.astype(float)\n    for i"),
        ),
        _MENDING.wrong(
            "whole_step",
            Text("A step of 1 survives, but is no small one: beside a curve that bends it is not the slope."),
            ("h = 1e-4", "h = 1"),
            ("np.zeros_like(x)", "np.zeros(x.shape)"),
        ),
        _MENDING.wrong(
            "not_put_back",
            Text("The number was not put back: each further slope is asked for at another place."),
            ("    grad =", "    x = x.astype(float)\n    grad ="),
            ("        x[i] = here\n", ""),
        ),
        _MENDING.wrong(
            "single",
            Text("float32 holds seven digits, and most of them go when two values so near are subtracted."),
            ("    grad =", "    x = x.astype(np.float32)\n    grad ="),
        ),
        _MENDING.wrong(
            "turned",
            Text("The slopes have the wrong sign: below was taken from above the other way round."),
            ("    grad =", "    x = x.astype(float)\n    grad ="),
            ("above - below", "below - above"),
        ),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    put_back=WHOLE.put_back,
    mends="integer_gradient",
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
