"""Repair exercise: a cross entropy error for one-hot labels that is called with class numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.losses.cross_entropy_error import EXERCISE as WHOLE
from engine.exercises.mending import Mending
from engine.nn.losses import cross_entropy_of_classes

_LINE = "    return -np.sum(t * np.log(y + 1e-7)) / samples\n"
_CODE = f"""    if y.ndim == 1:
        y = y.reshape(1, y.size)
        t = t.reshape(1, t.size)
    samples = len(y)
{_LINE}"""
_FAULTY = Text('def cross_entropy_error(y, t):\n    """y (N, C); t: one-hot, or class numbers (N,)"""\n{code}')(
    code=_CODE
)
_MENDING = Mending("cross_entropy_error", _FAULTY)
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
    name="cross_entropy_error",
    blank=_FAULTY,
    use=WHOLE.use,
    reference=WHOLE.reference,
    checks=(
        Check(Text("one-hot, with the numbers of the stage")),
        Check(
            Text("class numbers, three samples of three classes"),
            lambda: _of_samples(3),
        ),
        Check(Text("class numbers, a single sample"), lambda: _of_samples(1)),
        Check(Text("class numbers, five samples"), lambda: _of_samples(5)),
        Check(
            Text("one-hot, two samples"),
            lambda: {"y": _SHARES[:2], "t": [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]]},
        ),
    ),
    hints=(
        Text("What does a one-hot row pick out of the logarithms? What does the number 2 do with them?"),
        Text("The two kinds differ in size: t.size is that of y, or only the number of samples."),
        Text("Make class numbers of one-hot rows by argmax, then pick one value of each row with np.arange(N) and t."),
    ),
    ours=(cross_entropy_of_classes,),
    mistakes=(
        _MENDING.none(Text("The class numbers were multiplied with the logarithms, as if they were one-hot rows.")),
        _MENDING.wrong(
            "all_pairs",
            Text("Each sample was asked for the classes of all samples. Rows and columns go in pairs."),
            (
                _LINE,
                "    if t.size == y.size:\n        t = t.argmax(axis=1)\n"
                "    return -np.sum(np.log(y[:, t] + 1e-7)) / samples\n",
            ),
        ),
        _MENDING.wrong(
            "largest",
            Text(
                "This takes the largest output of each row. It is that of the right class that counts, large or small."
            ),
            (
                _LINE,
                "    if t.size == y.size:\n"
                + "    "
                + _LINE
                + "    return -np.sum(np.log(np.max(y, axis=1) + 1e-7)) / samples\n",
            ),
        ),
        _MENDING.wrong(
            "summed",
            Text("For class numbers this is the sum over the samples, for one-hot rows the mean."),
            (
                _LINE,
                "    if t.size == y.size:\n"
                + "    "
                + _LINE
                + "    return -np.sum(np.log(y[np.arange(samples), t] + 1e-7))\n",
            ),
        ),
        _MENDING.wrong(
            "turned",
            Text("A logarithm of a probability is negative, a loss is not."),
            (
                _LINE,
                "    if t.size == y.size:\n        t = t.argmax(axis=1)\n    return "
                "np.sum(np.log(y[np.arange(samples), t] + 1e-7)) / samples\n",
            ),
        ),
        _MENDING.wrong(
            "over_classes",
            Text("It is divided by the number of classes. It should be that of the samples."),
            (
                _LINE,
                "    if t.size == y.size:\n        t = t.argmax(axis=1)\n    return "
                "-np.sum(np.log(y[np.arange(samples), t] + 1e-7)) / y.shape[1]\n",
            ),
        ),
    ),
    on_stage=WHOLE.on_stage,
    stage=WHOLE.stage,
    shown_at=WHOLE.shown_at,
    mends="class_numbers_in_cross_entropy",
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
