"""Repair exercise: a dropout layer that scales by the wrong factor in a test."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.overfitting.dropout import EXERCISE as WHOLE
from engine.pieces.mistakes.techniques import BY_RATIO


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
    piece=WHOLE.piece,
    fault=BY_RATIO,
    use=WHOLE.use,
    names=WHOLE.names,
    gives=WHOLE.gives,
    counts=WHOLE.counts,
    checks=(
        Check(Text("a test, half left out"), lambda: _with_ratio(0.5), ("Z(test)",)),
        Check(Text("a test, 0.2 left out"), lambda: _with_ratio(0.2), ("Z(test)",)),
        Check(Text("a test, nothing left out"), lambda: _with_ratio(0.0), ("Z(test)",)),
        *(one for one in WHOLE.checks if one.quantities != ("Z(test)",)),
    ),
    hints=(
        Text("Of ten cells two are left out. What is the mean of what passes, beside the mean of all?"),
        Text("If nothing were left out, by what would a test have to multiply?"),
        Text("It is the share that passes: what is left of 1."),
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
