"""Rosenblatt's rule: each sample that is answered wrongly adds a piece of itself to w, and the line turns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.calculus import Separation, nearest_to_origin, separation
from engine.contract.experiment import Amount, CodeMark, Pace, Preset, Probe, Training, Unit
from engine.contract.fields import Choice, LabelledPoints, Option, Real, Switch, parameter
from engine.contract.fields.labelled_points import Point
from engine.contract.frame import Frame, quantity
from engine.contract.handle import Handle, Place
from engine.contract.params import Params
from engine.contract.protocol import Process
from engine.contract.status import Remedy, Status
from engine.contract.streams import Streams
from engine.contract.table import Column, Table
from engine.contract.text import EMPTY, Text
from engine.contract.working import Line
from engine.nn import perceptron, perceptron_update, step, weighted_sum

LIMIT = 2.0
START_LIMIT = 3.0
MOST_POINTS = 60
SEPARABLE = (
    *((-1.2, -0.6, 0), (-1.6, 0.9, 0), (-0.9, 0.4, 0), (-0.4, -1.3, 0), (-0.3, 0.5, 0), (0.1, -0.6, 0)),
    *((0.4, 0.9, 1), (0.5, -0.2, 1), (0.9, 0.7, 1), (1.1, -0.7, 1), (1.4, 0.3, 1), (0.0, 1.5, 1)),
)
AND = ((0.0, 0.0, 0), (0.0, 1.0, 0), (1.0, 0.0, 0), (1.0, 1.0, 1))
XOR = ((0.0, 0.0, 0), (0.0, 1.0, 1), (1.0, 0.0, 1), (1.0, 1.0, 0))
NOISY = (
    *((-1.5, 0.2, 0), (-1.1, -1.2, 0), (-0.9, 0.9, 0), (-0.7, -0.3, 0), (-0.5, -1.6, 0), (-0.2, 0.4, 0)),
    *((0.2, -0.9, 0), (0.9, 1.1, 0), (1.5, 0.1, 1), (1.2, -0.9, 1), (1.0, 0.4, 1), (0.7, 1.7, 1)),
    *((0.5, -0.4, 1), (0.2, 1.2, 1), (-0.1, -0.3, 1), (-1.2, -0.2, 1)),
)
EPOCHS_KEPT = 1000
_START_HELP = Text(
    "Where learning starts. The line shows these weights until the first mistake.",
    "学习从这里开始；第一次分错之前，直线由它决定。",
)


def _start_field(name: str, label: Text) -> Real:
    return Real(label=label, help=_START_HELP, minimum=-START_LIMIT, maximum=START_LIMIT, step=0.1, more=True)


@dataclass(frozen=True)
class PerceptronRuleParams(Params):
    """The samples, how they are shown, and where learning starts."""

    learning_rate: float = parameter(
        0.1,
        Real(
            label=Text("Learning rate η", "学习率 η"),
            help=Text("How large a piece of x one mistake adds to w.", "分错一次，把 x 的多大一部分加到 w 上。"),
            minimum=0.01,
            maximum=2.0,
            step=1.1,
            scale="log",
            effect="live",
        ),
    )
    order: str = parameter(
        "fixed",
        Choice(
            label=Text("Order of the samples", "样本的顺序"),
            help=Text(
                "Shown in the same order every epoch, or drawn anew for each.", "每一轮都按同样的顺序，或者每轮重新打乱。"
            ),
            options=(Option("fixed", Text("fixed", "固定")), Option("shuffled", Text("shuffled", "打乱"))),
        ),
    )
    show_best: bool = parameter(
        False,
        Switch(
            label=Text("Best line so far", "目前最好的直线"),
            help=Text(
                "Keeps the line that was right for most points (the pocket algorithm).",
                "把答对最多点的那条直线留下来（口袋算法）。",
            ),
            effect="view",
        ),
    )
    points: tuple[Point, ...] = parameter(
        SEPARABLE,
        LabelledPoints(
            label=Text("Points", "样本点"),
            help=Text("Coordinates and class of every sample, in their order.", "每个样本的坐标和类别，按出场顺序排列。"),
            minimum=-LIMIT,
            maximum=LIMIT,
            most=MOST_POINTS,
        ),
    )
    w1: float = parameter(-1.0, _start_field("w1", Text("Start weight w1", "初始权重 w1")))
    w2: float = parameter(0.5, _start_field("w2", Text("Start weight w2", "初始权重 w2")))
    b: float = parameter(0.3, _start_field("b", Text("Start bias b", "初始偏置 b")))


@dataclass(frozen=True, kw_only=True, eq=False)
class PerceptronRuleFrame(Frame):
    """The sample shown last and what it did; indices count from 0, epochs from 1.

    ``sample`` to ``turn`` belong to that sample and are None before the first; ``addition`` is η·error·(x1, x2, 1),
    ``turn`` the degrees from the line before to the line now, None where there is no line. ``right`` and ``correct``
    judge the line now. ``mistakes`` are those of the newest completed epochs, from ``first_epoch`` on; ``running_*``
    belong to the epoch that is not complete. ``bound`` is the most corrections that are possible from the start, or
    counted on from the latest change of the learning rate. ``low`` and ``high`` enclose every w so far and the origin.
    ``cycle`` are two epochs that end with the same weights, so that everything between them comes again and again.
    """

    points: np.ndarray = quantity()
    labels: np.ndarray = quantity()
    epoch_order: np.ndarray = quantity()
    sample: int | None = quantity()
    x: np.ndarray | None = quantity()
    target: int | None = quantity()
    weighted_sum: float | None = quantity()
    output: int | None = quantity()
    error: int | None = quantity()
    learning_rate: float = quantity()
    w_before: np.ndarray = quantity()
    b_before: float = quantity()
    addition: np.ndarray = quantity()
    w: np.ndarray = quantity()
    b: float = quantity()
    turn: float | None = quantity("°")
    right: np.ndarray = quantity()
    correct: int = quantity()
    corrections: int = quantity()
    mistakes: np.ndarray = quantity()
    first_epoch: int = quantity()
    running_epoch: int = quantity()
    running_mistakes: int = quantity()
    running_samples: int = quantity()
    best_w: np.ndarray = quantity()
    best_b: float = quantity()
    best_correct: int = quantity()
    best_after: int = quantity()
    separable: bool = quantity()
    radius: float = quantity()
    margin: float = quantity()
    classic_bound: float | None = quantity()
    bound: int | None = quantity()
    cycle: tuple[int, int] | None = quantity()
    low: np.ndarray = quantity()
    high: np.ndarray = quantity()


class PerceptronRule(Training[PerceptronRuleParams, PerceptronRuleFrame]):
    """A run ends by itself after an epoch without a mistake.

    Points that no line separates are never learnt: then it goes on until it is stopped, and ``render`` stops after 200
    epochs, by which every cycle of the presets, and of the opening with one label flipped, has been found.
    """

    order = 3
    title = Text("The perceptron rule: each mistake turns the line", "感知机的学习规则：分错一个点，直线就转一次")
    params_type = PerceptronRuleParams
    frame_type = PerceptronRuleFrame
    units = (
        Unit("sample", Text("sample", "个样本")),
        Unit("mistake", Text("mistake", "次改正")),
        Unit("epoch", Text("epoch", "轮 epoch")),
    )
    opening = Amount(1, "mistake")
    pace = Pace(4, "sample")
    default_steps = Amount(200, "epoch")
    uses_seed = True
    # The rates of the gates are powers of two, so that their sums are exact and a point on the line lies on it.
    presets = (
        Preset("separable", Text("Separable", "线性可分"), {"points": SEPARABLE}),
        Preset("AND", Text("AND", "与门 AND"), {"points": AND, "learning_rate": 0.5, "b": 0.5}),
        Preset("XOR", Text("XOR", "异或门 XOR"), {"points": XOR, "learning_rate": 0.5, "b": 0.5, "show_best": True}),
        Preset("noisy", Text("Noisy", "有噪声"), {"points": NOISY, "show_best": True}),
    )
    code = (
        *(perceptron_update, perceptron, weighted_sum, step),
        *(separation, nearest_to_origin, Separation.most_corrections),
    )

    def begin(self, params: PerceptronRuleParams, streams: Streams) -> Process:
        return _Learning(params, streams)

    def reading(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame) -> Text:
        values = {"correct": frame.correct, "total": len(frame.labels)}
        if frame.finished:
            return Text(
                "Converged: a whole epoch without a mistake, after {count}.",
                "收敛：{count}之后，整整一轮没有分错。",
            ).with_values(count=_corrections(frame.corrections))
        if frame.sample is None:
            return Text(
                "Nothing learned yet: {correct} of {total} points are right.", "还没有开始学，{total} 个点对 {correct} 个。"
            ).with_values(**values)
        values |= {"number": frame.sample + 1, "target": frame.target, "output": frame.output}
        if frame.error == 0:
            return Text(
                "Point {number} is right: w stays; {correct} of {total} points are right after {count}.",
                "第 {number} 个点答对了，w 不变；{count}之后，{total} 个点对 {correct} 个。",
            ).with_values(**values, count=_corrections(frame.corrections))
        return Text(
            "Point {number} is class {target}, answered {output}: {change}, {effect}; {correct} of {total} are right now.",
            "第 {number} 个点是类别 {target}，却答成 {output}：{change}，{effect}，现在 {total} 个点对 {correct} 个。",
        ).with_values(**values, change=_change(frame), effect=_effect(frame.turn))

    def main_tables(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame) -> tuple[Table, ...]:
        sums = weighted_sum(frame.points, frame.w, frame.b)
        turns = np.argsort(frame.epoch_order) + 1
        lines = [("before", frame.w_before, frame.b_before), ("now", frame.w, frame.b)]
        if params.show_best:
            lines.append(("best", frame.best_w, frame.best_b))
        epochs = [frame.first_epoch + index for index in range(len(frame.mistakes))]
        running = [] if frame.finished else [frame.running_epoch]
        return (
            Table(
                "points",
                (
                    Column("number", list(range(1, len(sums) + 1))),
                    Column("x1", frame.points[:, 0].tolist()),
                    Column("x2", frame.points[:, 1].tolist()),
                    Column("label", frame.labels.tolist()),
                    Column("turn", turns.tolist()),
                    Column("weighted_sum", sums.tolist()),
                    Column("output", [int(y) for y in step(sums)]),
                    Column("right", frame.right.tolist()),
                ),
            ),
            Table(
                "epochs",
                (
                    Column("epoch", epochs + running),
                    Column("mistakes", frame.mistakes.tolist() + [frame.running_mistakes] * len(running)),
                    Column("complete", [True] * len(epochs) + [False] * len(running)),
                ),
            ),
            Table(
                "lines",
                (
                    Column("line", [name for name, _, _ in lines]),
                    Column("w1", [float(w[0]) for _, w, _ in lines]),
                    Column("w2", [float(w[1]) for _, w, _ in lines]),
                    Column("b", [float(b) for _, _, b in lines]),
                    Column("correct", [int(_judged(frame.points, frame.labels, w, b).sum()) for _, w, b in lines]),
                ),
            ),
            Table(
                "convergence",
                (
                    Column("separable", [frame.separable]),
                    Column("margin", [frame.margin]),
                    Column("radius", [frame.radius]),
                    Column("classic_bound", [math.nan if frame.classic_bound is None else frame.classic_bound]),
                    Column("bound", [math.nan if frame.bound is None else frame.bound]),
                    Column("corrections", [frame.corrections]),
                ),
            ),
        )

    def working(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame) -> tuple[Line, ...]:
        if frame.sample is None:
            return ()
        x1, x2 = frame.x.tolist()
        w1, w2 = frame.w_before.tolist()
        rate = _rate_used(frame)
        add = {"η": rate, "e": float(frame.error)}
        lines = [
            Line(
                "a",
                "{w1}·{x1} + {w2}·{x2} + {b}",
                {"w1": w1, "x1": x1, "w2": w2, "x2": x2, "b": frame.b_before},
                frame.weighted_sum,
                Text("point {number}, weights before it", "第 {number} 个点，用改正前的权重").with_values(
                    number=frame.sample + 1
                ),
            ),
            Line("y", "step({a})", {"a": frame.weighted_sum}, float(frame.output), Text("answer", "回答")),
            Line(
                "e",
                "{t} − {y}",
                {"t": float(frame.target), "y": float(frame.output)},
                float(frame.error),
                Text("error: 0 is right", "误差，0 表示答对"),
            ),
            Line("w1′", "{w1} + {η}·{e}·{x1}", {"w1": w1, **add, "x1": x1}, float(frame.w[0])),
            Line("w2′", "{w2} + {η}·{e}·{x2}", {"w2": w2, **add, "x2": x2}, float(frame.w[1])),
            Line("b′", "{b} + {η}·{e}", {"b": frame.b_before, **add}, frame.b, Text("its input is 1", "偏置的输入是 1")),
        ]
        if frame.classic_bound is not None:
            lines.append(
                Line(
                    "k",
                    "({R} / {γ})^2",
                    {"R": frame.radius, "γ": frame.margin},
                    frame.classic_bound,
                    Text("most corrections from zero weights", "从零权重出发，最多改正这么多次"),
                )
            )
        return tuple(lines)

    def probe(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame, place: object) -> Probe:
        x = np.array(place, dtype=float)
        a = float(weighted_sum(x, frame.w, frame.b))
        return Probe(
            Text("x = ({x1:.2f}, {x2:.2f}): a = {a:.3g}, y = {y}", "x = ({x1:.2f}, {x2:.2f})：a = {a:.3g}，y = {y}")
            .with_values(x1=float(x[0]), x2=float(x[1]), a=a, y=int(a > 0))
        )

    def handles(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame) -> tuple[Handle, ...]:
        label = Text(
            "point {number}, class {label}: drag to move, click to flip, Delete to remove",
            "第 {number} 个点，类别 {label}：拖动可移动，点击翻转类别，Delete 键删除",
        )
        return tuple(
            Handle(_handle(i), (x1, x2), 0.05, label.with_values(number=i + 1, label=t), quiet=True)
            for i, (x1, x2, t) in enumerate(params.points)
        )

    def drag(
        self, params: PerceptronRuleParams, frame: PerceptronRuleFrame, handle: str, place: Place
    ) -> Mapping[str, object]:
        index = _index(params, handle)
        return {"points": _replaced(params.points, index, (*_tidy(place), params.points[index][2]))}

    def click(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame, handle: str) -> Mapping[str, object]:
        return {"points": _flipped(params.points, _index(params, handle))}

    def remove(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame, handle: str) -> Mapping[str, object]:
        index = _index(params, handle)
        if len(params.points) == 1:
            return {}
        return {"points": params.points[:index] + params.points[index + 1 :]}

    def add(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame, place: Place) -> Mapping[str, object]:
        if len(params.points) == MOST_POINTS or max(abs(part) for part in place) > LIMIT:
            return {}
        return {"points": (*params.points, (*_tidy(place), 1))}

    def code_mark(self, params: PerceptronRuleParams, frame: PerceptronRuleFrame) -> CodeMark | None:
        if frame.sample is None:
            return None
        right, wrong = "return w, b", "return w + learning_rate * error * x, b + learning_rate * error"
        return CodeMark("perceptron_update", right if frame.error == 0 else wrong)
