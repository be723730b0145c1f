"""Repair exercise: a ReLU layer that overwrites the upstream gradient in place."""

from __future__ import annotations

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise
from engine.exercises.layers.relu import EXERCISE as WHOLE
from engine.pieces.mistakes.layers import RELU_OVERWRITES

EXERCISE = Exercise(
    id="mend_relu",
    order=103,
    title=Text("ReLU and whose gradient it is"),
    task=Text(
        "The gradient that comes out of this layer is right. Yet if dout was handed to another branch as well, as an "
        "add node does, that branch gets a wrong one. Mend it."
    ),
    piece=WHOLE.piece,
    use=WHOLE.use,
    differences=WHOLE.differences,
    checks=(
        Check(Text("with the numbers of the stage")),
        Check(
            Text("an input of 0 lets no gradient through"),
            lambda: {"x": [[0.0, 1.0, -1.0]], "dout": [[4.0, 5.0, 6.0]]},
        ),
        Check(Text("against central differences of your forward"), WHOLE.checks[3].inputs, ("dX",), "differences"),
        WHOLE.checks[5],
    ),
    hints=(
        Text("Compare dout before the call with dout after it."),
        Text("dx = dout gives the array a second name. It makes no second array."),
        Text("Make the new array first, then set its cells to 0."),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="relu_overwrites_upstream",
    fault=RELU_OVERWRITES,
)
