"""Exercise: half the sum of squared errors of one output, as the book writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.fields import VisibleWhen
from engine.contract.text import Text
from engine.exercises import returned
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Mistake, Values
from engine.nn.losses import cross_entropy_error, mean_squared_error, one_hot, sum_squared_error


def _ours(y: np.ndarray, t: np.ndarray) -> float:
    return sum_squared_error(y, t)


def _use(written: Any, y: np.ndarray, t: np.ndarray) -> Values:
    yield "E", written(y, t)


def _on_stage(params: Any) -> Inputs | None:
    if params.view != "one":
        return None
    return {"y": list(params.y), "t": one_hot(np.array([params.target]), len(params.y))[0].tolist()}


def _at_work(written: Any) -> Mapping[Any, Any]:
    def yours(y: np.ndarray, t: np.ndarray) -> float:
        """The engine's loss of a batch, computed with the learner's function: the mean of its results for single rows,
        since it takes one output only.
        """
        rows, wanted = np.atleast_2d(y), np.reshape(t, np.shape(np.atleast_2d(y)))
        return float(np.mean([returned.number(written(*one)) for one in zip(rows, wanted, strict=True)]))

    return {sum_squared_error: yours}


EXERCISE = Exercise(
    id="squared_error",
    order=0,
    title=Text("Half the sum of squared errors"),
    task=Text(
        "Write the loss of one output: how far each number of y is from that of t, squared, summed up, and halved. "
        "Nothing is divided by the number of classes."
    ),
    name="sum_squared_error",
    blank=Text(
        '''def sum_squared_error(y, t):
    """y and t (C,) -> a number"""
'''
    ),
    use=_use,
    reference=_ours,
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
    ours=(sum_squared_error,),
    mistakes=(
        Mistake("not_halved", lambda y, t: np.sum((y - t) ** 2), Text("This is the whole sum of squares, not half.")),
        Mistake(
            "mean",
            lambda y, t: mean_squared_error(y, t),
            Text("This is the mean of the squares: it is divided by the number of classes. Here it is by 2."),
        ),
        Mistake(
            "half_mean",
            lambda y, t: mean_squared_error(y, t) / 2,
            Text("The number of classes has been divided by, too."),
        ),
        Mistake(
            "sum_squared",
            lambda y, t: np.sum(y - t) ** 2 / 2,
            Text("First summed, then squared: errors of opposite sign cancel out. Each is squared by itself."),
        ),
        Mistake(
            "not_squared",
            lambda y, t: np.sum(y - t) / 2,
            Text("The differences are not squared: those of opposite sign cancel out."),
        ),
        Mistake("sizes", lambda y, t: np.sum(np.abs(y - t)) / 2, Text("These are sizes of errors, and not squares.")),
        Mistake(
            "root",
            lambda y, t: np.sqrt(np.sum((y - t) ** 2)),
            Text("This is the distance between y and t. No root is taken of the sum."),
        ),
        Mistake("turned", lambda y, t: -_ours(y, t), Text("Squares are not negative, and neither is their sum.")),
        Mistake(
            "added",
            lambda y, t: np.sum((y + t) ** 2) / 2,
            Text("y and t are added. The error is their difference."),
        ),
        Mistake(
            "squares_apart",
            lambda y, t: np.sum(y**2 - t**2) / 2,
            Text("y and t are squared apart. It is the difference that is squared."),
        ),
        Mistake(
            "entropy",
            lambda y, t: cross_entropy_error(y, t, 1e-7),
            Text("This is the cross entropy error, another loss."),
            of_code=True,
        ),
    ),
    by_hand=ByHand(
        Text("y = (0.2 0.5 0.3) and t = (0 1 0). What is E?"),
        lambda: {"y": [0.2, 0.5, 0.3], "t": [0.0, 1.0, 0.0]},
        "E",
    ),
    on_stage=_on_stage,
    stage={"view": "one"},
    works_in=("losses",),
    seen_in={"losses": VisibleWhen("view", ("one",))},
    at_work=_at_work,
)
