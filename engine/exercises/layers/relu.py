"""Exercise: ReLU as a layer, forward and backward."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs
from engine.exercises.layer import differences, drawn, numbers_of, use
from engine.pieces.piece import Piece


def _on_stage(params: Any) -> Inputs | None:
    if params.layer != "relu":
        return None
    return {"x": numbers_of(params.x), "dout": numbers_of(params.upstream)}


EXERCISE = Exercise(
    id="relu",
    order=1,
    title=Text("ReLU: a gate for numbers and gradients"),
    task=Text(
        "Write ReLU as a layer. forward lets through what is above 0 and makes all else 0; backward lets dout through "
        "just where forward was open, and leaves dout itself as it is."
    ),
    piece=Piece("layers.Relu"),
    use=use,
    differences=differences,
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("backward, with the numbers of the stage")),
        Check(
            Text("an input of 0 lets no gradient through"),
            lambda: {"x": [[0.0, 1.0, -1.0], [2.0, -0.0, -3.0]], "dout": [[4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]},
        ),
        Check(
            Text("backward against central differences of your forward"),
            lambda: drawn(4, 3),
            ("dX",),
            "differences",
        ),
        Check(Text("images of shape (N, C, H, W)"), lambda: drawn(2, 3, 4, 2)),
        Check(
            Text("one sample in float32"),
            lambda: {
                "x": np.array([[0.5, -2.0, 3.0]], np.float32),
                "dout": np.array([[1.5, 2.5, -1.0]], np.float32),
            },
        ),
    ),
    hints=(
        Text("A gate has two states. What must backward know about what forward did?"),
        Text("A comparison of a whole array gives an array of True and False: keep that one."),
        Text("In a product True counts as 1 and False as 0. A product is a new array, too."),
    ),
    by_hand=ByHand(
        Text("x = (2 −1; −3 4), and dout = (5 6; −7 8). What is dX[1,1]?"),
        lambda: {"x": [[2, -1], [-3, 4]], "dout": [[5, 6], [-7, 8]]},
        "dX",
        (1, 1),
    ),
    on_stage=_on_stage,
    stage={"layer": "relu"},
    shown_at=lambda quantity, place: {"part": quantity.lower(), "selected": place},
    works_in=("layers", "playground", "training", "optimizer_race", "overfitting", "cnn"),
    works_with={"playground": {"activation": "relu"}, "training": {"activation": "relu"}},
)
