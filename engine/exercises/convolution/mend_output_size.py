"""Repair exercise: a formula for the output size that returns fractions where the stride does not divide evenly."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.convolution.output_size import EXERCISE as WHOLE
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.mending import Mending
from engine.nn.im2col import output_size

_LINE = "(n + 2 * p - f) / s + 1"
_FAULTY = Text(
    'def output_size(n, f, p=0, s=1):\n    """n cells, window f, padding p, stride s"""\n    return {code}\n'
)(code=_LINE)
_MENDING = Mending("output_size", _FAULTY)


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
    name="output_size",
    blank=_FAULTY,
    use=WHOLE.use,
    reference=WHOLE.reference,
    checks=(
        Check(Text("height, with the numbers of the stage")),
        Check(Text("7 cells, window 3, stride 2"), lambda: _of(7)),
        Check(Text("7 cells, window 3, stride 3"), lambda: _of(7, s=3)),
        Check(Text("8 cells, window 3, stride 2"), lambda: _of(8)),
        Check(Text("28 cells, window 5, padding 3, stride 3"), lambda: _of(28, 5, 3, 3)),
        Check(Text("a window that just fits"), lambda: _of(5, 5)),
        Check(Text("an int, as the side of an array has to be"), lambda: _of(8), whole=True),
    ),
    hints=(
        Text("Put the window on 7 cells with stride 3, from the left. Where does the last one lie that fits?"),
        Text("A step that is not whole leads to no further place. The first place counts in any case."),
        Text("Python has two divisions; one of them leaves out what is not whole."),
    ),
    ours=(output_size,),
    mistakes=(
        _MENDING.none(Text("Part of a step was counted: no array has such a side.")),
        _MENDING.wrong(
            "rounded",
            Text("Rounded to the nearest: from half a step on, the last window reaches beyond the end."),
            (_LINE, "int((n + 2 * p - f) / s + 1.5)"),
        ),
        _MENDING.wrong(
            "rounded_up",
            Text("Rounded up: the last window reaches beyond the end."),
            (_LINE, "-(-(n + 2 * p - f) // s) + 1"),
        ),
        _MENDING.wrong(
            "without_first",
            Text("The first place has been lost."),
            (_LINE, "(n + 2 * p - f) // s"),
        ),
        _MENDING.wrong(
            "to_nearest",
            Text("Rounded to the nearest: from half a step on, the last window reaches beyond the end."),
            (_LINE, "round((n + 2 * p - f) / s) + 1"),
        ),
        _MENDING.wrong(
            "first_divided",
            Text("The first place was divided by the stride, too. It counts whatever the stride is."),
            (_LINE, "(n + 2 * p - f + 1) // s"),
        ),
        _MENDING.wrong("padded_once", Text("The padding is counted at one end only."), (_LINE, "(n + p - f) // s + 1")),
        _MENDING.wrong(
            "no_padding", Text("You get exactly these numbers without the padding."), (_LINE, "(n - f) // s + 1")
        ),
        _MENDING.wrong(
            "padding_away",
            Text("The padding was taken away. It makes the row longer."),
            (_LINE, "(n - 2 * p - f) // s + 1"),
        ),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="output_size_not_divisible",
    search=Search(
        Text("Find it first. Window 3, no padding, stride 2: for how many cells n is the size wrong?"),
        "n",
        _of,
        start=7,
        bounds=(3, 30),
    ),
)
