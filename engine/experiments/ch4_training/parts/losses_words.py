"""The sentences of the experiment `losses`: readings and statuses, every claim computed."""

from __future__ import annotations

import math

from engine.contract.numerals import format_real
from engine.contract.status import Remedy, Status
from engine.contract.text import Text, counted, same
from engine.experiments.ch4_training.parts.losses_frame import Compared, LossesFrame
from engine.experiments.ch4_training.parts.losses_params import LossesParams
from engine.experiments.ch4_training.parts.losses_shares import CLOSE, scaled_to_one, sums_to_one

# Two losses that differ by less are said to be the same.
_SAME = 1e-9
# A guard of 1e−7 makes no loss as negative as that.
_BELOW_0 = -1e-6
_NOT_A_NUMBER = Text("not a number", "不是数")

_ONE = Text(
    "Class {target} gets {y}: cross entropy {entropy}, ½ sum of squares {half}, mean square {mean}.",
    "类别 {target} 得到 {y}：交叉熵误差 {entropy}，平方和误差 {half}，均方误差 {mean}。",
)
_UNGUARDED = Text(
    "y = {y}: −log y is {loss}; with nothing added it grows without limit as y goes to 0.",
    "y = {y}：−log y 是 {loss}。因为什么都没加，y 越接近 0 它越大，没有上限。",
)
_GUARDED = Text(
    "y = {y}: −log y is {loss}, with {guard} added it is {guarded}, and it never exceeds {ceiling}.",
    "y = {y}：−log y 是 {loss}，对数里加上 {guard} 后是 {guarded}，最大只到 {ceiling}。",
)
_BATCH = Text(
    "The loss of the batch is the mean of its {rows}: {mean}; the worst row alone has {worst}.",
    "这批数据的损失是各行（共 {rows}）的平均：{mean}。最差的一行是 {worst}。",
)
_SILENT = Text(
    "Class numbers in the one-hot formula give {wrong} instead of {right}, and no error is raised.",
    "类别编号放进 one-hot 公式：本该是 {right}，却得到 {wrong}，而且不报错。",
)
_BY_CHANCE = Text(
    "Class numbers in the one-hot formula happen to give the right {right} here as well.",
    "类别编号放进 one-hot 公式：这里碰巧也得到正确的 {right}。",
)
_REFUSED = Text(
    "{n} class numbers do not fit rows of {c}, so NumPy raises an error. The right mean is {right}.",
    "{n} 个类别编号对不上每行 {c} 个输出，所以 NumPy 报错。正确的平均是 {right}。",
)
_NO_MEAN = Text(
    "½Σ = {wrong} is halved, not averaged: the mean over {c} classes is {right}.",
    "½Σ = {wrong} 只是减半，不是平均：{c} 个类别的均方误差是 {right}。",
)
_TWO_CLASSES = Text(
    "With 2 classes ½Σ and (1/n)Σ are both {right}; with any other number of classes they differ.",
    "只有 2 个类别时，½Σ 和 (1/n)Σ 才一样，都是 {right}；换个类别数，就不同了。",
)
_BOTH_ZERO = Text("Every row is completely right, so both errors are 0.", "每行都完全正确，所以两种误差都是 0。")
_NOT_DIVIDED = Text(
    "Without /N the loss is {wrong}, {n} times the mean {right}: it grows with the batch.",
    "不除以 N，损失是 {wrong}，等于平均值 {right} 的 {n} 倍，所以批越大，它越大。",
)
_NEGATIVE_NOT_DIVIDED = Text(
    "Without /N the loss is {wrong}, {n} times the mean {right}: the larger the batch, the further below 0.",
    "不除以 N，损失是 {wrong}，等于平均值 {right} 的 {n} 倍，所以批越大，它比 0 小得越多。",
)
_SAME_NOT_DIVIDED = Text(
    "With or without /N the loss is {right}: here the division makes no difference.",
    "除不除以 N，损失都是 {right}，在这里没有差别。",
)


def spelled(loss: float) -> Text:
    """A loss for people, to six decimals."""
    if math.isnan(loss):
        return _NOT_A_NUMBER
    if math.isinf(loss):
        return same("∞")
    # Six decimals, but what is not 0 is not shown as 0.
    return same(format_real(round(loss, 6), 9) if abs(loss) >= 1e-6 else format_real(loss, 3))


def short(loss: float) -> Text:
    """A loss to four decimals, so that all are of one width."""
    if not math.isfinite(loss):
        return spelled(loss)
    return Text("{loss:.4f}", "{loss:.4f}")(loss=round(loss, 4) + 0.0)


def share_text(y: float) -> str:
    """An output as it stands at its bar: two decimals, small ones one digit."""
    return f"{y:.2f}" if y >= 0.095 else format_real(y, 1)


def reading(params: LossesParams, frame: LossesFrame) -> Text:
    """The headline of what is looked at."""
    if params.view == "batch":
        return _of_batch(params, frame)
    values = {"target": frame.target, "y": format_real(frame.right, 4)}
    if params.view == "one":
        return _ONE(
            **values,
            entropy=short(frame.cross_entropy),
            half=short(frame.half_sum),
            mean=short(frame.mean_square),
        )
    if params.guard == "off":
        return _UNGUARDED(y=values["y"], loss=spelled(frame.unguarded))
    return _GUARDED(
        y=values["y"],
        loss=spelled(frame.unguarded),
        guard=guard_name(params),
        guarded=spelled(frame.cross_entropy),
        ceiling=short(frame.ceiling),
    )


def guard_name(params: LossesParams) -> str:
    """The guard with a real minus sign: 1e−7."""
    return params.guard.replace("-", "\N{MINUS SIGN}")


def _of_batch(params: LossesParams, frame: LossesFrame) -> Text:
    found = frame.compared(params.pitfall)
    n, c = frame.rows.shape
    values = {"n": n, "c": c, "right": short(found.loss)}
    if found.wrong_loss is None:
        worst = float(max(frame.row_cross_entropy))
        return _BATCH(rows=counted(n, "row", "行"), mean=short(found.loss), worst=short(worst))
    values["wrong"] = short(found.wrong_loss)
    words = {"class_numbers": _class_numbers, "half_sum_as_mean": _half_sum, "not_divided": _not_divided}
    return words[params.pitfall](frame, found)(**values)


def _class_numbers(frame: LossesFrame, found: Compared) -> Text:
    if frame.naive_error:
        return _REFUSED
    # Two infinite losses have no difference.
    by_chance = frame.naive_loss == found.loss or abs(frame.naive_loss - found.loss) < _SAME
    return _BY_CHANCE if by_chance else _SILENT


def _not_divided(frame: LossesFrame, found: Compared) -> Text:
    if math.isinf(found.loss) or abs(found.loss) < _SAME or len(frame.rows) == 1:
        return _SAME_NOT_DIVIDED
    return _NOT_DIVIDED if found.loss > 0 else _NEGATIVE_NOT_DIVIDED


def _half_sum(frame: LossesFrame, found: Compared) -> Text:
    if found.loss < _SAME:
        return _BOTH_ZERO
    return _TWO_CLASSES if frame.rows.shape[1] == 2 else _NO_MEAN


def status_of(params: LossesParams, frame: LossesFrame) -> Status | None:
    """What is to be said beside the reading: an infinite loss, outputs that are no probabilities, a negative loss."""
    return _batch_status(params, frame) if params.view == "batch" else _one_status(params, frame)


def _one_status(params: LossesParams, frame: LossesFrame) -> Status | None:
    if math.isinf(frame.cross_entropy):
        words = Text(
            "y{k} = 0 and nothing is added: −log 0 is infinite, and so is the mean of every batch with this sample.",
            "y{k} = 0，又什么都没加，所以 −log 0 是无穷大；只要有它，整批的平均损失就是无穷大。",
        )
        return Status("infinite", words(k=frame.target), _ADD_GUARD)
    if abs(frame.total - 1) >= CLOSE:
        words = Text(
            "The outputs sum to {total}, so they are not probabilities.", "输出之和是 {total}，所以不能当作概率。"
        )
        remedy = Remedy(_SCALE, {"y": scaled_to_one(params.y)})
        return Status("sum", words(total=format_real(frame.total, 4)), remedy)
    return _negative(params) if frame.cross_entropy < _BELOW_0 else None


def _batch_status(params: LossesParams, frame: LossesFrame) -> Status | None:
    if math.isinf(frame.batch_cross_entropy):
        row = next(i for i, loss in enumerate(frame.row_cross_entropy.tolist(), start=1) if math.isinf(loss))
        words = Text(
            "Row {row} gives its right class 0; a single infinite row makes the whole mean infinite.",
            "第 {row} 行里，正确类别的输出是 0。只要一行是无穷大，平均就是无穷大。",
        )
        return Status("infinite", words(row=row), _ADD_GUARD)
    for number, row in enumerate(params.rows, start=1):
        if not sums_to_one(row):
            words = Text(
                "Row {row} sums to {total}, so its outputs are not probabilities.",
                "第 {row} 行之和是 {total}，所以不能当作概率。",
            )
            remedy = Remedy(_SCALE, {"rows": tuple(scaled_to_one(one) for one in params.rows)})
            return Status("sum", words(row=number, total=format_real(math.fsum(row), 4)), remedy)
    return _negative(params) if frame.batch_cross_entropy < _BELOW_0 else None


def _negative(params: LossesParams) -> Status:
    words = Text(
        "With {guard} added, log(1 + {guard}) is above 0, so the loss can become negative.",
        "加上 {guard} 太多了：log(1 + {guard}) 大于 0，所以损失成了负数。",
    )
    remedy = Remedy(Text("Take 1e−7", "改为 1e−7"), {"guard": "1e-7"})
    return Status("negative", words(guard=guard_name(params)), remedy)


_ADD_GUARD = Remedy(Text("Add 1e−7", "加上 1e−7"), {"guard": "1e-7"})
_SCALE = Text("Scale to 1", "让总和为 1")
