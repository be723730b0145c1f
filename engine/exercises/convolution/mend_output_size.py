"""Repair exercise: a formula for the output size that returns fractions where the stride does not divide evenly."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.convolution.output_size import EXERCISE as WHOLE
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.pieces.mistakes.convolution import HALF_A_CELL
from engine.pieces.piece import Piece


def _of(n: Any, f: int = 3, p: int = 0, s: int = 2) -> Inputs:
    return {"n": n, "f": f, "p": p, "s": s}


EXERCISE = Exercise(
    id="mend_output_size",
    order=101,
    title=Text("an output of half a cell"),
    task=Text(
        "This is the formula for the size of the output, as it stands in most notes. For some inputs there is no array "
        "of such a size. Mend it: a window that does not fit is left out."
    ),
    piece=Piece("convolution.output_size"),
    use=WHOLE.use,
    checks=(
        Check(Text("height, with the numbers of the stage")),
        Check(Text("7 cells, window 3, stride 2"), lambda: _of(7)),
        Check(Text("7 cells, window 3, stride 3"), lambda: _of(7, s=3)),
        Check(Text("8 cells, window 3, stride 2"), lambda: _of(8)),
        Check(Text("28 cells, window 5, padding 3, stride 3"), lambda: _of(28, 5, 3, 3)),
        Check(Text("a window that just fits"), lambda: _of(5, 5)),
        Check(Text("a window that does not fit"), lambda: _of(3, 7, 1, 1)),
        Check(Text("an int, as the side of an array has to be"), lambda: _of(8), whole=True),
    ),
    hints=(
        Text("Put the window on 7 cells with stride 3, from the left. Where does the last one lie that fits?"),
        Text("A step that is not whole leads to no further place. The first place counts in any case."),
        Text("Python has two divisions; one of them leaves out what is not whole."),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="output_size_not_divisible",
    fault=HALF_A_CELL,
    search=Search(
        Text("Find it first. Window 3, no padding, stride 2: for how many cells n is the size wrong?"),
        "n",
        _of,
        start=7,
        bounds=(3, 30),
    ),
)
