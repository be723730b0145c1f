"""What is said of a perceptron that learns by the rule: one sentence for each of its moments, and how it ends."""

from __future__ import annotations

from engine.contract.fields.labelled_points import Point
from engine.contract.pieces import Remedy, Status, Text, counted, there
from engine.experiments.ch2_perceptron.perceptron_rule.params import PerceptronRuleFrame
from engine.experiments.ch2_perceptron.perceptron_rule.process import PerceptronTraining

# Below this many degrees the words would say 'turns by 0.0°'.
_SMALLEST_TURN = 0.05


def reading(frame: PerceptronRuleFrame) -> Text:
    """One sentence on a frame of `perceptron_rule`."""
    values: dict[str, object] = {
        "correct": frame.correct,
        "total": len(frame.labels),
        "count": _corrections(frame.corrections),
    }
    if frame.sample is not None:
        values |= {"number": frame.sample + 1, "target": frame.target, "output": frame.output}
    if frame.finished:
        words = Text(
            "Converged: after {count} came an epoch without a mistake.", "收敛：{count}后，整整一轮都没有分错。"
        )
    elif frame.sample is None:
        words = Text(
            "Nothing learned yet: {correct} of {total} are right.", "还没开始学：{total} 个点分对 {correct} 个。"
        )
    elif frame.error == 0:
        words = Text(
            "Point {number} is right, so w stays; {correct} of {total} points are right after {count}.",
            "第 {number} 个点答对了，所以 w 不变；{count}后，{total} 个点分对 {correct} 个。",
        )
    else:
        words = Text(
            "Point {number} is of class {target} but got the answer {output}: {change}, and {effect}; now"
            " {correct} of {total} are right.",
            "第 {number} 个点属于类别 {target}，却答成 {output}，所以 {change}，{effect}。"
            "现在 {total} 个点分对 {correct} 个。",
        )
        values |= {"change": _change(frame), "effect": _effect(frame)}
    return words(**values)


def status(training: PerceptronTraining, remedy: Remedy | None) -> Status | None:
    """How the training ends, or cannot end; ``remedy`` is for points that no line separates."""
    if not training.separation.separable:
        best = {"best": training.best.correct, "total": len(training.labels)}
        if training.cycle is None:
            words = Text(
                "No line separates these points, so the rule never stops. Best line so far: {best} of {total} right.",
                "没有直线能分开这些点，所以规则停不下来。目前最好的直线：{total} 个点分对 {best} 个。",
            )
            return Status("not_separable", words(**best), remedy)
        words = Text(
            "Epoch {again} ends with the same weights as epoch {first}, so the rule goes round in circles for ever."
            " Best line so far: {best} of {total} right.",
            "第 {again} 轮末的权重和第 {first} 轮末一样，所以规则会一直绕圈。"
            "目前最好的直线：{total} 个点分对 {best} 个。",
        )
        first, again = training.cycle
        return Status("not_separable", words(first=first, again=again, **best), remedy)
    if training.finished:
        gap = training.separation
        words = Text(
            "From {start} the rule could make {bound} at most, and it made {count}."
            " From zero weights the bound is (R/γ)² = {classic:.1f}.",
            "从{start}算起，最多会{bound}，实际改正了 {count} 次。从零权重出发的上界是 (R/γ)² = {classic:.1f}。",
        )
        start = Text("this start", "这个起点")
        if training.bound_from:
            start = Text("the latest change of η", "最近一次改动 η 时")
        classic = (gap.radius / gap.margin) ** 2
        values = {
            "start": start,
            "bound": _corrections(there(training.bound)),
            "count": training.corrections,
            "classic": classic,
        }
        return Status("converged", words(**values))
    if not training.w.any():
        words = Text(
            "Both weights are 0, so there is no line, and all points get the same answer.",
            "两个权重都是 0，所以没有直线，所有点的答案都一样。",
        )
        return Status("no_line", words)
    return None


def flip_remedy(sample: int, points: tuple[Point, ...]) -> Remedy:
    """The offer to give one sample, counted from 0, the other label."""
    x1, x2, label = points[sample]
    flipped = (*points[:sample], (x1, x2, 1 - label), *points[sample + 1 :])
    label_text = Text("Flip point {number}", "翻转第 {number} 个点")(number=sample + 1)
    return Remedy(label_text, {"points": flipped})


def _corrections(count: int) -> Text:
    return Text("{count}", "改正 {count}")(count=counted(count, "correction", "次"))


def _change(frame: PerceptronRuleFrame) -> Text:
    words = Text("w′ = w + {rate:.3g}·x", "w′ = w + {rate:.3g}·x")
    if there(frame.error) < 0:
        words = Text("w′ = w − {rate:.3g}·x", "w′ = w − {rate:.3g}·x")
    return words(rate=frame.used_rate)


def _effect(frame: PerceptronRuleFrame) -> Text:
    if frame.turn is None:
        return Text("a line appears", "出现一条直线") if frame.w.any() else Text("the line disappears", "直线消失")
    if abs(frame.turn) < _SMALLEST_TURN:
        return Text("the line does not turn", "直线没有转")
    return Text("the line turns by {turn:.1f}°", "直线转 {turn:.1f}°")(turn=abs(frame.turn))
