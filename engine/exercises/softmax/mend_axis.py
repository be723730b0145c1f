"""Repair exercise: a softmax that treats a whole batch as one row."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.mending import Mending
from engine.exercises.softmax.softmax import EXERCISE as WHOLE
from engine.nn.losses import softmax

_CODE = """    a = a - np.max(a)
    e = np.exp(a)
    return e / np.sum(e)
"""
_FAULTY = Text('def softmax(a):\n    """a (C,) or (N, C): scores -> probabilities"""\n{code}')(code=_CODE)
_MENDING = Mending("softmax", _FAULTY)
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
    name="softmax",
    blank=_FAULTY,
    use=WHOLE.use,
    reference=WHOLE.reference,
    checks=(
        Check(Text("the numbers of the stage")),
        Check(Text("a single row"), lambda: {"a": _ROWS[0]}),
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
    ours=(softmax,),
    mistakes=(
        _MENDING.none(Text("The whole batch shares one sum: all its numbers together make 1, not those of each row.")),
        _MENDING.wrong(
            "by_columns",
            Text("Now every column adds up to 1. A sample is a row."),
            ("np.max(a)", "np.max(a, axis=0)"),
            ("np.sum(e)", "np.sum(e, axis=0)"),
        ),
        _MENDING.wrong(
            "sums_as_a_row",
            Text("The sums lie as a row, so each column was divided by the sum of another sample."),
            ("np.max(a)", "np.max(a, axis=-1, keepdims=True)"),
            ("np.sum(e)", "np.sum(e, axis=-1)"),
        ),
        _MENDING.wrong(
            "one_maximum",
            Text("The largest number of the batch was taken from every row: if a row lies far below, all becomes 0."),
            ("np.sum(e)", "np.sum(e, axis=-1, keepdims=True)"),
        ),
        _MENDING.wrong(
            "unshifted",
            Text(
                "Nothing is taken from the scores any more, so e to the power of 1000 overflows. Each row's maximum "
                "has to be taken from it."
            ),
            ("    a = a - np.max(a)\n", ""),
            ("np.sum(e)", "np.sum(e, axis=-1, keepdims=True)"),
        ),
        _MENDING.wrong(
            "undivided",
            Text("These are the powers of e alone. They have to be divided by the sum of their row."),
            ("return e / np.sum(e)", "return e"),
            ("np.max(a)", "np.max(a, axis=-1, keepdims=True)"),
        ),
        _MENDING.wrong(
            "both_as_a_row",
            Text(
                "Maxima and sums lie as a row, so each column was treated with those of another sample. keepdims "
                "keeps them beside their rows."
            ),
            ("np.max(a)", "np.max(a, axis=-1)"),
            ("np.sum(e)", "np.sum(e, axis=-1)"),
        ),
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
