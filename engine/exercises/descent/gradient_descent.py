"""Exercise: gradient descent from a start that must not be modified."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.book import gradients
from engine.contract.text import Text
from engine.exercises import giving
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.exercises.formulas import function_of
from engine.pieces.piece import Piece

_MOST_STEPS = 50
"""The maximum number of steps in the check with the stage's inputs, since a check has a time limit."""


def _use(written: Any, f: str, init_x: np.ndarray, lr: float, step_num: int) -> Values:
    yield "x", written(function_of(f, init_x.size), init_x, lr, step_num)


def _on_stage(params: Any) -> Inputs | None:
    start, steps = params.whole_start, min(params.steps, _MOST_STEPS)
    function = function_of(params.surface.text, len(start))
    with np.errstate(all="ignore"):
        end = gradients.gradient_descent(function, start, params.learning_rate, steps)
    if not np.all(np.abs(end) < 1e6):
        return None
    return {"f": params.surface.text, "init_x": start.tolist(), "lr": params.learning_rate, "step_num": steps}


def descending(f: str, init_x: list[Any], lr: float, step_num: int) -> Inputs:
    """The inputs of a descent on f, given as a formula."""
    return {"f": f, "init_x": init_x, "lr": lr, "step_num": step_num}


NO_STEP = Check(Text("no step at all"), lambda: descending("x0^2 + x1^2", [-3.0, 4.0], 0.1, 0))
OF_A_MATRIX = Check(
    Text("a matrix of weights"),
    lambda: descending("x0^2 + x1*x2 + (x3 - x1)^2 + x2^2", [[1.0, 2.0], [3.0, -1.0]], 0.1, 5),
)

EXERCISE = Exercise(
    id="gradient_descent",
    order=1,
    title=Text("Gradient descent"),
    task=Text(
        "Write the descent: step_num times x is moved against the gradient, lr times as far. numerical_gradient(f, x) "
        "is there. The caller still needs init_x."
    ),
    piece=Piece("gradients.gradient_descent"),
    use=_use,
    checks=(
        Check(Text("function, start and rate of the stage")),
        Check(
            Text("three variables"),
            lambda: descending("(x0 - 1)^2 + (x1 - 2)^2 + x0*x2 + x2^2", [1.0, 0.0, -1.0], 0.05, 20),
        ),
        NO_STEP,
        OF_A_MATRIX,
    ),
    hints=(
        Text("One step stands in a loop. What changes from one step to the next?"),
        Text("The gradient belongs to the place where x stands now: it is asked for anew before every step."),
        Text("x = init_x makes no second array: −= would then write into the caller's. Begin with a copy."),
    ),
    counts={"numerical_gradient": giving.of_differences},
    by_hand=ByHand(
        Text("f = x0² from x = 8 with lr = 0.25. Where is x after 2 steps?"),
        lambda: descending("x0^2", [8.0], 0.25, 2),
        "x",
        (0,),
    ),
    on_stage=_on_stage,
    shown_at=lambda quantity, place: {"selected": -1},
    works_in=("descent",),
)
