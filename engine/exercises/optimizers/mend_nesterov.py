"""Repair exercise: a Nesterov optimizer that updates the velocity before using it, as in code that is often copied."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import Exercise, Inputs, Search
from engine.exercises.three_updates import CHANGED, checks, use
from engine.pieces.mistakes.optimizers import NESTEROV_FAULT
from engine.pieces.piece import Piece


def _with_momentum(momentum: Any) -> Inputs:
    return {"W1": [1.0], "W2": [2.0], "dW1": [[2.0], [2.0]], "dW2": [[1.0], [-1.0]], "lr": 0.1,
            "momentum": float(momentum)}  # fmt: skip


EXERCISE = Exercise(
    id="mend_nesterov",
    order=101,
    title=Text("Nesterov, and when its velocity changes"),
    task=Text(
        "With v as it was before an update, Nesterov takes W + μ²·v − (1 + μ)·η·g. This code renews v first and then "
        "uses that formula. Mend it: change the order, or the formula. W1(1) stands for W1 after the first update."
    ),
    piece=Piece("optimizers.Nesterov"),
    use=use,
    changes=CHANGED,
    checks=checks(lr=0.1, momentum=0.8),
    hints=(
        Text("The new v is μ·v − η·g. Put that into μ²·v: which gradient is in it, and how often does it count then?"),
        Text("In the formula v is the one from before this update. In which line is it renewed?"),
        Text("Either the two lines that renew v come last, or, with the new v, the step is μ·v − η·g."),
    ),
    mends="nesterov_order",
    fault=NESTEROV_FAULT,
    search=Search(
        Text("Find it first: at which momentum does it go elsewhere than it should?"),
        "momentum",
        _with_momentum,
        start=0.0,
        bounds=(0.0, 0.99),
    ),
)
