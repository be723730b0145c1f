"""Exercise: the output size of a convolution along one axis, that is, how many windows fit."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import ByHand, Check, Exercise, Inputs, Values
from engine.pieces.piece import Piece


def _use(written: Any, n: int, f: int, p: int, s: int) -> Values:
    yield "OH", written(n, f, p, s)


def _on_stage(params: Any) -> Inputs | None:
    if params.dilation != 1:
        return None
    return {"n": params.height, "f": params.kernel_height, "p": params.padding, "s": params.stride}


def _of(n: int, f: int, p: int, s: int) -> Inputs:
    return {"n": n, "f": f, "p": p, "s": s}


EXERCISE = Exercise(
    id="output_size",
    order=1,
    title=Text("The size of the output"),
    task=Text(
        "A window of f cells slides along a row of n cells, s cells a step, with p cells of padding at either end. "
        "Write how many positions it has. Cells that do not fill another step are left over; if no window fits, there "
        "are 0."
    ),
    piece=Piece("convolution.output_size"),
    use=_use,
    checks=(
        Check(Text("height, with the numbers of the stage")),
        Check(Text("a window of one cell"), lambda: _of(5, 1, 0, 1)),
        Check(Text("with padding: 4 cells, window 3, padding 1"), lambda: _of(4, 3, 1, 1), hint=2),
        Check(Text("with a stride: 7 cells, window 3, stride 2"), lambda: _of(7, 3, 0, 2), hint=1),
        Check(Text("what does not divide: 7 cells, window 3, stride 3"), lambda: _of(7, 3, 0, 3), hint=2),
        Check(Text("33 cells, window 5, padding 2, stride 3"), lambda: _of(33, 5, 2, 3)),
        Check(Text("a window that just fits"), lambda: _of(5, 5, 0, 2)),
        Check(Text("a window that does not fit"), lambda: _of(3, 7, 1, 1)),
        Check(Text("an int, as the side of an array has to be"), lambda: _of(8, 3, 0, 2), whole=True),
    ),
    hints=(
        Text("Put the window at the left end. How many cells are free to its right?"),
        Text("Every whole step over the free cells is one more place. And the first place counts too."),
        Text("Padding lies at both ends. Division with // leaves out what is not whole."),
    ),
    by_hand=ByHand(
        Text("9 cells, a window of 4, padding 1 and stride 3. What is OH?"),
        lambda: _of(9, 4, 1, 3),
        "OH",
    ),
    on_stage=_on_stage,
    works_in=("convolution", "pooling"),
)
