"""Repair exercise: an accuracy that ignores the samples after the last full batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.exercises.mending import Mending
from engine.nn.network import Network

_LOOP = "    for i in range(len(x) // batch_size):\n"
_PART = "        part = slice(i * batch_size, (i + 1) * batch_size)\n"
_COUNT = "        right += np.sum(predict(x[part]) == t[part])\n"
_RESULT = "    return right / len(x)\n"
_CODE = f"    right = 0\n{_LOOP}{_PART}{_COUNT}{_RESULT}"
_FAULTY = Text(
    'def accuracy(predict, x, t, batch_size=100):\n    """predict(x) -> the class of each sample"""\n{code}'
)(code=_CODE)
_MENDING = Mending("accuracy", _FAULTY)
_Predict = Callable[[np.ndarray], np.ndarray]


def _ours(predict: _Predict, x: np.ndarray, t: np.ndarray, batch_size: int = 100) -> float:
    class Known(Network):
        def __init__(self) -> None:
            pass

        def predict(self, x: np.ndarray, training: bool = False) -> np.ndarray:
            return np.eye(10)[predict(x)]

    return Known().accuracy(x, t, batch_size)


def _use(written: Any, samples: int, batch_size: int = 100) -> Values:
    """The accuracy for partly wrong predictions, how often each sample was predicted, and the largest batch."""
    numbers = np.arange(samples)
    t = numbers % 10
    is_wrong = (numbers % 7 == 0) | (numbers % 100 // 10 == 5)
    looks, most = np.zeros(samples), 0

    def predict(x: np.ndarray) -> np.ndarray:
        nonlocal most
        which = x[:, 0].astype(int)
        np.add.at(looks, which, 1)
        most = max(most, len(which))
        return (t[which] + is_wrong[which]) % 10

    yield "accuracy", written(predict, numbers[:, None].astype(float), t, batch_size)
    yield "looks", looks
    yield "batch", most


def _of(samples: Any) -> Inputs:
    return {"samples": samples}


EXERCISE = Exercise(
    id="mend_accuracy",
    order=101,
    title=Text("an accuracy batch by batch"),
    task=Text(
        "This accuracy is computed batch by batch, so that large data fit into memory. Mend it so that each sample "
        "is looked at just once, whatever their number."
    ),
    name="accuracy",
    blank=_FAULTY,
    use=_use,
    names={
        "accuracy": Text("accuracy"),
        "looks": Text("looks"),
        "batch": Text("batch", context="size"),
    },
    reference=_ours,
    checks=(
        Check(Text("200 samples in batches of 100"), lambda: _of(200)),
        Check(Text("250 samples: the accuracy"), lambda: _of(250), ("accuracy",)),
        Check(Text("each sample is looked at once"), lambda: _of(250), ("looks",)),
        Check(Text("fewer samples than a batch"), lambda: {"samples": 70, "batch_size": 100}, hint=1),
        Check(
            Text("not more at a time than a batch"),
            lambda: {"samples": 101, "batch_size": 25},
        ),
    ),
    hints=(
        Text("Of 250 samples, which are in the batches of this loop?"),
        Text("A slice that reaches beyond the end is just shorter: the last batch needs no rule of its own."),
        Text("range has a third argument: where the batches begin is 0, batch_size, 2·batch_size and so on."),
    ),
    ours=(Network.accuracy,),
    mistakes=(
        _MENDING.none(Text("The samples after the last full batch are never looked at, and count as wrong.")),
        _MENDING.wrong(
            "counted_only",
            Text("Now it is the accuracy of those that were looked at. The last ones still are not."),
            (_RESULT, "    return right / (len(x) // batch_size * batch_size)\n"),
        ),
        _MENDING.wrong(
            "mean_of_batches",
            Text("The mean over the batches: a last batch of 50 counts as much in it as one of 100."),
            (_LOOP, "    batches = -(-len(x) // batch_size)\n    for i in range(batches):\n"),
            ("np.sum(", "np.mean("),
            (_RESULT, "    return right / batches\n"),
        ),
        _MENDING.wrong(
            "repeated",
            Text("The last batch was filled up with samples that had been looked at: these count twice."),
            (_LOOP, "    batches = -(-len(x) // batch_size)\n    for i in range(batches):\n"),
            (
                _PART,
                "        end = min((i + 1) * batch_size, len(x))\n"
                "        part = slice(max(0, end - batch_size), end)\n",
            ),
            (_RESULT, "    return right / (batches * batch_size)\n"),
        ),
        _MENDING.wrong(
            "undivided",
            Text("This is how many are right. An accuracy is their share."),
            (_RESULT, "    return right\n"),
            (_LOOP, "    for i in range(-(-len(x) // batch_size)):\n"),
        ),
        _MENDING.wrong(
            "steps_of_one",
            Text("The batches overlap, since the loop goes on by one sample: each sample counts many times."),
            (_LOOP, "    for i in range(len(x)):\n"),
            (_PART, "        part = slice(i, i + batch_size)\n"),
        ),
        _MENDING.wrong(
            "first_batch",
            Text("Only the first batch was counted: where does return stand?"),
            (_RESULT, "        return right / len(x)\n"),
        ),
        _MENDING.wrong(
            "at_once",
            Text(
                "The accuracy is right, but all samples were predicted at once: then large data do not fit into memory."
            ),
            (_LOOP, ""),
            (_PART, "    part = slice(None)\n"),
            (_COUNT, "    right = np.sum(predict(x[part]) == t[part])\n"),
        ),
        _MENDING.wrong(
            "turned",
            Text("This is the share of those that are wrong."),
            ("==", "!="),
            (_LOOP, "    for i in range(-(-len(x) // batch_size)):\n"),
        ),
    ),
    mends="partial_batch",
    search=Search(
        Text("Find it first. Batches of 100: for how many samples N is the accuracy wrong?"),
        "N",
        _of,
        start=200,
        bounds=(100, 1000),
        quantities=("accuracy",),
    ),
)
