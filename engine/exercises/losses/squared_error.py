"""Exercise: half the sum of squared errors of one output, as the book writes it."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


def use(written: Any, y: np.ndarray, t: np.ndarray) -> Values:
    """The loss E of outputs y with labels t."""
    yield "E", written(y, t)


def one_output(params: Any) -> Inputs:
    """The output that the stage shows, and its label."""
    return {"y": list(params.y), "t": np.eye(len(params.y))[params.target].tolist()}


EXERCISE = Exercise(
    id="squared_error",
    order=0,
    title=Text("Half the sum of squared errors"),
    task=Text(
        "Write the loss of one output: how far each number of y is from that of t, squared, summed up, and halved. "
        "Nothing is divided by the number of classes."
    ),
    piece=Piece("losses.sum_squared_error"),
    use=use,
    checks=(
        Check(Text("the numbers of the stage")),
        Check(Text("two numbers, and t is no label"), lambda: {"y": [3.0, -1.0], "t": [1.0, 2.0]}, hint=1),
        Check(Text("y is right"), lambda: {"y": [0.0, 1.0, 0.0], "t": [0.0, 1.0, 0.0]}),
        Check(Text("a single number"), lambda: {"y": [5.0], "t": [2.0]}),
        Check(
            Text("ten classes"),
            lambda: {"y": [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0], "t": [0.0] * 2 + [1.0] + [0.0] * 7},
        ),
    ),
    hints=(
        Text("Three steps for whole arrays: the difference, its square, the sum. No loop is needed."),
        Text("Each difference is squared by itself, so that errors of opposite sign cannot cancel out."),
        Text("The half is there for the derivative: that of ½(y − t)² is y − t, without a 2."),
    ),
    by_hand=ByHand(
        Text("y = (0.2 0.5 0.3) and t = (0 1 0). What is E?"),
        lambda: {"y": [0.2, 0.5, 0.3], "t": [0.0, 1.0, 0.0]},
        "E",
    ),
    on_stage=lambda params: one_output(params) if params.view == "one" else None,
    stage={"view": "one"},
    works_in=("losses",),
    seen_in={"losses": VisibleWhen("view", ("one",))},
)
