"""A look at the accuracy once an epoch, where an epoch has eight updates and a bit."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search, Values
from engine.exercises.mending import Mending
from engine.experiments.batches import Batches

_EPOCH = "    per_epoch = max(samples / batch_size, 1)\n"
_TEST = "if i % per_epoch == 0"
_CODE = f"{_EPOCH}    return [i for i in range(updates) {_TEST}]\n"
_FAULTY = Text(
    f'def looks(samples, batch_size, updates):\n    """-> the updates at which the accuracy is taken"""\n{_CODE}',
    f'def looks(samples, batch_size, updates):\n    """-> 在哪几次更新时算准确率"""\n{_CODE}',
)
_MENDING = Mending("looks", _FAULTY)


def _ours(samples: int, batch_size: int, updates: int) -> list[int]:
    per_epoch = Batches(samples, batch_size, np.random.default_rng(0)).per_epoch
    return list(range(0, updates, per_epoch))


def _use(written: Any, samples: int, batch_size: int, updates: int) -> Values:
    """How many looks there are, and at which updates."""
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
    title=Text("once an epoch", "每一轮看一次"),
    task=Text(
        "The accuracy is to be taken at update 0 and then once an epoch. An epoch has so many updates that all samples "
        "fit into their batches, of which the last may be smaller. Mend it.",
        "在第 0 次更新时算一次准确率，以后每一轮算一次。一轮有几次更新，要让所有样本都装得进各批，最后一批可以小一些。"
        "把它改好。",
    ),
    name="looks",
    blank=_FAULTY,
    use=_use,
    names={"count": Text("count", "次数")},
    reference=_ours,
    checks=(
        Check(
            Text("1000 samples in batches of 100: how many", "1000 个样本，每批 100：次数"),
            lambda: _of(100),
            ("count",),
        ),
        Check(
            Text("1000 samples in batches of 128: how many", "1000 个样本，每批 128：次数"),
            lambda: _of(128),
            ("count",),
        ),
        Check(Text("and at which updates", "在哪几次更新"), lambda: _of(128)),
        Check(
            Text("1000 samples in batches of 100: at which updates", "1000 个样本，每批 100：在哪几次"),
            lambda: _of(100),
        ),
        Check(Text("1000 samples in batches of 300", "1000 个样本，每批 300"), lambda: _of(300)),
        Check(Text("a batch larger than the samples", "一批比样本还多"), lambda: _of(128, 100, 5)),
        Check(Text("60000 samples in batches of 128", "60000 个样本，每批 128"), lambda: _of(128, 60000, 2000)),
    ),
    hints=(
        Text(
            "1000 / 128 is 7.8125. Which whole numbers leave no remainder when they are divided by it?",
            "1000 / 128 是 7.8125。哪些整数除以它没有余数？",
        ),
        Text(
            "An epoch is a whole number of updates. Seven batches of 128 are 896 samples: what of the others?",
            "一轮的更新次数是整数。7 批 128 个是 896 个样本，其余的呢？",
        ),
        Text(
            "Rounded up without floats: −(−a // b). np.ceil with int does it, too.",
            "不用小数也能向上取整：−(−a // b)。np.ceil 加 int 也行。",
        ),
    ),
    ours=(Batches.__init__,),
    mistakes=(
        _MENDING.none(
            Text(
                "Hardly any update is a multiple of such a number with a fraction, so nearly all looks are lost.",
                "带小数的数，几乎没有哪次更新是它的倍数，于是多数的准确率都没有算。",
            )
        ),
        _MENDING.wrong(
            "rounded_down",
            Text(
                "Rounded down: the last samples are not seen yet when the epoch is said to be over.",
                "这里是向下取整：最后几个样本还没用到，就说一轮结束了。",
            ),
            (_EPOCH, "    per_epoch = max(samples // batch_size, 1)\n"),
        ),
        _MENDING.wrong(
            "first_beyond",
            Text(
                "The distance from look to look changes: now it is 8 updates, now 7. An epoch has always as many.",
                "两次之间的间隔变来变去，有时 8 次更新，有时 7 次。每一轮的更新次数应该一样。",
            ),
            (_TEST, "if i % per_epoch < 1"),
        ),
        _MENDING.wrong(
            "one_more",
            Text(
                "One update too many: even if the batches divide the samples without a rest.",
                "多了一次更新：样本刚好分完时，也多算了一次。",
            ),
            (_EPOCH, "    per_epoch = samples // batch_size + 1\n"),
        ),
        _MENDING.wrong(
            "not_at_first",
            Text(
                "The look at update 0 is missing, before anything was learned.",
                "第 0 次更新，也就是什么都还没学的时候，没有算。",
            ),
            (_EPOCH, "    per_epoch = -(-samples // batch_size)\n"),
            (_TEST, "if i and i % per_epoch == 0"),
        ),
    ),
    mends="float_epoch",
    search=Search(
        Text(
            "Find it first. 1000 samples, 100 updates: for which batch size are there too few looks?",
            "先找出来。1000 个样本，更新 100 次：批大小是多少时，算准确率的次数太少？",
        ),
        "batch_size",
        _of,
        start=100,
        bounds=(10, 1000),
        quantities=("count",),
    ),
)
