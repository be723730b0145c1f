"""Repair exercise: an accuracy that ignores the samples after the last full batch."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.pieces.mistakes.training import FULL_BATCHES
from engine.pieces.piece import Piece


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
    piece=Piece("training.accuracy"),
    use=_use,
    names={"accuracy": Text("accuracy"), "looks": Text("looks"), "batch": Text("batch", context="size")},
    checks=(
        Check(Text("200 samples in batches of 100"), lambda: _of(200)),
        Check(Text("250 samples: the accuracy"), lambda: _of(250), ("accuracy",)),
        Check(Text("each sample is looked at once"), lambda: _of(250), ("looks",)),
        Check(Text("fewer samples than a batch"), lambda: {"samples": 70, "batch_size": 100}, hint=1),
        Check(Text("not more at a time than a batch"), lambda: {"samples": 101, "batch_size": 25}),
    ),
    hints=(
        Text("Of 250 samples, which are in the batches of this loop?"),
        Text("A slice that reaches beyond the end is just shorter: the last batch needs no rule of its own."),
        Text("range has a third argument: where the batches begin is 0, batch_size, 2·batch_size and so on."),
    ),
    mends="partial_batch",
    fault=FULL_BATCHES,
    search=Search(
        Text("Find it first. Batches of 100: for how many samples N is the accuracy wrong?"),
        "N",
        _of,
        start=200,
        bounds=(100, 1000),
        quantities=("accuracy",),
    ),
)
