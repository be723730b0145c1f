"""Repair exercise: a softmax-with-loss layer whose backward pass ignores the upstream gradient."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text, untranslated
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.layers.softmax_with_loss import EXERCISE as WHOLE
from engine.exercises.layers.softmax_with_loss import SCORES, numbered
from engine.pieces.mistakes.layers import UPSTREAM_IGNORED


def _with_upstream(dout: Any) -> Inputs:
    return {"x": SCORES[:2], "t": [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]], "dout": float(dout)}


EXERCISE = Exercise(
    id="mend_upstream",
    order=101,
    title=Text("the last layer on the way back"),
    task=Text(
        "This last layer passes its tests as long as nothing comes after it. Mend the way back so that it also"
        " holds when a sum of losses, or a factor, comes after it."
    ),
    piece=WHOLE.piece,
    use=WHOLE.use,
    differences=WHOLE.differences,
    checks=(
        Check(Text("with the numbers of the stage, dout = 1")),
        Check(untranslated("dout = 2"), lambda: _with_upstream(2)),
        Check(untranslated("dout = −0.5"), lambda: _with_upstream(-0.5)),
        Check(Text("against central differences of dout·L"), lambda: _with_upstream(-2.5), ("dX",), "differences"),
        Check(Text("dout = 0: nothing comes back"), lambda: _with_upstream(0)),
        Check(Text("t as class numbers"), lambda: numbered(3)),
        Check(Text("class numbers, dout = 2"), lambda: numbered(2, dout=2.0)),
    ),
    hints=(
        Text("If the loss is doubled after this layer, what becomes of the gradient of every score?"),
        Text("Look for the name that is handed in and then not used."),
        Text("The chain rule multiplies: the slope of this layer by what comes from above."),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="upstream_ignored",
    fault=UPSTREAM_IGNORED,
    search=Search(
        Text("Find it first: at which dout does backward give something wrong?"),
        "dout",
        _with_upstream,
        start=1.0,
        bounds=(-5.0, 5.0),
        quantities=("dX",),
    ),
)
