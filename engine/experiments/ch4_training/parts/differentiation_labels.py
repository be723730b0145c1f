"""The words on the stage of the experiment `differentiation`, and the named parts of its valley."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from engine.contract.text import Text, same
from engine.experiments.ch4_training.parts.differentiation_params import (
    LARGEST,
    SMALLEST,
    DifferentiationFrame,
    DifferentiationParams,
)

BESIDE = 0.75
"""Decades beside the best h that still belong to the valley's floor."""
ENDS = (SMALLEST - 0.4, LARGEST + 0.35)
"""The powers of ten between which h is drawn."""

H = Text("step h", "步长 h")
ERROR = Text("error of the slope", "斜率的误差")
TITLE = (
    Text("How far off is the secant's slope? The error for every h", "割线的斜率差了多少？每个 h 对应的误差"),
    Text("Error of the slope for every h", "每个 h 对应的误差"),
    Text("Error over h", "误差与 h"),
)
NAMES = {"forward": Text("forward", "前向"), "central": Text("central", "中心")}
CURVE = Text("{difference} {dtype}", "{difference} {dtype}")
HEADING = Text("error at h = {h}", "h = {h} 时的误差")
ROUNDING = (Text("rounding: worse to the left", "舍入误差：越往左越大"), Text("rounding", "舍入误差"))
TRUNCATION = (Text("truncation: worse to the right", "截断误差：越往右越大"), Text("truncation", "截断误差"))
BEST = (Text("valley", "谷底"), Text("best", "最好"))
BOOK = Text("the book's 10⁻⁴", "书中的 10⁻⁴")
TANGENT, SECANT = Text("tangent {slope}", "切线 {slope}"), Text("secant {slope}", "割线 {slope}")
MICROSCOPE = Text("microscope: x ± 1.5 h, {dtype}", "显微镜：x ± 1.5 h，{dtype}")
THEORY = Text("theory", "理论估计")
CHANGE = Text("change of f ÷ h", "f 的变化 ÷ h")
NOTHING = {
    "no_value": Text("no value here", "这里没有函数值"),
    "corner": Text("a corner: no tangent, so no error either", "尖角处没有切线，也就谈不上误差"),
    "no_slope": Text("no derivative here", "这里没有导数"),
}
CALL = Text("x = np.array([{point}])", "x = np.array([{point}])")
ENTRY = Text("{name}, the others stay", "{name}（其余不动）")
RIGHT = Text("right slope {slope}", "正确的斜率 {slope}")
RETURNED = Text("returned: {slope}", "代码算出 {slope}")
READ = Text("read at {above} and {below}, divided by 0.0002", "取 {above} 和 {below} 处的 f，相减再除以 0.0002")
COLUMNS = (
    same("x"),
    same("x + h"),
    Text("stored as", "存成"),
    same("x − h"),
    Text("stored as", "存成"),
    Text("difference of f", "f 之差"),
    Text("÷ 2h", "÷ 2h"),
    Text("right", "正确值"),
)


@dataclass(frozen=True)
class NamedZone:
    """Powers of ten of h between which one cause of errors rules; ``here`` if h is among them."""

    low: float
    high: float
    names: tuple[Text, ...]
    here: bool
    good: bool = False


def zones(params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[NamedZone, ...]:
    """Left of the valley, its floor, right of it; none where there are no errors."""
    if not math.isfinite(frame.best_h):
        return ()
    here, middle = math.log10(params.h), math.log10(frame.best_h)
    borders = (ENDS[0], middle - BESIDE, min(middle + BESIDE, ENDS[1]), ENDS[1])
    found = []
    for part, (low, high) in enumerate(pairwise(borders)):
        if high > low:
            names = (ROUNDING, BEST, TRUNCATION)[part]
            found.append(NamedZone(low, high, names, low <= here < high, good=part == 1))
    return tuple(found)
