"""Repair exercise: a softmax that treats a whole batch as one row."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.softmax.softmax import EXERCISE as WHOLE
from engine.pieces.mistakes.functions import ONE_SUM
from engine.pieces.piece import Piece

_ROWS = [[0.3, 2.9, 4.0], [1.0, 0.0, 2.0], [0.0, 0.5, -1.0], [2.0, 2.0, 2.0]]


def _of_rows(count: Any) -> Inputs:
    return {"a": [_ROWS[row % len(_ROWS)] for row in range(count)]}


EXERCISE = Exercise(
    id="mend_axis",
    order=101,
    title=Text("softmax of a batch"),
    task=Text(
        "This function was written for one row of scores. Mend it so that each row of a batch becomes probabilities of "
        "its own; a single row (C,) has to work as before."
    ),
    piece=Piece("functions.softmax"),
    fault=ONE_SUM,
    use=WHOLE.use,
    checks=(
        Check(Text("the numbers of the stage")),
        Check(Text("a single row"), lambda: {"a": _ROWS[0]}),
        Check(Text("scores of 1000, 0 and −1000"), lambda: {"a": [1000.0, 0.0, -1000.0]}),
        Check(Text("three rows of three"), lambda: _of_rows(3)),
        Check(Text("two rows of three"), lambda: _of_rows(2)),
        Check(Text("rows far apart"), lambda: {"a": [[1000.0, 1001.0], [0.0, 1.0]]}),
    ),
    hints=(
        Text("What should the numbers of each row add up to? What do they add up to now?"),
        Text(
            "np.max and np.sum go over all numbers unless axis tells them along which to go. axis=-1 is the last one, "
            "for a row and for a batch."
        ),
        Text("A sum for each row has the shape (N,), and does not fit beside (N, C). keepdims=True leaves it (N, 1)."),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="softmax_axis",
    search=Search(
        Text("Find it first: for how many rows does it go wrong?"),
        "N",
        _of_rows,
        start=1,
        bounds=(1, 6),
    ),
)
