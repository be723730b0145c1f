"""Repair exercise: a softmax-with-loss layer whose backward pass treats class numbers as one-hot labels."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.layers.softmax_with_loss import EXERCISE as WHOLE
from engine.exercises.layers.softmax_with_loss import SCORES, numbered
from engine.pieces.mistakes.layers import NUMBERS_IN_DIFFERENCE


def _labelled(kind: Any) -> Inputs:
    if kind == "one_hot":
        return {"x": SCORES, "t": np.eye(3)[[2, 0, 1]]}
    return numbered({"three": 3, "two": 2}[kind])


EXERCISE = Exercise(
    id="mend_class_numbers",
    order=102,
    title=Text("labels of two kinds"),
    task=Text(
        "forward of this layer takes one-hot labels and class numbers alike, for cross_entropy_error knows both. Mend "
        "backward so that it does, too."
    ),
    piece=WHOLE.piece,
    use=WHOLE.use,
    differences=WHOLE.differences,
    checks=(
        Check(Text("one-hot labels, with the numbers of the stage")),
        Check(Text("class numbers, three samples"), lambda: numbered(3)),
        Check(Text("class numbers, two samples"), lambda: numbered(2)),
        Check(Text("against central differences of your forward"), lambda: numbered(3), ("dX",), "differences"),
        Check(Text("class numbers, dout = 2"), lambda: numbered(2, dout=2.0)),
        WHOLE.checks[5],
    ),
    hints=(
        Text("What would the one-hot row of class 2 look like? Which of its columns change a difference?"),
        Text("t.ndim tells the two kinds apart."),
        Text(
            "Only one number of each row gets 1 less: np.arange(N) counts the rows, t names the columns. Begin with a "
            "copy of y."
        ),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="class_numbers_in_difference",
    fault=NUMBERS_IN_DIFFERENCE,
    search=Search(
        Text("Find it first: with which labels does backward give wrong numbers, and says nothing?"),
        "t",
        _labelled,
        start="one_hot",
        choices=(
            ("one_hot", Text("one-hot, three samples of three classes")),
            ("two", Text("class numbers, two samples of three classes")),
            ("three", Text("class numbers, three samples of three classes")),
        ),
        quantities=("dX",),
    ),
)
