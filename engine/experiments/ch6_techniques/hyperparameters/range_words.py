"""What is said of a range test: its headline, its arithmetic, its table, and what lies under the pointer."""

from __future__ import annotations

import numpy as np

from engine.contract.pieces import Line, Probe, Table, Text, format_real, short, table_of
from engine.experiments.ch6_techniques.hyperparameters.params import (
    HIGHEST_LOSS,
    RANGE_HIGH,
    RANGE_LOW,
    RangeTest,
)

_SAME_TO = 1.1
"""Up to this factor a mark counts as right on the place."""

_WAITS = Text(
    "In {planned} batches the rate will grow from {low} to {high}. Where will the loss fall fastest before its minimum?"
    " Drag the mark.",
    "学习率将在 {planned} 批里从 {low} 增大到 {high}。损失到最低点之前，会在哪里降得最快？把标记拖到那里。",
)
_GOES_ON = Text(
    "Batch {batch} of {planned}: η = {rate}, loss {loss}.",
    "{planned} 批里的第 {batch} 批：η = {rate}，损失 {loss}。",
)
_FOUND = Text(
    "Before its minimum the loss falls fastest at η = {steepest}{harmful}. The mark, {mark}, is {times}.",
    "到最低点之前，损失在 η = {steepest} 处降得最快{harmful}。标记 {mark} {times}。",
)
_HARMFUL = Text(", and from {rate} on it is higher than at the start", "，从 {rate} 起比开始时还高")
_LARGER = Text("larger by a factor of {times}", "偏大，是那里的 {times} 倍")
_SMALLER = Text("smaller by a factor of {times}", "偏小，那里是它的 {times} 倍")
_RIGHT = Text("right there", "正好在那里")
_FLAT = Text("The loss falls nowhere in this range.", "在这个范围里，损失没有下降。")
_FACTOR = Text("by what the rate is multiplied from batch to batch", "每一批的学习率是上一批的几倍")
_NEWEST = Text("the rate of batch {batch}", "第 {batch} 批的学习率")
_BATCH = Text(
    "batch {batch}: η = {rate}, loss {loss}, mean {mean}", "第 {batch} 批：η = {rate}，损失 {loss}，平均 {mean}"
)
_COLUMNS = {
    "rate": Text("learning rate", "学习率"),
    "loss": Text("loss", "损失"),
    "mean": Text("mean loss around it", "前后各批的平均损失"),
}


def reading(test: RangeTest, finished: bool) -> Text:
    """One sentence with the numbers of now; how far the mark is off is told at the end."""
    if not len(test.losses):
        return _WAITS(planned=test.planned, low=short(10.0**RANGE_LOW, 1), high=short(10.0**RANGE_HIGH, 2))
    if not finished:
        batch = len(test.losses)
        rate, loss = short(float(test.rates[-1]), 2), format_real(float(test.losses[-1]), 3)
        return _GOES_ON(batch=batch, planned=test.planned, rate=rate, loss=loss)
    if test.steepest is None or test.times is None:
        return _FLAT
    off = max(test.times, 1 / test.times)
    words = _RIGHT if off < _SAME_TO else _LARGER if test.times > 1 else _SMALLER
    harmful = Text("", "") if test.harmful is None else _HARMFUL(rate=short(test.harmful, 2))
    return _FOUND(
        steepest=short(test.steepest, 2), harmful=harmful, mark=short(test.mark, 2), times=words(times=short(off, 2))
    )


def tables(test: RangeTest) -> tuple[Table, ...]:
    """The batches, and what is found of them."""
    values = {"rate": test.rates, "loss": test.losses, "mean": test.means}
    batches = table_of(
        "range_test",
        Text("range test", "学习率范围测试"),
        batch=(range(1, len(test.losses) + 1), Text("batch", "批次")),
        **{name: (row, _COLUMNS[name]) for name, row in values.items()},
    )
    found = table_of(
        "found",
        Text("what the range test finds", "范围测试的结果"),
        mark=(test.mark, Text("my mark", "我的标记")),
        start=(test.start, Text("loss at the start", "开始时的损失")),
        steepest=(test.steepest, Text("steepest fall before the minimum at", "最低点之前降得最快处")),
        harmful=(test.harmful, Text("above the start from", "从这里起高于开始")),
        beyond=(test.beyond, Text("losses above {most}", "高于 {most} 的损失有几个")(most=short(HIGHEST_LOSS))),
    )
    return batches, found


def working(test: RangeTest) -> tuple[Line, ...]:
    """How the rates grow, up to that of the newest batch."""
    factor = 10.0 ** ((RANGE_HIGH - RANGE_LOW) / (test.planned - 1))
    ends = {"a": RANGE_LOW, "b": RANGE_HIGH, "n": float(test.planned)}
    lines = [Line("q", "10^(({b} − {a}) / ({n} − 1))", ends, factor, _FACTOR)]
    if batch := len(test.losses):
        values = {"a": RANGE_LOW, "q": factor, "k": float(batch)}
        result = 10.0**RANGE_LOW * factor ** (batch - 1)
        lines.append(Line("η", "10^{a}·{q}^({k} − 1)", values, result, _NEWEST(batch=batch)))
    return tuple(lines)


def probe(test: RangeTest, power: float) -> Probe | None:
    """The batch whose rate is nearest to 10 to this power."""
    if not len(test.rates):
        return None
    place = int(np.argmin(np.abs(np.log10(test.rates) - power)))
    loss, mean = (format_real(float(row[place]), 3) for row in (test.losses, test.means))
    return Probe(_BATCH(batch=place + 1, rate=short(float(test.rates[place]), 2), loss=loss, mean=mean))
