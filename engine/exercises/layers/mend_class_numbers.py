"""Repair exercise: a softmax-with-loss layer whose backward pass treats class numbers as one-hot labels."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.layers.softmax_with_loss import EXERCISE as WHOLE
from engine.exercises.mending import Mending
from engine.nn.layers import SoftmaxWithLoss

_LINE = "        return dout * (self.y - self.t) / samples\n"
_CODE = f"""
    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        return cross_entropy_error(self.y, t)

    def backward(self, dout=1):
        samples = len(self.t)
{_LINE}"""
_FAULTY = Text('class SoftmaxWithLoss:\n    """t: one-hot (N, C), or class numbers (N,)"""\n{code}')(code=_CODE)
_MENDING = Mending("SoftmaxWithLoss", _FAULTY, WHOLE.given)
_SCORES = [[0.3, 2.9, 4.0], [1.0, 2.0, 0.5], [0.0, 1.0, -1.0]]


def _labelled(kind: Any) -> Inputs:
    numbers = np.array([2, 0, 1])
    if kind == "one_hot":
        return {"x": _SCORES, "t": np.eye(3)[numbers]}
    samples = {"three": 3, "two": 2}[kind]
    return {"x": _SCORES[:samples], "t": numbers[:samples]}


EXERCISE = Exercise(
    id="mend_class_numbers",
    order=102,
    title=Text("labels of two kinds"),
    task=Text(
        "forward of this layer takes one-hot labels and class numbers alike, for cross_entropy_error knows both. Mend "
        "backward so that it does, too."
    ),
    name="SoftmaxWithLoss",
    blank=_FAULTY,
    use=WHOLE.use,
    reference=SoftmaxWithLoss,
    given=WHOLE.given,
    checks=(
        Check(Text("one-hot labels, with the numbers of the stage")),
        Check(Text("class numbers, three samples"), lambda: _labelled("three")),
        Check(Text("class numbers, two samples"), lambda: _labelled("two")),
        Check(
            Text("against central differences of your forward"),
            lambda: _labelled("three"),
            ("dX",),
            "differences",
        ),
        Check(
            Text("class numbers, dout = 2"),
            lambda: {**_labelled("two"), "dout": 2.0},
        ),
    ),
    hints=(
        Text("What would the one-hot row of class 2 look like? Which of its columns change a difference?"),
        Text("t.ndim tells the two kinds apart."),
        Text(
            "Only one number of each row gets 1 less: np.arange(N) counts the rows, t names the columns. Begin with a "
            "copy of y."
        ),
    ),
    ours=(SoftmaxWithLoss,),
    mistakes=(
        _MENDING.none(
            Text("NumPy spread the class numbers over the columns and took them away. They say where, not how much.")
        ),
        _MENDING.wrong(
            "down_the_rows",
            Text("Now each row gets its own class number, but in all of its columns. It says where, not how much."),
            ("(self.y - self.t)", "(self.y - (self.t[:, None] if self.t.ndim == 1 else self.t))"),
        ),
        _MENDING.wrong(
            "every_row",
            Text("Every row got 1 less in all the columns that are named anywhere. Rows and columns go in pairs."),
            (
                _LINE,
                "        dx = self.y.copy()\n"
                "        if self.t.ndim == 1:\n"
                "            dx[:, self.t] -= 1\n"
                "        else:\n"
                "            dx -= self.t\n"
                "        return dout * dx / samples\n",
            ),
        ),
        _MENDING.wrong(
            "mean_lost",
            Text("The right cells, but N times as large: for class numbers the mean over the samples is missing."),
            (
                _LINE,
                "        if self.t.ndim == 1:\n"
                "            dx = self.y.copy()\n"
                "            dx[np.arange(samples), self.t] -= 1\n"
                "            return dout * dx\n" + _LINE,
            ),
        ),
        _MENDING.wrong(
            "in_place",
            Text("y itself was written into, which forward has kept. Work on a copy."),
            (
                _LINE,
                "        if self.t.ndim == 1:\n"
                "            dx = self.y\n"
                "            dx[np.arange(samples), self.t] -= 1\n"
                "            return dout * dx / samples\n" + _LINE,
            ),
        ),
        _MENDING.wrong(
            "more",
            Text("For class numbers 1 was added. The label is taken away."),
            (
                _LINE,
                "        if self.t.ndim == 1:\n"
                "            dx = self.y.copy()\n"
                "            dx[np.arange(samples), self.t] += 1\n"
                "            return dout * dx / samples\n" + _LINE,
            ),
        ),
        _MENDING.wrong(
            "rows",
            Text("The class numbers were taken for numbers of rows. Each names a column of its own row."),
            (
                _LINE,
                "        if self.t.ndim == 1:\n"
                "            dx = self.y.copy()\n"
                "            dx[self.t] -= 1\n"
                "            return dout * dx / samples\n" + _LINE,
            ),
        ),
        _MENDING.wrong(
            "upstream",
            Text("For class numbers dout does not count."),
            (
                _LINE,
                "        if self.t.ndim == 1:\n"
                "            dx = self.y.copy()\n"
                "            dx[np.arange(samples), self.t] -= 1\n"
                "            return dx / samples\n" + _LINE,
            ),
        ),
        _MENDING.wrong(
            "both_in_place",
            Text("y itself was written into, which forward has kept. Work on a copy."),
            (
                _LINE,
                "        dx = self.y\n        if self.t.ndim == 1:\n            dx[np.arange(samples), self.t] -= 1\n "
                "       else:\n            dx -= self.t\n        return dout * dx / samples\n",
            ),
        ),
    ),
    differences=WHOLE.differences,
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="class_numbers_in_difference",
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
