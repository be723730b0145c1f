"""A dropout that scales with the wrong share in a test."""

from __future__ import annotations

from typing import Any

from engine.contract.text import Text
from engine.exercises.exercise import Check, Exercise, Inputs, Search
from engine.exercises.mending import Mending
from engine.exercises.overfitting.dropout import EXERCISE as WHOLE
from engine.nn import layers

_CODE = """
    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio = dropout_ratio
        self.mask = None

    def forward(self, x, train_flg=True):
        if train_flg:
            self.mask = rand(*x.shape) > self.dropout_ratio
            return x * self.mask
        return x * self.dropout_ratio

    def backward(self, dout):
        return dout * self.mask
"""
_FAULTY = Text(
    f'class Dropout:\n    """rand(N, D): numbers from 0 to 1"""\n{_CODE}',
    f'class Dropout:\n    """rand(N, D)：0 到 1 的随机数"""\n{_CODE}',
)
_MENDING = Mending("Dropout", _FAULTY, WHOLE.given)
_LINE = "return x * self.dropout_ratio"


def _with_ratio(ratio: Any) -> Inputs:
    return {"x": [[1.0, 2.0, -3.0, 4.0]], "dout": [[1.0, 1.0, 1.0, 1.0]], "ratio": float(ratio)}


EXERCISE = Exercise(
    id="mend_dropout",
    order=101,
    title=Text("Dropout in a test", "测试时的 Dropout"),
    task=Text(
        "In a test all cells pass and are scaled, so that the mean is that of training. With the ratio that is used "
        "most this layer does so. Mend it for the others.",
        "测试时格子全部通过，再缩小，让平均值和训练时一样。比例是最常用的那个时，这一层做得对。把它改到别的比例也对。",
    ),
    name="Dropout",
    blank=_FAULTY,
    use=WHOLE.use,
    names=WHOLE.names,
    reference=WHOLE.reference,
    given=WHOLE.given,
    counts=WHOLE.counts,
    checks=(
        Check(Text("a test, half left out", "测试，去掉一半"), lambda: _with_ratio(0.5), ("Z(test)",)),
        Check(Text("a test, 0.2 left out", "测试，去掉 0.2"), lambda: _with_ratio(0.2), ("Z(test)",)),
        Check(Text("a test, nothing left out", "测试，一个也不去掉"), lambda: _with_ratio(0.0), ("Z(test)",)),
        *(one for one in WHOLE.checks if one.quantities in (("Z",), ("p", "M"), ("dX", "dX·(1−M)"))),
    ),
    hints=(
        Text(
            "Of ten cells two are left out. What is the mean of what passes, beside the mean of all?",
            "十个格子去掉两个。通过的总和，和全部的总和相比是多少？",
        ),
        Text("If nothing were left out, by what would a test have to multiply?", "如果一个也不去掉，测试时该乘多少？"),
        Text("It is the share that passes: what is left of 1.", "该乘的是留下的比例，也就是 1 减去的那部分。"),
    ),
    ours=(layers.Dropout,),
    mistakes=(
        _MENDING.none(
            Text(
                "The share that is left out counts here. It is the share that passes that counts.",
                "这里乘的是去掉的比例。该乘留下的比例。",
            )
        ),
        _MENDING.wrong(
            "unscaled",
            Text(
                "Nothing is scaled any more: while training, only a part of all cells came through.",
                "现在完全没有缩小：训练时可只有一部分格子通过。",
            ),
            (_LINE, "return x"),
        ),
        _MENDING.wrong(
            "divided",
            Text(
                "The sums grow where they should shrink. Dividing belongs to training, in another form of dropout.",
                "该变小的反而变大了。除法是另一种写法里训练时用的。",
            ),
            (_LINE, "return x / (1 - self.dropout_ratio)"),
        ),
        _MENDING.wrong(
            "both_shares",
            Text("Multiplied by both shares: only one of them passes.", "两个比例都乘了。通过的只是其中一个。"),
            (_LINE, "return x * self.dropout_ratio * (1 - self.dropout_ratio)"),
        ),
    ),
    stage=WHOLE.stage,
    mends="dropout_scaling",
    search=Search(
        Text("Find it first: for which ratio is the test wrong?", "先找出来：比例是多少时，测试的结果不对？"),
        "dropout_ratio",
        _with_ratio,
        start=0.5,
        bounds=(0.0, 0.9),
        quantities=("Z(test)",),
    ),
)
