"""Exercise: the fully connected layer, forward and backward."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs
from engine.exercises.layer import differences, drawn, numbers_of, use
from engine.pieces.piece import Piece


def _on_stage(params: Any) -> Inputs | None:
    sizes = params.samples, params.inputs, params.neurons
    if params.layer != "affine" or len(set(sizes)) < len(sizes):  # or a sum along the wrong axis would fit
        return None
    x, dout, W = (numbers_of(one) for one in (params.x, params.upstream, params.w))
    return {"x": x, "dout": dout, "W": W, "b": list(params.b[0])}


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"part": quantity.lower(), "selected": (0, *place) if quantity == "db" else place[:2]}


def _drawn(samples: int, *inputs: int) -> Inputs:
    return drawn(samples, *inputs, dout=(samples, 3), W=(math.prod(inputs), 3), b=(3,))


EXERCISE = Exercise(
    id="affine",
    order=3,
    title=Text("Affine: a fully connected layer"),
    task=Text(
        "Write the layer forward and back. forward gives X·W + b. backward is told dout, how the loss changes with "
        "each output; it keeps dW and db, and gives the gradient of x, in the shape of x."
    ),
    piece=Piece("layers.Affine"),
    use=use,
    differences=differences,
    checks=(
        Check(Text("forward, with the numbers of the stage"), quantities=("Z",)),
        Check(Text("backward, with the numbers of the stage"), hint=1),
        Check(
            Text("backward against central differences of your forward"),
            lambda: _drawn(4, 3),
            ("dX", "dW", "db"),
            "differences",
        ),
        Check(Text("a single sample"), lambda: _drawn(1, 3)),
        Check(Text("five samples of four inputs"), lambda: _drawn(5, 4)),
        Check(Text("images of shape (N, C, H, W), flattened"), lambda: _drawn(2, 2, 3, 2), hint=2),
    ),
    hints=(
        Text("Write the shapes beside each other: which product of two of them gives (D, M)?"),
        Text("A weight was used once by every sample. What becomes of the samples' shares?"),
        Text("backward needs what forward was given: keep it. And it gives back the shape that came in."),
    ),
    by_hand=ByHand(
        Text("Two samples, X = (1 2; 3 −1), and dZ = (2; 1). What is dW[1,0]?"),
        lambda: {"x": [[1, 2], [3, -1]], "dout": [[2], [1]], "W": [[0.5], [1.0]], "b": [0]},
        "dW",
        (1, 0),
    ),
    on_stage=_on_stage,
    stage={"layer": "affine", "samples": 4, "inputs": 3, "neurons": 2},
    shown_at=_shown_at,
    works_in=("layers", "training", "gradient_check", "optimizer_race", "overfitting", "cnn"),
)
