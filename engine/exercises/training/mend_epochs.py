"""Repair exercise: computing the accuracy once an epoch, where an epoch is not a whole number of updates."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.exercises.mending import Mending
from engine.experiments.shared.learning.batches import Batches

_EPOCH = "    per_epoch = max(samples / batch_size, 1)\n"
_TEST = "if i % per_epoch == 0"
_CODE = f"{_EPOCH}    return [i for i in range(updates) {_TEST}]\n"
_FAULTY = Text(
    'def looks(samples, batch_size, updates):\n    """-> the updates at which the accuracy is taken"""\n{code}'
)(code=_CODE)
_MENDING = Mending("looks", _FAULTY)


def _ours(samples: int, batch_size: int, updates: int) -> list[int]:
    per_epoch = Batches(samples, batch_size, np.random.default_rng(0)).per_epoch
    return list(range(0, updates, per_epoch))


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
    name="looks",
    blank=_FAULTY,
    use=_use,
    names={"count": Text("count", context="times")},
    reference=_ours,
    checks=(
        Check(
            Text("1000 samples in batches of 100: how many"),
            lambda: _of(100),
            ("count",),
        ),
        Check(
            Text("1000 samples in batches of 128: how many"),
            lambda: _of(128),
            ("count",),
        ),
        Check(Text("and at which updates"), lambda: _of(128)),
        Check(
            Text("1000 samples in batches of 100: at which updates"),
            lambda: _of(100),
        ),
        Check(Text("1000 samples in batches of 300"), lambda: _of(300)),
        Check(Text("a batch larger than the samples"), lambda: _of(128, 100, 5)),
        Check(Text("60000 samples in batches of 128"), lambda: _of(128, 60000, 2000)),
    ),
    hints=(
        Text("1000 / 128 is 7.8125. Which whole numbers leave no remainder when they are divided by it?"),
        Text("An epoch is a whole number of updates. Seven batches of 128 are 896 samples: what of the others?"),
        Text("Rounded up without floats: −(−a // b). np.ceil with int does it, too."),
    ),
    ours=(Batches.__init__,),
    mistakes=(
        _MENDING.none(
            Text("Hardly any update is a multiple of such a number with a fraction, so nearly all looks are lost.")
        ),
        _MENDING.wrong(
            "rounded_down",
            Text("Rounded down: the last samples are not seen yet when the epoch is said to be over."),
            (_EPOCH, "    per_epoch = max(samples // batch_size, 1)\n"),
        ),
        _MENDING.wrong(
            "first_beyond",
            Text("Looks are now 8, now 7 updates apart; every epoch has the same number."),
            (_TEST, "if i % per_epoch < 1"),
        ),
        _MENDING.wrong(
            "one_more",
            Text("One update too many: even if the batches divide the samples without a rest."),
            (_EPOCH, "    per_epoch = samples // batch_size + 1\n"),
        ),
        _MENDING.wrong(
            "not_at_first",
            Text("The look at update 0 is missing, before anything was learned."),
            (_EPOCH, "    per_epoch = -(-samples // batch_size)\n"),
            (_TEST, "if i and i % per_epoch == 0"),
        ),
        _MENDING.wrong(
            "rounded",
            Text("Rounded to the nearest: where the rest of the samples is less than half a batch, it is left out."),
            (_EPOCH, "    per_epoch = max(round(samples / batch_size), 1)\n"),
        ),
        _MENDING.wrong(
            "at_the_end",
            Text("These are the last updates of the epochs. The first look is at update 0."),
            (_EPOCH, "    per_epoch = -(-samples // batch_size)\n"),
            (_TEST, "if (i + 1) % per_epoch == 0"),
        ),
        _MENDING.wrong(
            "answers",
            Text("These are the answers True and False for all updates. Wanted are the updates at which it is True."),
            (f"i for i in range(updates) {_TEST}", "i % per_epoch == 0 for i in range(updates)"),
            (_EPOCH, "    per_epoch = -(-samples // batch_size)\n"),
        ),
    ),
    mends="float_epoch",
    search=Search(
        Text("Find it first. 1000 samples, 100 updates: for which batch size are there too few looks?"),
        "batch_size",
        _of,
        start=100,
        bounds=(10, 1000),
        quantities=("count",),
    ),
)
