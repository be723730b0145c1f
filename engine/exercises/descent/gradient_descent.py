"""Exercise: gradient descent from a start that must not be modified."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engine.calculus import descent
from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.text import Text
from engine.exercises import counts, returned
from engine.exercises.adapters import function_of
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values

_MOST_STEPS = 50
"""The maximum number of steps in the check with the stage's inputs, since a check has a time limit."""
_Function = Callable[[np.ndarray], float]


class _Plane:
    """The linear function x ↦ gradient·x, used in a run, where only the gradient at the current point is known."""

    def __init__(self, gradient: np.ndarray) -> None:
        self.gradient = gradient

    def __call__(self, x: np.ndarray) -> float:
        return float(self.gradient @ x)


def _gradient_of(f: _Function, x: np.ndarray) -> np.ndarray:
    """The function ``numerical_gradient`` that the learner's code may call; for a ``_Plane`` it is exact."""
    return f.gradient.copy() if isinstance(f, _Plane) else numerical_gradient(f, x)


def _given() -> Mapping[str, Any]:
    return {"numerical_gradient": _gradient_of}


def _ours(f: _Function, init_x: np.ndarray, lr: float = 0.01, step_num: int = 100) -> np.ndarray:
    return descent.gradient_descent(lambda x: numerical_gradient(f, x), init_x, lr, step_num)


def _uphill(f: _Function, init_x: np.ndarray, lr: float, step_num: int) -> np.ndarray:
    return _ours(f, init_x, -lr, step_num)


def _without_rate(f: _Function, init_x: np.ndarray, lr: float, step_num: int) -> np.ndarray:
    return _ours(f, init_x, 1.0, step_num)


def _one_step(f: _Function, init_x: np.ndarray, lr: float, step_num: int) -> np.ndarray:
    return _ours(f, init_x, lr, min(step_num, 1))


def _slope_of_the_start(f: _Function, init_x: np.ndarray, lr: float, step_num: int) -> np.ndarray:
    slope = numerical_gradient(f, init_x.copy())
    return descent.gradient_descent(lambda _: slope, init_x, lr, step_num)


def _fixed_rate(f: _Function, init_x: np.ndarray, lr: float, step_num: int) -> np.ndarray:
    return _ours(f, init_x, step_num=step_num)


def _fixed_number(f: _Function, init_x: np.ndarray, lr: float, step_num: int) -> np.ndarray:
    return _ours(f, init_x, lr)


def _both_fixed(f: _Function, init_x: np.ndarray, lr: float, step_num: int) -> np.ndarray:
    return _ours(f, init_x)


def _from_the_start(f: _Function, init_x: np.ndarray, lr: float, step_num: int) -> np.ndarray:
    x = init_x
    for _ in range(step_num):
        x = init_x - lr * numerical_gradient(f, x.copy())
    return x


def _step_alone(f: _Function, init_x: np.ndarray, lr: float, step_num: int) -> np.ndarray:
    return descent.gradient_descent(lambda x: numerical_gradient(f, x) + x / lr, init_x, lr, step_num)


def _by_height(f: _Function, init_x: np.ndarray, lr: float, step_num: int) -> np.ndarray:
    return descent.gradient_descent(lambda x: np.full(x.shape, f(x)), init_x, lr, step_num)


def _use(written: Any, f: str, init_x: np.ndarray, lr: float, step_num: int) -> Values:
    yield "x", written(function_of(f, init_x.size), init_x, lr, step_num)


def _on_stage(params: Any) -> Inputs | None:
    start, steps = params.whole_start, min(params.steps, _MOST_STEPS)
    with np.errstate(all="ignore"):
        end = _ours(function_of(params.surface.text, len(start)), start, params.learning_rate, steps)
    if not np.all(np.abs(end) < 1e6):
        return None
    return {"f": params.surface.text, "init_x": start.tolist(), "lr": params.learning_rate, "step_num": steps}


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"selected": -1}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(
        gradient: Callable[[np.ndarray], np.ndarray], start: np.ndarray, learning_rate: float, steps: int
    ) -> np.ndarray:
        """The learner's descent with the engine's signature, which has a gradient function in place of f.

        The learner's function is called once for every step.
        """
        x = start.copy()
        for _ in range(steps):
            x = returned.array(written(_Plane(gradient(x)), x, learning_rate, 1), x.shape)
        return x

    return {descent.gradient_descent: yours}


EXERCISE = Exercise(
    id="gradient_descent",
    order=1,
    title=Text("Gradient descent"),
    task=Text(
        "Write the descent: step_num times x is moved against the gradient, lr times as far. numerical_gradient(f, x) "
        "is there. The caller still needs init_x."
    ),
    name="gradient_descent",
    blank=Text(
        '''def gradient_descent(f, init_x, lr=0.01, step_num=100):
    """f: takes x, gives a number; init_x: where it begins
    -> x after step_num steps, in the shape of init_x
    """
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("function, start and rate of the stage")),
        Check(
            Text("three variables"),
            lambda: {
                "f": "(x0 - 1)^2 + (x1 - 2)^2 + x0*x2 + x2^2",
                "init_x": [1.0, 0.0, -1.0],
                "lr": 0.05,
                "step_num": 20,
            },
        ),
        Check(
            Text("no step at all"),
            lambda: {"f": "x0^2 + x1^2", "init_x": [-3.0, 4.0], "lr": 0.1, "step_num": 0},
        ),
        Check(
            Text("a matrix of weights"),
            lambda: {
                "f": "x0^2 + x1*x2 + (x3 - x1)^2 + x2^2",
                "init_x": [[1.0, 2.0], [3.0, -1.0]],
                "lr": 0.1,
                "step_num": 5,
            },
        ),
    ),
    hints=(
        Text("One step stands in a loop. What changes from one step to the next?"),
        Text("The gradient belongs to the place where x stands now: it is asked for anew before every step."),
        Text("x = init_x makes no second array: −= would then write into the caller's. Begin with a copy."),
    ),
    ours=(descent.gradient_descent,),
    mistakes=(
        Mistake(
            "uphill",
            _uphill,
            Text("It climbs: the gradient points uphill."),
        ),
        Mistake(
            "without_rate",
            _without_rate,
            Text("You get exactly these numbers if lr does not count."),
        ),
        Mistake("one_step", _one_step, Text("It ends after a single step. Where does return stand?"), of_code=True),
        Mistake(
            "slope_of_the_start",
            _slope_of_the_start,
            Text("All steps were taken with the gradient of the start, so the path is a straight line."),
        ),
        Mistake(
            "fixed_rate",
            _fixed_rate,
            Text("You get exactly these numbers with lr = 0.01, whatever is handed over."),
            of_code=True,
        ),
        Mistake(
            "fixed_number",
            _fixed_number,
            Text("You get exactly these numbers after 100 steps, whatever step_num is."),
            of_code=True,
        ),
        Mistake(
            "both_fixed",
            _both_fixed,
            Text("You get exactly these numbers with lr = 0.01 and 100 steps, whatever is handed over."),
            of_code=True,
        ),
        Mistake(
            "from_the_start",
            _from_the_start,
            Text("Every step was taken from init_x again. It has to be taken from where x stands now."),
        ),
        Mistake(
            "step_alone",
            _step_alone,
            Text("What is left is the last step alone. It has to be taken from where x stood."),
        ),
        Mistake(
            "by_height",
            _by_height,
            Text("x was moved by the value of f. It is the gradient that says where and how far."),
        ),
    ),
    given=_given,
    counts={"numerical_gradient": counts.of_differences},
    by_hand=ByHand(
        Text("f = x0² from x = 8 with lr = 0.25. Where is x after 2 steps?"),
        lambda: {"f": "x0^2", "init_x": [8.0], "lr": 0.25, "step_num": 2},
        "x",
        (0,),
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    works_in=("descent",),
    at_work=_at_work,
)
