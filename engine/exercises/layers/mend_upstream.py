"""Repair exercise: a softmax-with-loss layer whose backward pass ignores the upstream gradient."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text, untranslated
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.layers.softmax_with_loss import EXERCISE as WHOLE
from engine.exercises.mending import Mending
from engine.nn.layers import SoftmaxWithLoss

_FAULTY = Text(
    '''class SoftmaxWithLoss:
    """x, t (N, C): scores and one-hot labels"""

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        return cross_entropy_error(self.y, t)

    def backward(self, dout=1):
        """dout: the gradient that comes from above"""
        samples = len(self.t)
        return (self.y - self.t) / samples
'''
)
_MENDING = Mending("SoftmaxWithLoss", _FAULTY, WHOLE.given)
_LINE = "(self.y - self.t) / samples"


def _with_upstream(dout: Any) -> Inputs:
    return {"x": [[0.3, 2.9, 4.0], [1.0, 2.0, 0.5]], "t": [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]], "dout": float(dout)}


EXERCISE = Exercise(
    id="mend_upstream",
    order=101,
    title=Text("the last layer on the way back"),
    task=Text(
        "This last layer passes its tests as long as nothing comes after it. Mend the way back so that it also"
        " holds when a sum of losses, or a factor, comes after it."
    ),
    name="SoftmaxWithLoss",
    blank=_FAULTY,
    use=WHOLE.use,
    reference=SoftmaxWithLoss,
    given=WHOLE.given,
    checks=(
        Check(Text("with the numbers of the stage, dout = 1")),
        Check(untranslated("dout = 2"), lambda: _with_upstream(2)),
        Check(untranslated("dout = −0.5"), lambda: _with_upstream(-0.5)),
        Check(
            Text("against central differences of dout·L"),
            lambda: _with_upstream(-2.5),
            ("dX",),
            "differences",
        ),
        Check(Text("dout = 0: nothing comes back"), lambda: _with_upstream(0)),
    ),
    hints=(
        Text("If the loss is doubled after this layer, what becomes of the gradient of every score?"),
        Text("Look for the name that is handed in and then not used."),
        Text("The chain rule multiplies: the slope of this layer by what comes from above."),
    ),
    ours=(SoftmaxWithLoss.backward,),
    mistakes=(
        _MENDING.none(Text("Whatever comes from above, the same gradient goes back: dout is not used.")),
        _MENDING.wrong(
            "divided",
            Text("This divides by what comes from above. A loss that counts twice has a gradient twice as large."),
            (_LINE, "(self.y - self.t) / samples / dout"),
        ),
        _MENDING.wrong(
            "added",
            Text("dout was added. It says how often every change counts, so it is a factor."),
            (_LINE, "(self.y - self.t) / samples + dout - 1"),
        ),
        _MENDING.wrong(
            "output_only",
            Text("Only the output was multiplied, not the label: the difference as a whole has to be."),
            (_LINE, "(dout * self.y - self.t) / samples"),
        ),
        _MENDING.wrong(
            "mean_lost",
            Text("dout is in it, but the mean over the samples has been lost."),
            (_LINE, "(self.y - self.t) * dout"),
        ),
        _MENDING.wrong(
            "turned", Text("The difference is the other way round."), (_LINE, "dout * (self.t - self.y) / samples")
        ),
        _MENDING.wrong(
            "just_added",
            Text("dout was added. It says how often every change counts, so it is a factor."),
            (_LINE, "(self.y - self.t) / samples + dout"),
        ),
        _MENDING.wrong(
            "squared", Text("dout counts twice here."), (_LINE, "dout * dout * (self.y - self.t) / samples")
        ),
        _MENDING.wrong(
            "size_only",
            Text("Only the size of dout counts here. If it is below 0, so every gradient turns its sign."),
            (_LINE, "abs(dout) * (self.y - self.t) / samples"),
        ),
        _MENDING.wrong(
            "in_place",
            Text("y itself was written into, which forward has kept. Work on a copy."),
            ("return (self.y - self.t) / samples", "self.y -= self.t\n        return dout * self.y / samples"),
        ),
    ),
    differences=WHOLE.differences,
    on_stage=WHOLE.on_stage,
    stage={"layer": "softmax_loss"},
    shown_at=WHOLE.shown_at,
    mends="upstream_ignored",
    search=Search(
        Text("Find it first: at which dout does backward give something wrong?"),
        "dout",
        _with_upstream,
        start=1.0,
        bounds=(-5.0, 5.0),
        quantities=("dX",),
    ),
)
