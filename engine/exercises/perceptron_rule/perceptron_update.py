"""Exercise: the perceptron rule, which updates the weights and the bias for one sample."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


def _use(written: Any, w: np.ndarray, b: float, x: np.ndarray, t: float, rate: float) -> Values:
    made = written(w, b, x, t, rate)
    is_pair = isinstance(made, (tuple, list)) and len(made) == 2
    yield "w", made[0] if is_pair else made
    yield "b", made[1] if is_pair else None


def _on_stage(params: Any) -> Inputs | None:
    """The initial weights and bias of the run that is shown, and the first sample that they misclassify, if any."""
    w, b = np.array([params.w1, params.w2]), params.b
    for x1, x2, label in params.points:
        if (np.dot(w, [x1, x2]) + b > 0) != label:
            return {"w": w.tolist(), "b": b, "x": [x1, x2], "t": label, "rate": params.learning_rate}
    return None


def _sample(x1: float, x2: float, t: int) -> Inputs:
    return {"w": [0.5, -1.0], "b": 0.25, "x": [x1, x2], "t": t, "rate": 0.2}


EXERCISE = Exercise(
    id="perceptron_update",
    order=1,
    title=Text("The perceptron rule"),
    task=Text(
        "Write what one sample does. The neuron answers y, 1 or 0; w moves by rate·(t − y)·x, and b by the same "
        "without x. Give back the new w and b, and leave the caller's as they are."
    ),
    piece=Piece("perceptrons.update"),
    use=_use,
    checks=(
        Check(Text("the first mistake of the stage")),
        Check(Text("a missed 1"), lambda: _sample(-1.0, 2.0, 1)),
        Check(Text("a false 1"), lambda: _sample(2.0, 0.5, 0)),
        Check(Text("the bias decides: (0.2, 0.2), a false 1"), lambda: _sample(0.2, 0.2, 0)),
        Check(Text("inputs below 0: (−0.6, −0.4), a false 1"), lambda: _sample(-0.6, -0.4, 0)),
        Check(Text("a right 1 changes nothing"), lambda: _sample(2.0, 0.5, 1), hint=1),
        Check(Text("a right 0 changes nothing"), lambda: _sample(-1.0, 2.0, 0)),
    ),
    hints=(
        Text("First ask the neuron as it is: what does it answer to x?"),
        Text("t − y is 1, 0 or −1. With 0 the products are 0, and nothing needs an if."),
        Text(
            "w += … would write into the caller's array: make a new one by adding. Both results follow one return, "
            "with a comma between."
        ),
    ),
    by_hand=ByHand(
        Text("w = (1, −2), b = 0.5; x = (1, 3) has the label t = 1, and rate = 0.5. What is the new w[1]?"),
        lambda: {"w": [1.0, -2.0], "b": 0.5, "x": [1.0, 3.0], "t": 1, "rate": 0.5},
        "w",
        (1,),
    ),
    on_stage=_on_stage,
    works_in=("perceptron_rule",),
)
