"""What is said of a search for hyperparameters: one sentence for every moment, and what is to be noted."""

from __future__ import annotations

import math

import numpy as np

from engine.contract.pieces import Remedy, Status, Text, counted, percent, short
from engine.experiments.ch6_techniques.parts.hyperparameters_params import (
    HIGHEST,
    LOWEST_RATE,
    HyperparametersFrame,
    HyperparametersParams,
)

_EDGE = 0.125
"""The best rate lies at an edge of the range where it is so near to it, as a share of the range."""

_PLANNED = Text("{planned} trials are planned, none is done yet.", "计划做 {planned} 次试验，还没有做完一次。")
_READING = Text(
    "{done} of {planned} trials are done. The best, with η = {rate} and λ = {decay}, gets {best} of {images}"
    " validation images right.",
    "{planned} 次试验做了 {done} 次。目前最好的 η = {rate}，λ = {decay}，{images} 张验证图片答对 {best}。",
)
_ENDED = Text(
    "The best of {done} trials (η = {rate}, λ = {decay}): {best} right on {images} validation images, but {test} on the"
    " test data, {than}.",
    "{done} 次里最好的（η = {rate}，λ = {decay}）：{images} 张验证图片答对 {best}，测试数据答对 {test}，{than}。",
)
_ENDED_ALIKE = Text(
    "The best of {done} trials (η = {rate}, λ = {decay}): {best} right on {images} validation images, {test} on the"
    " test data, {than}.",
    "{done} 次里最好的（η = {rate}，λ = {decay}）：{images} 张验证图片答对 {best}，测试数据答对 {test}，{than}。",
)
_LESS, _MORE = (
    Text("{points} points less", "少 {points} 个百分点"),
    Text("{points} points more", "多 {points} 个百分点"),
)
_SAME = Text("as many", "一样多")
_BOTH = Text(
    "At equal cost, {done} of {planned} trials: at random {random_rates} different rates, best {random}; on the grid"
    " {grid_rates}, best {grid}.",
    "{planned} 次做了 {done} 次：随机试 {random_rates} 个学习率，最好 {random}；网格试 {grid_rates} 个，最好 {grid}。",
)
_LUCK = Text(
    "{coins}, tossed {tosses} times each: the luckiest gets {best} right. In truth each is right half of the time.",
    "{coins}，每枚抛 {tosses} 次：运气最好的猜对 {best}。其实每枚都只能猜对一半。",
)


def reading(params: HyperparametersParams, frame: HyperparametersFrame) -> Text:
    """One sentence with the numbers of a frame."""
    if params.view == "luck":
        return _LUCK(
            coins=counted(params.count, "coin", "枚硬币"),
            tosses=params.validation,
            best=percent(frame.luck_best),
        )
    if frame.best_validation is None:
        return _PLANNED(planned=frame.planned)
    values = {"done": frame.done, "planned": frame.planned}
    if params.search == "both" and frame.test_accuracy is None:
        random, grid = (percent(_newest(row)) for row in frame.so_far)
        both = {"random_rates": frame.random_rates, "grid_rates": frame.grid_rates}
        return _BOTH(**values, **both, random=random, grid=grid)
    values |= {"rate": short(frame.best_rate, 2), "decay": short(frame.best_decay, 2), "images": params.validation}
    values["best"] = percent(frame.best_validation, 1)
    if frame.test_accuracy is None:
        return _READING(**values)
    words = _ENDED if frame.flattery > 0 else _ENDED_ALIKE
    return words(**values, test=percent(frame.test_accuracy, 1), than=than(frame.flattery))


def than(flattery: float) -> Text:
    """How the test accuracy stands to the validation accuracy."""
    points = f"{abs(100 * flattery):.1f}"
    return _SAME if points == "0.0" else (_LESS if flattery > 0 else _MORE)(points=points)


def _newest(so_far: np.ndarray) -> float:
    """The best so far; NaN where no trial is done."""
    known = so_far[np.isfinite(so_far)]
    return float(known[-1]) if len(known) else math.nan


_LINEAR = Text(
    "On a linear scale {count} of {planned} rates lie in the highest power of ten, so the others are hardly tried.",
    "按普通刻度抽取，{planned} 个学习率里有 {count} 个挤在最高的一个数量级，其余几乎没试到。",
)
_AT_EDGE = Text(
    "The best rate, {rate}, lies at an edge of the range: beyond it may be better ones.",
    "最好的学习率 {rate} 靠近范围的边缘，外面也许还有更好的。",
)
_LOG = Text("Log scale", "改用对数刻度")
_WIDEN = Text("Widen the range", "放宽范围")


def status_of(params: HyperparametersParams, frame: HyperparametersFrame) -> Status | None:
    """What is to be noted of this state, the gravest first."""
    if params.pitfall == "linear":
        words = _LINEAR(count=frame.top_count, planned=frame.planned)
        return Status("linear_scale", words, Remedy(_LOG, {"pitfall": "none"}))
    if frame.finished and frame.best_rate is not None:
        low, high = params.rate_range
        room, place = _EDGE * (high - low), math.log10(frame.best_rate)
        wider = {}
        if place > high - room and high < HIGHEST:
            wider = {"rate_low": low, "rate_high": min(round(high + 1.0, 3), HIGHEST)}
        elif place < low + room and low > LOWEST_RATE:
            wider = {"rate_low": max(round(low - 1.0, 3), LOWEST_RATE), "rate_high": high}
        if wider:
            return Status("at_the_edge", _AT_EDGE(rate=short(frame.best_rate, 2)), Remedy(_WIDEN, wider))
    return None
