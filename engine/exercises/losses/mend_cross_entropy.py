"""Repair exercise: a cross entropy error for one-hot labels that is called with class numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.losses.cross_entropy_error import EXERCISE as WHOLE
from engine.pieces.mistakes.losses import AS_ONE_HOT

_SHARES = [[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.25, 0.25, 0.5], [0.4, 0.4, 0.2], [0.05, 0.9, 0.05], [0.3, 0.3, 0.4]]
_CLASSES = [2, 1, 0, 1, 2, 0]


def _of_samples(count: Any) -> Inputs:
    return {"y": _SHARES[:count], "t": np.array(_CLASSES[:count])}


EXERCISE = Exercise(
    id="mend_cross_entropy",
    order=101,
    title=Text("cross entropy of class numbers"),
    task=Text(
        "This function is right for one-hot labels. Handed class numbers it stops for most batches, and for some it "
        "does not. Mend it so that both kinds of labels give the same loss."
    ),
    piece=WHOLE.piece,
    use=WHOLE.use,
    checks=(
        Check(Text("one-hot, with the numbers of the stage")),
        Check(Text("class numbers, three samples of three classes"), lambda: _of_samples(3)),
        Check(Text("class numbers, a single sample"), lambda: _of_samples(1)),
        Check(Text("class numbers, five samples"), lambda: _of_samples(5)),
        Check(
            Text("one-hot, two samples"),
            lambda: {"y": _SHARES[:2], "t": [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]]},
        ),
        Check(
            Text("class numbers, and the right class got 0"),
            lambda: {"y": [[0.0, 1.0], [0.5, 0.5]], "t": np.array([0, 1])},
        ),
    ),
    hints=(
        Text("What does a one-hot row pick out of the logarithms? What does the number 2 do with them?"),
        Text("The two kinds differ in size: t.size is that of y, or only the number of samples."),
        Text("Make class numbers of one-hot rows by argmax, then pick one value of each row with np.arange(N) and t."),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="class_numbers_in_cross_entropy",
    fault=AS_ONE_HOT,
    search=Search(
        Text(
            "Find it first. t are numbers of three classes: for how many samples N is the loss wrong, without a word?"
        ),
        "N",
        _of_samples,
        start=5,
        bounds=(1, 6),
    ),
)
