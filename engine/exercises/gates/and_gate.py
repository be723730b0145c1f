"""Exercise: a gate as a neuron with two weights and a bias; AND by the learner's values, other gates by given ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


def _use(written: Any, w: np.ndarray | None = None, b: float = 0.0) -> Values:
    """The outputs of a gate for all four pairs of inputs.

    Without ``w`` the code's default weights and bias are used, which should make it an AND; else ``w`` and ``b``.
    """
    for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
        own = w is None
        yield f"{'AND' if own else 'y'}({x1}, {x2})", written(x1, x2) if own else written(x1, x2, w, b)


def _gate(w1: float, w2: float, b: float) -> Inputs:
    return {"w": [w1, w2], "b": b}


def _on_stage(params: Any) -> Inputs | None:
    return _gate(params.w1, params.w2, params.b)


def _shown_at(quantity: str, place: tuple[int, ...]) -> Mapping[str, object]:
    return {"selected": "".join(one for one in quantity if one.isdigit())}


EXERCISE = Exercise(
    id="and_gate",
    order=1,
    title=Text("A gate: AND"),
    task=Text(
        "Write the neuron: 1 if the weighted sum of its inputs, with the bias, is above 0, otherwise 0. In the heading "
        "choose w and b so that it is AND; with other numbers the same lines are NAND or OR."
    ),
    piece=Piece("perceptrons.AND"),
    begins=(("w=(0.5, 0.5), b=-0.7", "w=(0.0, 0.0), b=0.0"),),
    use=_use,
    checks=(
        Check(Text("with w and b of the stage")),
        Check(Text("AND, with your own w and b"), dict, hint=1),
        Check(Text("NAND: w = (−0.5, −0.5), b = 0.7"), lambda: _gate(-0.5, -0.5, 0.7)),
        Check(Text("OR: w = (0.5, 0.5), b = −0.2"), lambda: _gate(0.5, 0.5, -0.2)),
        Check(Text("x2 decides alone: w = (−1, 2), b = −0.5"), lambda: _gate(-1.0, 2.0, -0.5)),
        Check(Text("x1, but not x2: w = (2.5, −3), b = −1"), lambda: _gate(2.5, -3.0, -1.0)),
        Check(Text("points on the line itself"), lambda: _gate(1.0, -1.0, 0.0), hint=2),
    ),
    hints=(
        Text("First the sum: each input times its weight, and the bias. Then one question about that sum."),
        Text("For AND one input alone must not lift the sum above 0, but both together must."),
        Text("With equal weights the bias lies between minus one weight and minus both. A sum of exactly 0 gives 0."),
    ),
    by_hand=ByHand(
        Text("w = (0.4, 0.6), b = −0.5, which need not be an AND. What does the neuron answer to (0, 1)?"),
        lambda: _gate(0.4, 0.6, -0.5),
        "y(0, 1)",
    ),
    on_stage=_on_stage,
    shown_at=_shown_at,
    works_in=("gates",),
)
