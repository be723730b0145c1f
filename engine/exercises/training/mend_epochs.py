"""Repair exercise: computing the accuracy once an epoch, where an epoch is not a whole number of updates."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.pieces.mistakes.training import IN_FLOATS
from engine.pieces.piece import Piece


def _use(written: Any, samples: int, batch_size: int, updates: int) -> Values:
    """Yields how often the accuracy is evaluated, and the updates at which it is."""
    found = written(samples, batch_size, updates)
    if not isinstance(found, (list, tuple, range, np.ndarray)):
        yield "i", found
        return
    yield "count", len(found)
    yield "i", np.array(found, dtype=float)


def _of(batch_size: Any, samples: int = 1000, updates: int = 100) -> Inputs:
    return {"samples": samples, "batch_size": batch_size, "updates": updates}


EXERCISE = Exercise(
    id="mend_epochs",
    order=101,
    title=Text("once an epoch"),
    task=Text(
        "The accuracy is to be taken at update 0 and then once an epoch. An epoch has so many updates that all samples "
        "fit into their batches, of which the last may be smaller. Mend it."
    ),
    piece=Piece("training.looks"),
    use=_use,
    names={"count": Text("count", context="times")},
    checks=(
        Check(Text("1000 samples in batches of 100: how many"), lambda: _of(100), ("count",)),
        Check(Text("1000 samples in batches of 128: how many"), lambda: _of(128), ("count",)),
        Check(Text("and at which updates"), lambda: _of(128)),
        Check(Text("1000 samples in batches of 100: at which updates"), lambda: _of(100)),
        Check(Text("1000 samples in batches of 300"), lambda: _of(300)),
        Check(Text("a batch larger than the samples"), lambda: _of(128, 100, 250)),
        Check(Text("60000 samples in batches of 128"), lambda: _of(128, 60000, 2000)),
    ),
    hints=(
        Text("1000 / 128 is 7.8125. Which whole numbers leave no remainder when they are divided by it?"),
        Text("An epoch is a whole number of updates. Seven batches of 128 are 896 samples: what of the others?"),
        Text("Rounded up without floats: −(−a // b). np.ceil with int does it, too."),
    ),
    mends="float_epoch",
    fault=IN_FLOATS,
    search=Search(
        Text("Find it first. 1000 samples, 100 updates: for which batch size are there too few looks?"),
        "batch_size",
        _of,
        start=100,
        bounds=(10, 1000),
        quantities=("count",),
    ),
)
