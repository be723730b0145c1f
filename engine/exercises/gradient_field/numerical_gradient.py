"""Exercise: the numerical gradient by central differences, which changes its array in place and restores it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.calculus.numerical_gradient import careless_gradient, numerical_gradient
from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.adapters import function_of
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values

H = 1e-4
"""The book's step h to either side of x."""
_THREE = "x0^2*x1 + x1^3/10 - x0*x2"
_MATRIX = "x0^2 + 2*x1*x2 + x3^3 - x4*x5 + x5"
_Function = Callable[[np.ndarray], float]


def _in_floats(x: np.ndarray) -> np.ndarray:
    return x if np.issubdtype(x.dtype, np.floating) else x.astype(float)


def _ours(f: _Function, x: np.ndarray) -> np.ndarray:
    return numerical_gradient(f, _in_floats(x), H)


def _forward_only(f: _Function, x: np.ndarray) -> np.ndarray:
    x, here = _in_floats(x), f(x)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        kept = x[place]
        x[place] = kept + H
        gradient[place] = (f(x) - here) / H
        x[place] = kept
    return gradient


def _over_one_step(f: _Function, x: np.ndarray) -> np.ndarray:
    return 2 * _ours(f, x)


def _without_brackets(f: _Function, x: np.ndarray) -> np.ndarray:
    return _ours(f, x) * H * H


def _all_at_once(f: _Function, x: np.ndarray) -> np.ndarray:
    x = _in_floats(x)
    kept = x.copy()
    x[...] = kept + H
    above = f(x)
    x[...] = kept - H
    below = f(x)
    x[...] = kept
    return np.full(x.shape, (above - below) / (2 * H))


def _on_a_copy(f: _Function, x: np.ndarray) -> np.ndarray:
    return _ours(f, x.copy())


def _turned(f: _Function, x: np.ndarray) -> np.ndarray:
    return -_ours(f, x)


def _led_back(f: _Function, x: np.ndarray) -> np.ndarray:
    return _forward_only(f, x) / 2


def _nothing_seen(f: _Function, x: np.ndarray) -> np.ndarray:
    return np.zeros(x.shape)


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
        grad = _ours(function_of(inputs["f"], 2), np.array(params.point))
    return inputs if np.all(np.isfinite(grad)) else None


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"gradient": "numerical", "direction": "ascent"}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(f: _Function, x: np.ndarray, h: float = H) -> np.ndarray:
        """The learner's function, which has a fixed h, with the engine's signature, where h is an argument.

        For another h the variables are rescaled, so that the learner's step amounts to it.
        """
        if h == H:
            return returned.array(written(f, x), x.shape)
        scale, here = h / H, x.copy()

        def measured(scaled: np.ndarray) -> float:
            x[...] = scaled * scale
            return f(x)

        try:
            return returned.array(written(measured, here / scale), x.shape) / scale
        finally:
            x[...] = here

    return {numerical_gradient: yours}


EXERCISE = Exercise(
    id="numerical_gradient",
    order=1,
    title=Text("Numerical gradient"),
    task=Text(
        "Write the gradient by central differences with h = 1e-4: one number of x is moved up, then down, f is asked "
        "both times, and the number is put back. f may look at x by itself, as a loss looks at its weights."
    ),
    name="numerical_gradient",
    blank=Text(
        '''def numerical_gradient(f, x):
    """f: takes x, gives a number; x: an array of any shape
    -> the gradient, in the shape of x
    """
    h = 1e-4
'''
    ),
    use=_use,
    names={"grad": Text("grad")},
    reference=_ours,
    checks=(
        Check(Text("function and point of the stage")),
        Check(Text("a function of three variables"), lambda: {"f": _THREE, "x": [0.5, 3.0, -1.0]}),
        Check(Text("an array of whole numbers"), lambda: {"f": _THREE, "x": np.array([2, 3, 5])}, hint=1),
        Check(Text("a matrix"), lambda: {"f": _MATRIX, "x": [[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]]}, hint=1),
        Check(
            Text("f looks at x by itself"),
            lambda: {"f": _MATRIX, "x": [[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]], "calls": "of x itself"},
            hint=2,
        ),
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
    ours=(numerical_gradient,),
    mistakes=(
        Mistake(
            "forward_only",
            _forward_only,
            Text("These are forward differences: the value here and one beside it. Take one on either side."),
        ),
        Mistake(
            "one_step",
            _over_one_step,
            Text("Everything is twice as large: how far apart are the two places?"),
        ),
        Mistake(
            "without_brackets",
            _without_brackets,
            Text("Everything is far too small: Python divides and multiplies from left to right."),
        ),
        Mistake(
            "all_at_once",
            _all_at_once,
            Text("All numbers of x were moved at once, so each entry is the sum of all slopes."),
        ),
        Mistake(
            "on_a_copy",
            _on_a_copy,
            Text("f looks at x itself and never saw a change: what was moved is a copy."),
        ),
        Mistake(
            "cut_off",
            careless_gradient,
            Text("In an array of whole numbers x + h and x − h lose their fractions when they are stored."),
        ),
        Mistake(
            "turned", _turned, Text("The slopes have the wrong sign: below was taken from above the other way round.")
        ),
        Mistake(
            "led_back",
            _led_back,
            Text("Everything is half as large: the second place is x itself again, not one on the other side."),
        ),
        Mistake(
            "nothing_seen",
            _nothing_seen,
            Text("All slopes are 0: is h large enough to be seen beside x, and is each quotient stored?"),
            of_code=True,
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
    at_work=_at_work,
)
