"""Exercise: the step function of an array, without an if statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text
from engine.exercises.adapters import elementwise
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.activations import relu, sigmoid, step


def _ours(x: np.ndarray) -> np.ndarray:
    return step(x)


def _use(written: Any, x: np.ndarray) -> Values:
    y = written(x)
    yield "y", y
    # True and True added are True again: only numbers can be counted on with.
    yield "y+y", y if y is None else y + y


def _on_stage(params: Any) -> Inputs | None:
    return {"x": [float(params.sum_of(params.x))]} if "step" in params.functions else None


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"view": "function"}


def _at_work(written: Any) -> Mapping[Any, Any]:
    of_arrays = elementwise(written)

    def yours(a: np.ndarray) -> np.ndarray:
        """The learner's function; its integer result is converted to float, as the engine's function returns."""
        return np.asarray(of_arrays(a), dtype=float)

    return {step: yours}


EXERCISE = Exercise(
    id="step_function",
    order=0,
    title=Text("The step function, for every number of an array"),
    task=Text(
        "Write the function that gives 1 for positive numbers and 0 for all others, for arrays of any shape. An if "
        "asks about one number, and cannot decide for an array. What comes back are numbers to go on with."
    ),
    name="step_function",
    blank=Text(
        '''def step_function(x):
    """x: an array of any shape -> 0 and 1, in that shape"""
'''
    ),
    use=_use,
    reference=_ours,
    checks=(
        Check(Text("both sides of 0, and 0 itself"), lambda: {"x": [-3.0, 0.0, 2.0, 0.25, -0.5]}, ("y",), hint=0),
        Check(Text("the sum at the cursor"), quantities=("y",)),
        Check(Text("numbers, which can be added: y + y"), lambda: {"x": [1.0, -1.0, 3.0]}, hint=2),
        Check(Text("whole numbers"), lambda: {"x": np.array([-2, 0, 3])}),
        Check(
            Text("images of shape (N, C, H, W)"),
            lambda: {"x": np.random.default_rng(4).normal(size=(2, 2, 3, 2))},
        ),
    ),
    hints=(
        Text("A comparison of an array with 0 is made number by number, and says of each whether it holds."),
        Text("What it gives are True and False, in the shape of x. They are to become 1 and 0."),
        Text("astype turns an array into one of another type; np.where chooses one of two numbers at each place."),
    ),
    ours=(step,),
    mistakes=(
        Mistake(
            "from_zero",
            lambda x: np.where(x >= 0, 1.0, 0.0),
            Text("At 0 itself you give 1. The step is 1 only where x is above 0."),
        ),
        Mistake("other_side", lambda x: 1.0 - step(x), Text("0 and 1 are exchanged: positive numbers become 1.")),
        Mistake(
            "signs",
            np.sign,
            Text("These are signs: −1 for negative numbers. The step function gives 0 there."),
        ),
        Mistake(
            "booleans",
            lambda x: np.asarray(x > 0),
            Text("These are True and False. Added, they make no 2: turn them into numbers."),
            of_code=True,
        ),
        Mistake(
            "at_one",
            lambda x: np.where(x > 1, 1.0, 0.0),
            Text("The step comes at 1 here. It is at 0."),
        ),
        Mistake("relu", relu, Text("This is ReLU: positive numbers pass as they are. The step makes 1 of each.")),
        Mistake(
            "sigmoid", sigmoid, Text("This is sigmoid, the smooth step. Here there is nothing between 0 and 1."), True
        ),
    ),
    by_hand=ByHand(
        Text("x = (−2, 0, 0.5). What is y[1]?"),
        lambda: {"x": [-2.0, 0.0, 0.5]},
        "y",
        (1,),
    ),
    on_stage=_on_stage,
    stage={"functions": ("step", "sigmoid")},
    seen_in={"activations": VisibleWhen("functions", ("step",))},
    shown_at=_shown_at,
    works_in=("activations", "gates", "perceptron_rule", "xor"),
    works_with={"gates": {}, "perceptron_rule": {}, "xor": {}},
    at_work=_at_work,
)
