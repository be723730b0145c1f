"""Repair exercise: a ReLU layer that overwrites the upstream gradient in place."""

from __future__ import annotations

import numpy as np

from engine.contract.text import Text
from engine.exercises import one_input
from engine.exercises.exercise import Check, Exercise
from engine.exercises.layers.relu import EXERCISE as WHOLE
from engine.exercises.mending import Mending
from engine.nn import layers

_BACK = """        dout[self.mask] = 0
        dx = dout
        return dx
"""
_CODE = f"""
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
{_BACK}"""
_FAULTY = Text('class Relu:\n    """mask: True where x was not above 0"""\n{code}')(code=_CODE)
_MENDING = Mending("Relu", _FAULTY)

EXERCISE = Exercise(
    id="mend_relu",
    order=103,
    title=Text("ReLU and whose gradient it is"),
    task=Text(
        "The gradient that comes out of this layer is right. Yet if dout was handed to another branch as well, as an "
        "add "
        "node does, that branch gets a wrong one. Mend it."
    ),
    name="Relu",
    blank=_FAULTY,
    use=one_input.use,
    reference=layers.ReLU,
    checks=(
        Check(Text("with the numbers of the stage")),
        Check(
            Text("an input of 0 lets no gradient through"),
            lambda: {"x": [[0.0, 1.0, -1.0]], "dout": [[4.0, 5.0, 6.0]]},
        ),
        Check(
            Text("against central differences of your forward"),
            lambda: one_input.drawn(4, 3),
            ("dX",),
            "differences",
        ),
        Check(
            Text("one sample in float32"),
            lambda: {"x": np.array([[0.5, -2.0]], np.float32), "dout": np.array([[1.5, 2.5]], np.float32)},
        ),
    ),
    hints=(
        Text("Compare dout before the call with dout after it."),
        Text("dx = dout gives the array a second name. It makes no second array."),
        Text("Make the new array first, then set its cells to 0."),
    ),
    ours=(layers.ReLU,),
    mistakes=(
        _MENDING.wrong(
            "turned",
            Text("Just the gradients that should be stopped came through: mask is True where the gate was shut."),
            (_BACK, "        return dout * self.mask\n"),
        ),
        _MENDING.wrong(
            "nothing_stopped",
            Text("A copy goes back, but nothing is 0 in it."),
            (_BACK, "        return dout.copy()\n"),
        ),
        _MENDING.wrong(
            "by_upstream",
            Text("Here the sign of dout decides. What came in decides, on the way forward."),
            (_BACK, "        return np.maximum(dout, 0)\n"),
        ),
        _MENDING.wrong(
            "slope_alone",
            Text("These are the slopes alone, without dout."),
            (_BACK, "        return 1.0 - self.mask\n"),
        ),
        _MENDING.wrong(
            "ones",
            Text("Where the gate was shut, 1 goes back now. Nothing should."),
            (_BACK, "        dx = dout.copy()\n        dx[self.mask] = 1\n        return dx\n"),
        ),
        _MENDING.wrong(
            "negative",
            Text("All gradients have the other sign. The step downhill is taken by the optimizer, not here."),
            (_BACK, "        return -dout * ~self.mask\n"),
        ),
        _MENDING.wrong(
            "picked",
            Text(
                "A mask in brackets picks out cells and forgets their places. The shape has to stay, with 0 in the "
                "others."
            ),
            (_BACK, "        return dout[~self.mask]\n"),
        ),
    ),
    differences=one_input.differences,
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="relu_overwrites_upstream",
)
