"""Exercise: the sigmoid as a layer; its backward pass needs only its output."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs
from engine.exercises.layer import differences, drawn, numbers_of, use
from engine.pieces.piece import Piece


def _on_stage(params: Any) -> Inputs | None:
    if params.layer != "sigmoid":
        return None
    return {"x": numbers_of(params.x), "dout": numbers_of(params.upstream)}


EXERCISE = Exercise(
    id="sigmoid_layer",
    order=2,
    title=Text("Sigmoid as a layer"),
    task=Text(
        "Write sigmoid as a layer; the function sigmoid itself is given. backward multiplies dout by the slope, which "
        "can be told from the output of forward, so that no exponential has to be computed again."
    ),
    piece=Piece("layers.Sigmoid"),
    use=use,
    differences=differences,
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("backward, with the numbers of the stage")),
        Check(
            Text("backward against central differences of your forward"),
            lambda: drawn(4, 3),
            ("dX",),
            "differences",
        ),
        Check(Text("inputs of −1000 and 1000"), lambda: {"x": [[-1000.0, 1000.0, 0.0]], "dout": [[1.0, 2.0, 4.0]]}),
        Check(Text("images of shape (N, C, H, W)"), lambda: drawn(2, 3, 4, 2)),
    ),
    hints=(
        Text("Where is the curve steepest, and where flat? What is its output there?"),
        Text("At an output of 1/2 the slope is 1/4; at outputs of 0 and of 1 it is 0."),
        Text("The slope is a product: the output, and what it lacks to 1."),
    ),
    by_hand=ByHand(
        Text("x = 0 goes in, and dout = 6 comes back. What is dX[0,0]?"),
        lambda: {"x": [[0]], "dout": [[6]]},
        "dX",
        (0, 0),
    ),
    on_stage=_on_stage,
    stage={"layer": "sigmoid"},
    shown_at=lambda quantity, place: {"part": quantity.lower(), "selected": place},
    works_in=("layers", "training", "gradient_check"),
    works_with={"training": {"activation": "sigmoid"}, "gradient_check": {"activation": "sigmoid"}},
)
