"""The texts of `perceptron_rule`: headline and status."""

from __future__ import annotations

from engine.contract.api import Remedy, Status, Text, counted, notation, required
from engine.contract.fields.labelled_points import Point
from engine.experiments.ch2_perceptron.perceptron_rule.params import PerceptronRuleFrame
from engine.experiments.ch2_perceptron.perceptron_rule.process import PerceptronTraining

# Below this many degrees the words would say 'turns by 0.0°'.
_SMALLEST_TURN = 0.05


def headline(frame: PerceptronRuleFrame) -> Text:
    """One sentence about the sample shown last: whether it was right, the correction, and how many points are right
    now.
    """
    values: dict[str, object] = {
        "correct": frame.correct,
        "total": len(frame.labels),
        "count": _corrections(frame.corrections),
    }
    if frame.sample is not None:
        values |= {"number": frame.sample + 1, "target": frame.target, "output": frame.output}
    if frame.finished:
        words = Text("Converged: after {count} came an epoch without a mistake.")
    elif frame.sample is None:
        words = Text("Nothing learned yet: {correct} of {total} are right.")
    elif frame.error == 0:
        words = Text("Point {number} is right, so w stays; {correct} of {total} points are right after {count}.")
    else:
        words = Text(
            "Point {number} is of class {target} but got the answer {output}: {change}, and {effect}; now"
            " {correct} of {total} are right."
        )
        values |= {"change": _change(frame), "effect": _effect(frame)}
    return words(**values)


def status(training: PerceptronTraining, remedy: Remedy | None) -> Status | None:
    """The notice on how training ended, or why it cannot end; else None.

    ``remedy`` is the button offered for points that no line separates.
    """
    if not training.separation.separable:
        best = {"best": training.best.correct, "total": len(training.labels)}
        if training.cycle is None:
            words = Text(
                "No line separates these points, so the rule never stops. Best line so far: {best} of {total} right."
            )
            return Status("not_separable", words(**best), remedy)
        words = Text(
            "Epoch {again} ends with the same weights as epoch {first}, so the rule goes round in circles for ever."
            " Best line so far: {best} of {total} right."
        )
        first, again = training.cycle
        return Status("not_separable", words(first=first, again=again, **best), remedy)
    if training.finished:
        gap = training.separation
        words = Text(
            "From {start} the rule could make {bound} at most, and it made {count}."
            " From zero weights the bound is (R/γ)² = {classic:.1f}: R is the longest (x1, x2, 1),"
            " γ how near the best plane through 0 comes to one."
        )
        start = Text("this start")
        if training.bound_from:
            start = Text("the latest change of η")
        classic = (gap.radius / gap.margin) ** 2
        values = {
            "start": start,
            "bound": _corrections(required(training.bound)),
            "count": training.corrections,
            "classic": classic,
        }
        return Status("converged", words(**values))
    if not training.w.any():
        words = Text("Both weights are 0, so there is no line, and all points get the same answer.")
        return Status("no_line", words)
    return None


def flip_remedy(sample: int, points: tuple[Point, ...]) -> Remedy:
    """The remedy that flips the label of sample ``sample``, an index from 0."""
    x1, x2, label = points[sample]
    flipped = (*points[:sample], (x1, x2, 1 - label), *points[sample + 1 :])
    label_text = Text("Flip point {number}")(number=sample + 1)
    return Remedy(label_text, {"points": flipped})


def _corrections(count: int) -> Text:
    return Text("{count}")(count=counted(count, "correction"))


def _change(frame: PerceptronRuleFrame) -> Text:
    words = notation("w′ = w + {rate:.3g}·x")
    if required(frame.error) < 0:
        words = notation("w′ = w − {rate:.3g}·x")
    return words(rate=frame.used_rate)


def _effect(frame: PerceptronRuleFrame) -> Text:
    if frame.turn is None:
        return Text("a line appears") if frame.w.any() else Text("the line disappears")
    if abs(frame.turn) < _SMALLEST_TURN:
        return Text("the line does not turn")
    return Text("the line turns by {turn:.1f}°")(turn=abs(frame.turn))
