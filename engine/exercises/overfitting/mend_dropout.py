"""Repair exercise: a dropout layer that scales by the wrong factor in a test."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.mending import Mending
from engine.exercises.overfitting.dropout import EXERCISE as WHOLE
from engine.nn import layers

_CODE = """
    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio = dropout_ratio
        self.mask = None

    def forward(self, x, train_flg=True):
        if train_flg:
            self.mask = rand(*x.shape) > self.dropout_ratio
            return x * self.mask
        return x * self.dropout_ratio

    def backward(self, dout):
        return dout * self.mask
"""
_FAULTY = Text('class Dropout:\n    """rand(N, D): numbers from 0 to 1"""\n{code}')(code=_CODE)
_MENDING = Mending("Dropout", _FAULTY, WHOLE.given)
_LINE = "return x * self.dropout_ratio"


def _with_ratio(ratio: Any) -> Inputs:
    return {"x": [[1.0, 2.0, -3.0, 4.0]], "dout": [[1.0, 1.0, 1.0, 1.0]], "ratio": float(ratio)}


EXERCISE = Exercise(
    id="mend_dropout",
    order=101,
    title=Text("Dropout in a test"),
    task=Text(
        "In a test all cells pass and are scaled, so that the mean is that of training. With the ratio that is used "
        "most this layer does so. Mend it for the others."
    ),
    name="Dropout",
    blank=_FAULTY,
    use=WHOLE.use,
    names=WHOLE.names,
    reference=WHOLE.reference,
    given=WHOLE.given,
    counts=WHOLE.counts,
    checks=(
        Check(Text("a test, half left out"), lambda: _with_ratio(0.5), ("Z(test)",)),
        Check(Text("a test, 0.2 left out"), lambda: _with_ratio(0.2), ("Z(test)",)),
        Check(Text("a test, nothing left out"), lambda: _with_ratio(0.0), ("Z(test)",)),
        *(one for one in WHOLE.checks if one.quantities in (("Z",), ("p", "M"), ("dX", "dX·(1−M)"))),
    ),
    hints=(
        Text("Of ten cells two are left out. What is the mean of what passes, beside the mean of all?"),
        Text("If nothing were left out, by what would a test have to multiply?"),
        Text("It is the share that passes: what is left of 1."),
    ),
    ours=(layers.Dropout,),
    mistakes=(
        _MENDING.none(Text("The share that is left out counts here. It is the share that passes that counts.")),
        _MENDING.wrong(
            "unscaled",
            Text("Nothing is scaled any more: while training, only a part of all cells came through."),
            (_LINE, "return x"),
        ),
        _MENDING.wrong(
            "divided",
            Text("The sums grow where they should shrink. Dividing belongs to training, in another form of dropout."),
            (_LINE, "return x / (1 - self.dropout_ratio)"),
        ),
        _MENDING.wrong(
            "both_shares",
            Text("Multiplied by both shares: only one of them passes."),
            (_LINE, "return x * self.dropout_ratio * (1 - self.dropout_ratio)"),
        ),
        _MENDING.wrong(
            "brackets",
            Text("Python multiplies first and then subtracts: the share that passes needs brackets."),
            (_LINE, "return x * 1 - self.dropout_ratio"),
        ),
        _MENDING.wrong(
            "turned",
            Text("All signs have changed: the share that passes is 1 less the ratio, not the other way round."),
            (_LINE, "return x * (self.dropout_ratio - 1)"),
        ),
        _MENDING.wrong("fixed", Text("Half is taken, whatever dropout_ratio is."), (_LINE, "return x * 0.5")),
        _MENDING.wrong(
            "in_training",
            Text("Training is scaled now, too. In this form what passes stays as it is there."),
            (_LINE, "return x * (1 - self.dropout_ratio)"),
            ("return x * self.mask", "return x * self.mask / (1 - self.dropout_ratio)"),
        ),
    ),
    stage=WHOLE.stage,
    mends="dropout_scaling",
    search=Search(
        Text("Find it first: for which ratio is the test wrong?"),
        "dropout_ratio",
        _with_ratio,
        start=0.5,
        bounds=(0.0, 0.9),
        quantities=("Z(test)",),
    ),
)
