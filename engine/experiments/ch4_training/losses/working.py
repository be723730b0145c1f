"""The arithmetic of the experiment `losses` with the numbers put in: sums of squares, logarithms, the mean of rows."""

from __future__ import annotations

import math

import numpy as np

from engine.contract.api import Text, WorkingStep, required
from engine.experiments.ch4_training.losses.frame import LossesFrame
from engine.experiments.ch4_training.losses.params import LossesParams

_ALL = Text("all classes count")
_ONLY_ONE = Text("t{k} = 1, every other term is 0 · log y = 0")
_ONE_PLACE = Text("row {row}, class {k}")
_HALF, _MEAN = Text("½ sum of squares"), Text("mean square")
_MEAN_OF_ROWS, _WRONG_WAY = Text("mean of the rows"), Text("the wrong way")
_LABELS_OF_ALL = Text("wrong: these t are the labels of all rows")


def lines(params: LossesParams, frame: LossesFrame) -> tuple[WorkingStep, ...]:
    """The lines of what is looked at; an infinite logarithm has none."""
    found = {"one": _of_one, "guard": _of_guard, "batch": _of_batch}[params.view](params, frame)
    return tuple(line for line in found if math.isfinite(line.result))


def _of_one(params: LossesParams, frame: LossesFrame) -> list[WorkingStep]:
    squares = WorkingStep.over(
        "S", "…", "({y} − {t})^2", {"y": frame.y, "t": frame.t}, float(np.sum(frame.squares)), _ALL, first=0
    )
    total, count = squares.result, len(frame.y)
    return [
        squares,
        WorkingStep("½S", "{S} / 2", {"S": total}, frame.half_sum, _HALF),
        WorkingStep("(1/n)S", "{S} / {n}", {"S": total, "n": count}, frame.mean_square, _MEAN),
        _logarithm("E", frame.right, frame.epsilon, frame.cross_entropy, _ONLY_ONE(k=frame.target)),
    ]


def _of_guard(params: LossesParams, frame: LossesFrame) -> list[WorkingStep]:
    unguarded = _logarithm("L", frame.right, 0.0, frame.unguarded, Text("nothing added"))
    if params.guard == "off":
        return [unguarded]
    losses = {"L": frame.unguarded, "E": frame.cross_entropy}
    largest = Text("the largest value, at y = 0")
    shift = Text("difference", context="of two losses")
    return [
        unguarded,
        _logarithm("E", frame.right, frame.epsilon, frame.cross_entropy, _ONLY_ONE(k=frame.target)),
        WorkingStep("L − E", "{L} − {E}", losses, frame.unguarded - frame.cross_entropy, shift),
        WorkingStep("E(0)", "−ln({ε})", {"ε": frame.epsilon}, frame.ceiling, largest),
    ]


def _of_batch(params: LossesParams, frame: LossesFrame) -> list[WorkingStep]:
    found, made = frame.compared(params.pitfall), []
    for n, label in enumerate(frame.labels.tolist()):
        if params.pitfall == "half_sum_as_mean":
            y, t, loss = frame.rows[n], frame.one_hot[n], float(found.rows[n])
            total = float(np.sum((y - t) ** 2))
            made.append(WorkingStep.over(f"S{n + 1}", "…", "({y} − {t})^2", {"y": y, "t": t}, total, _ALL, first=0))
            made.append(WorkingStep(f"(1/n)S{n + 1}", "{S} / {n}", {"S": total, "n": len(y)}, loss))
        else:
            loss, note = float(frame.row_cross_entropy[n]), _ONE_PLACE(row=n + 1, k=label)
            made.append(_logarithm(f"E{n + 1}", float(frame.picked[n]), frame.epsilon, loss, note))
    count = len(frame.rows)
    made.append(WorkingStep.over("E", "(…) / {N}", "{E}", {"E": found.rows}, found.loss, _MEAN_OF_ROWS, N=count))
    if found.wrong_loss is None or not math.isfinite(found.wrong_loss):
        return made
    if params.pitfall == "class_numbers":
        made += [
            WorkingStep.over(
                f"E{n}?", "−(…)", "{t}·ln({y})", {"t": frame.labels, "y": row}, loss, _LABELS_OF_ALL, first=0
            )
            for n, (row, loss) in enumerate(zip(frame.rows + frame.epsilon, frame.naive_rows.tolist(), strict=True), 1)
        ]
    rows = {"E": required(found.wrong_rows)}
    if params.pitfall == "not_divided":
        return [*made, WorkingStep.over("E × N", "…", "{E}", rows, found.wrong_loss, _WRONG_WAY)]
    return [*made, WorkingStep.over("E?", "(…) / {N}", "{E}", rows, found.wrong_loss, _WRONG_WAY, N=count)]


def _logarithm(left: str, y: float, epsilon: float, result: float, note: Text) -> WorkingStep:
    if epsilon:
        return WorkingStep(left, "−ln({y} + {ε})", {"y": y, "ε": epsilon}, result, note)
    return WorkingStep(left, "−ln({y})", {"y": y}, result, note)
