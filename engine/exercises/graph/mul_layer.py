"""Exercise: a multiplication node of a computational graph, with forward and backward."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Exercise, Inputs
from engine.exercises.two_inputs import checks, differences, use
from engine.pieces.piece import Piece

_NODES = {"dx": 1, "dy": 2, "z": 4}
"""By quantity, the node of the apple graph to highlight, counted from 1: price, count and their product."""


def _on_stage(params: Any) -> Inputs | None:
    if params.graph != "apples":
        return None
    return {"x": params.apple_price, "y": params.apple_count, "dout": params.tax}


EXERCISE = Exercise(
    id="mul_layer",
    order=1,
    title=Text("A node that multiplies"),
    task=Text(
        "Write a node of the graph: forward multiplies two numbers. backward is told dout, the gradient of the "
        "product, and gives back the gradients of both."
    ),
    piece=Piece("layers.MulLayer"),
    use=use,
    differences=differences,
    checks=checks(Text("apples: price and count, with the numbers of the stage")),
    hints=(
        Text("If y is 5, by how much does the product grow when x grows by 1?"),
        Text("backward needs what went into forward: that is what the two names in __init__ are for."),
        Text("The two change places: each is the slope of the other. And dout goes into both."),
    ),
    by_hand=ByHand(
        Text("x = 3, y = −2, and dout = 4. What is dx?"),
        lambda: {"x": 3.0, "y": -2.0, "dout": 4.0},
        "dx",
    ),
    on_stage=_on_stage,
    stage={"graph": "apples"},
    shown_at=lambda quantity, place: {"selected": _NODES[quantity]},
    works_in=("graph", "layers"),
    works_with={"layers": {"layer": "multiply"}},
)
