"""The three results that stand beside the curve in the experiment `losses`, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.contract.numerals import format_real
from engine.contract.text import EMPTY, Text, same
from engine.experiments.ch4_training.parts.losses_frame import LossesFrame
from engine.experiments.ch4_training.parts.losses_params import LossesParams
from engine.experiments.ch4_training.parts.losses_words import guard_name, short

# Two losses that differ by less are said to be the same.
_SAME = 1e-9
_ALL = Text("sees all {n}", "{n} 个都看")


@dataclass(frozen=True)
class Result:
    """``kind`` is the curve that the result belongs to; ``note`` says what became of it, or what it looks at."""

    kind: Literal["log", "square", "guard", "difference"]
    name: Text
    value: Text
    note: Text


def results(params: LossesParams, frame: LossesFrame, before: LossesFrame | None) -> tuple[Result, Result, Result]:
    """The losses of one output, or with and without a guard; ``before`` is the frame that they are compared with."""
    if params.view == "guard":
        return _with_and_without(params, frame, before)
    n = len(frame.y)
    only = Text("sees only y{k}", "只看 y{k}")(k=frame.target)
    rows = (
        ("log", Text("cross entropy", "交叉熵误差"), "cross_entropy", only),
        ("square", Text("½ sum of squares", "平方和误差 ½Σ"), "half_sum", _ALL(n=n)),
        ("square", Text("mean square 1/n Σ", "均方误差 1/n Σ"), "mean_square", _ALL(n=n)),
    )
    return tuple(
        Result(kind, name, short(getattr(frame, field)), _note(frame, before, field, note))
        for kind, name, field, note in rows
    )


def _with_and_without(
    params: LossesParams, frame: LossesFrame, before: LossesFrame | None
) -> tuple[Result, Result, Result]:
    output = same(f"y = {format_real(frame.right, 4)}")
    epsilon = same(f"ε = {guard_name(params)}") if frame.epsilon else Text("ε: none", "ε：不加")
    return (
        Result("log", same("−log y"), short(frame.unguarded), _note(frame, before, "unguarded", output)),
        Result(
            "guard", same("−log(y + ε)"), short(frame.cross_entropy), _note(frame, before, "cross_entropy", epsilon)
        ),
        Result("difference", Text("difference", "两者之差"), _small(frame.guard_shift), EMPTY),
    )


def _small(difference: float) -> Text:
    """A difference that may be tiny and is then no 0: 1.67e−07."""
    return same(format_real(difference, 3)) if 0 < difference < 1e-3 else short(difference)


def _note(frame: LossesFrame, before: LossesFrame | None, field: str, note: Text) -> Text:
    return note if before is None else change(getattr(frame, field), getattr(before, field))


def change(now: float, before: float) -> Text:
    """'unchanged', or where a loss comes from."""
    if now == before or abs(now - before) < _SAME:
        return Text("unchanged", "不变")
    return Text("before: {before}", "原来 {before}")(before=short(before))
