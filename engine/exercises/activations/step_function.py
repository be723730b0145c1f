"""Exercise: the step function of an array, without an if statement."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text
from engine.exercises.activation import images, on_stage, shown_at
from engine.exercises.exercise import ByHand, Check, Exercise, Values
from engine.pieces.piece import Piece


def _use(written: Any, x: np.ndarray) -> Values:
    y = written(x)
    yield "y", y
    # True and True added are True again: only numbers can be counted on with.
    yield "y+y", y if y is None else y + y


EXERCISE = Exercise(
    id="step_function",
    order=0,
    title=Text("The step function, for every number of an array"),
    task=Text(
        "Write the function that gives 1 for positive numbers and 0 for all others, for arrays of any shape. An if "
        "asks about one number, and cannot decide for an array. What comes back are numbers to go on with."
    ),
    piece=Piece("functions.step_function"),
    use=_use,
    checks=(
        Check(Text("both sides of 0, and 0 itself"), lambda: {"x": [-3.0, 0.0, 2.0, 0.25, -0.5]}, ("y",), hint=0),
        Check(Text("the sum at the cursor"), quantities=("y",)),
        Check(Text("numbers, which can be added: y + y"), lambda: {"x": [1.0, -1.0, 3.0]}, hint=2),
        Check(Text("whole numbers"), lambda: {"x": np.array([-2, 0, 3])}),
        Check(Text("images of shape (N, C, H, W)"), images),
    ),
    hints=(
        Text("A comparison of an array with 0 is made number by number, and says of each whether it holds."),
        Text("What it gives are True and False, in the shape of x. They are to become 1 and 0."),
        Text("astype turns an array into one of another type; np.where chooses one of two numbers at each place."),
    ),
    by_hand=ByHand(
        Text("x = (−2, 0, 0.5). What is y[1]?"),
        lambda: {"x": [-2.0, 0.0, 0.5]},
        "y",
        (1,),
    ),
    on_stage=on_stage("step"),
    stage={"functions": ("step", "sigmoid")},
    seen_in={"activations": VisibleWhen("functions", ("step",))},
    shown_at=shown_at,
    works_in=("activations", "gates", "perceptron_rule", "xor"),
    works_with={"gates": {}, "perceptron_rule": {}, "xor": {}},
)
