"""Exercise: an addition node of a computational graph, with forward and backward."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Exercise, Inputs
from engine.exercises.two_inputs import checks, differences, use
from engine.pieces.piece import Piece

_PLUS = 8
"""The addition node in the fruit graph, counted from 1; its sentence states both gradients."""


def _on_stage(params: Any) -> Inputs | None:
    if params.graph != "fruit":
        return None
    apples, oranges = params.apple_price * params.apple_count, params.orange_price * params.orange_count
    return {"x": apples, "y": oranges, "dout": params.tax}


EXERCISE = Exercise(
    id="add_layer",
    order=2,
    title=Text("A node that adds"),
    task=Text(
        "Write the node for a sum, in the same form: forward adds two numbers, backward gives the gradient of each. "
        "What does it have to remember?"
    ),
    piece=Piece("layers.AddLayer"),
    use=use,
    differences=differences,
    checks=checks(Text("apples and oranges, with the numbers of the stage")),
    hints=(
        Text("When x grows by 1, by how much does the sum grow?"),
        Text("Does that depend on how large x and y are?"),
        Text("The slope of a sum is 1 on either side. Upstream times 1 is upstream."),
    ),
    by_hand=ByHand(
        Text("x = 3, y = −2, and dout = 4. What is dy?"),
        lambda: {"x": 3.0, "y": -2.0, "dout": 4.0},
        "dy",
    ),
    on_stage=_on_stage,
    stage={"graph": "fruit"},
    shown_at=lambda quantity, place: {"selected": _PLUS},
    works_in=("graph", "layers"),
    works_with={"layers": {"layer": "add"}},
)
