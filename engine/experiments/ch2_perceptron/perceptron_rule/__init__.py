"""Rosenblatt's perceptron rule: each wrongly classified sample changes w by η·e·x, and the line turns."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any

import numpy as np

from engine.calculus import Separation, mending_flip, nearest_to_origin, separation, turning
from engine.contract.api import (
    Measure,
    ProbePoint,
    Process,
    RandomStreams,
    Remedy,
    Status,
    Table,
    WorkingStep,
    required,
    table_of,
)
from engine.contract.experiment import Amount, CodeMark, Pace, Preset, Probe, Training, Unit
from engine.contract.point_handles import PointsInHand
from engine.contract.text import Text
from engine.data.point_sets import AND, NOISY, SEPARABLE, XOR
from engine.experiments.ch2_perceptron.perceptron_rule import words as perceptron_rule_words
from engine.experiments.ch2_perceptron.perceptron_rule.params import (
    PerceptronRuleFrame,
    PerceptronRuleParams,
)
from engine.experiments.ch2_perceptron.perceptron_rule.process import PerceptronTraining, Shown
from engine.nn import perceptron_update, step, weighted_sum


class PerceptronRule(
    PointsInHand[PerceptronRuleParams, PerceptronRuleFrame], Training[PerceptronRuleParams, PerceptronRuleFrame]
):
    """A perceptron that learns one sample an update; the run ends after an epoch without a mistake.

    For points that no line separates, the run goes on until it is stopped. Played 'to the end', as by ``render``, it
    then stops after 200 epochs.
    """

    order = 3
    title = Text("The perceptron rule: each mistake turns the line")
    units = (
        Unit("sample", Text("sample", context="counted"), Text("sample")),
        Unit("mistake", Text("mistake", context="counted"), Text("mistake")),
        Unit("epoch", Text("epoch", context="counted"), Text("epoch", context="unit")),
    )
    opening = Amount(1, "mistake")
    pace = Pace(4, "sample")
    default_steps = Amount(200, "epoch")
    uses_seed = True
    measures = (Measure("epochs", ("mistakes",)), Measure("convergence", ("corrections",), single=True))
    presets = (
        Preset("separable", Text("Separable"), {"points": SEPARABLE}),
        Preset("AND", Text("AND", context="gate with its sign"), {"points": AND, "learning_rate": 0.5, "b": 0.5}),
        Preset(
            "XOR",
            Text("XOR", context="gate with its sign"),
            {"points": XOR, "learning_rate": 0.5, "b": 0.5, "show_best": True},
        ),
        Preset("noisy", Text("Noisy"), {"points": NOISY, "show_best": True}),
    )
    code = (perceptron_update, weighted_sum, step, separation, nearest_to_origin, Separation.most_corrections)

    def begin(self, params: PerceptronRuleParams, streams: RandomStreams) -> Process:
        return _Learning(params, streams)

    def seed_matters(self, params: PerceptronRuleParams) -> bool:
        return params.order == "shuffled"

    def headline(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame) -> Text:
        return perceptron_rule_words.headline(frame)

    def main_tables(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame) -> tuple[Table, ...]:
        sums = frame.weighted_sums
        lines = {"now": (*frame.w, frame.b)}
        if frame.sample is not None:
            before = (*required(frame.w_before), frame.b_before)
            lines = {"before": before, "addition": tuple(required(frame.addition)), **lines}
        if params.show_best:
            lines["best"] = (*frame.best_w, frame.best_b)
        epochs = list(range(frame.first_epoch, frame.first_epoch + len(frame.mistakes) + (not frame.finished)))
        return (
            table_of(
                "points",
                Text("points"),
                number=(range(1, len(sums) + 1), Text("number")),
                x1=frame.points[:, 0],
                x2=frame.points[:, 1],
                label=(frame.labels, Text("class t")),
                turn=(np.argsort(frame.epoch_order) + 1, Text("turn in this epoch")),
                weighted_sum=(sums, Text("weighted sum")),
                output=(step(sums).astype(int), Text("answer y")),
                right=(frame.right, Text("right", context="table column: whether the answer is right")),
            ),
            table_of(
                "epochs",
                Text("epochs"),
                epoch=(epochs, Text("epoch", context="with the term")),
                mistakes=(
                    [*frame.mistakes.tolist(), frame.running_mistakes][: len(epochs)],
                    Text("mistakes"),
                ),
                complete=([index < len(frame.mistakes) for index in range(len(epochs))], Text("complete")),
            ),
            table_of(
                "lines",
                Text("lines"),
                line=(list(lines), Text("line")),
                w1=[line[0] for line in lines.values()],
                w2=[line[1] for line in lines.values()],
                b=[line[2] for line in lines.values()],
            ),
            table_of(
                "convergence",
                Text("convergence"),
                separable=([frame.separable], Text("separable")),
                radius=([frame.radius], Text("radius R")),
                margin=([frame.margin], Text("margin γ")),
                classic_bound=(
                    [math.nan if frame.classic_bound is None else frame.classic_bound],
                    Text("bound from zero weights"),
                ),
                bound=(
                    [math.nan if frame.bound is None else frame.bound],
                    Text("bound on corrections"),
                ),
                corrections=([frame.corrections], Text("corrections")),
                best_correct=([frame.best_correct], Text("most points right")),
                best_after=([frame.best_after], Text("reached at sample")),
            ),
        )

    def working(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame) -> tuple[WorkingStep, ...]:
        if frame.sample is None:
            return ()
        (x1, x2), (w1, w2), b, a = (
            required(frame.x).tolist(),
            required(frame.w_before).tolist(),
            required(frame.b_before),
            required(frame.weighted_sum),
        )
        t, y, e, rate = (
            float(required(frame.target)),
            float(required(frame.output)),
            float(required(frame.error)),
            required(frame.used_rate),
        )
        number = Text("point {number}")(number=frame.sample + 1)
        lines = [
            WorkingStep(
                "a", "{w1}·{x1} + {w2}·{x2} + {b}", {"w1": w1, "x1": x1, "w2": w2, "x2": x2, "b": b}, a, number
            ),
            WorkingStep("y", "step({a})", {"a": a}, y, Text("the answer")),
            WorkingStep("e", "{t} − {y}", {"t": t, "y": y}, e, Text("error; 0 means right")),
            WorkingStep("w1′", "{w1} + {η}·{e}·{x1}", {"w1": w1, "η": rate, "e": e, "x1": x1}, float(frame.w[0])),
            WorkingStep("w2′", "{w2} + {η}·{e}·{x2}", {"w2": w2, "η": rate, "e": e, "x2": x2}, float(frame.w[1])),
            WorkingStep(
                "b′",
                "{b} + {η}·{e}",
                {"b": b, "η": rate, "e": e},
                frame.b,
                Text("its input is always 1"),
            ),
        ]
        if frame.classic_bound is not None:
            most = Text("the most corrections that zero weights can need")
            lines.append(
                WorkingStep("k", "({R} / {γ})^2", {"R": frame.radius, "γ": frame.margin}, frame.classic_bound, most)
            )
        return tuple(lines)

    def probe(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame, spot: ProbePoint) -> Probe:
        a = float(weighted_sum(np.array([spot.x, spot.y]), frame.w, frame.b))
        words = Text("x = ({x1:.2f}, {x2:.2f}): a = {a:.3g}, y = {y}")
        return Probe(words(x1=spot.x, x2=spot.y, a=a, y=int(a > 0)))

    def code_mark(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame) -> CodeMark | None:
        if frame.sample is None:
            return None
        return CodeMark("perceptron_update", "return w + learning_rate" if frame.error else "return w, b")


class _Learning(Process):
    """The run: performs the requested updates of a ``PerceptronTraining`` and makes frames of it."""

    def __init__(self, params: PerceptronRuleParams, streams: RandomStreams) -> None:
        x, labels = np.array([point[:2] for point in params.points]), np.array([point[2] for point in params.points])
        shuffle = streams.order if params.order == "shuffled" else None
        start = np.array([params.w1, params.w2])
        self._training = PerceptronTraining(x, labels, start, params.b, params.learning_rate, shuffle)
        self._flip = mending_flip(x, labels, self._training.separation)
        self._points = params.points
        self._events: tuple[str, ...] = ()

    @property
    def counts(self) -> tuple[int, ...]:
        return self._training.samples, self._training.corrections, self._training.epochs

    def advance(self) -> None:
        before, known = self.counts, self._training.cycle
        self._training.show_next()
        changed = zip(PerceptronRule.units, before, self.counts, strict=True)
        self._events = tuple(unit.id for unit, old, new in changed if new > old)
        if self._training.cycle != known:
            self._events += ("cycle",)
        self.finished = self._training.finished

    def change(self, path: str, value: Any) -> None:
        if path != "learning_rate":
            raise KeyError(path)
        self._training.set_learning_rate(value)

    def frame(self, heavy: bool) -> PerceptronRuleFrame:
        now, gap = self._training, self._training.separation
        shown = vars(now.shown) if now.shown else dict.fromkeys(field.name for field in fields(Shown))
        w_before, b_before = (now.shown.w_before, now.shown.b_before) if now.shown else (now.w, now.b)
        return PerceptronRuleFrame(
            update=now.samples,
            counts=self.counts,
            events=self._events,
            finished=now.finished,
            status=self._status(),
            points=now.x,
            labels=now.labels,
            epoch_order=now.order,
            **shown,
            addition=np.round([*(now.w - w_before), now.b - b_before], 12) + 0.0,
            w=now.w,
            b=now.b,
            turn=turning(w_before, now.w),
            weighted_sums=now.weighted_sums(),
            right=now.right(),
            correct=int(np.sum(now.right())),
            corrections=now.corrections,
            mistakes=np.array(now.mistakes, dtype=int),
            first_epoch=now.epochs - len(now.mistakes) + 1,
            running_mistakes=now.running_mistakes,
            **{f"best_{name}": value for name, value in vars(now.best).items()},
            separable=gap.separable,
            radius=gap.radius,
            margin=gap.margin,
            classic_bound=(gap.radius / gap.margin) ** 2 if gap.separable else None,
            bound=now.bound,
            cycle=now.cycle,
            longest_addition=now.learning_rate * float(np.max(np.linalg.norm(now.x, axis=1))),
        )

    def _status(self) -> Status | None:
        now, remedy = self._training, None
        if self._flip is not None:
            remedy = perceptron_rule_words.flip_remedy(self._flip, self._points)
        elif not now.separation.separable:
            remedy = Remedy(Text("Use separable points"), {"points": SEPARABLE})
        return perceptron_rule_words.status(now, remedy)
