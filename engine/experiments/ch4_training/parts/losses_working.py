"""The arithmetic of the experiment `losses` with the numbers put in: sums of squares, logarithms, the mean of rows."""

from __future__ import annotations

import math

from engine.contract.text import EMPTY, Text
from engine.contract.working import Line
from engine.experiments.ch4_training.parts.losses_frame import LossesFrame
from engine.experiments.ch4_training.parts.losses_params import LossesParams

_ONLY_ONE = Text("t{k} = 1, every other term is 0 · log y = 0", "只有 t{k} = 1，其余各项都是 0 · log y = 0")
_ONE_PLACE = Text("row {row}, class {k}", "第 {row} 行，类别 {k}")


def lines(params: LossesParams, frame: LossesFrame) -> tuple[Line, ...]:
    """The lines of what is looked at; an infinite logarithm has none."""
    if params.view == "batch":
        return _of_batch(params, frame)
    entropy = _logarithm("E", frame.right, frame.epsilon, frame.cross_entropy, _ONLY_ONE(k=frame.target))
    if params.view == "guard":
        return _of_guard(params, frame, entropy)
    squares = _squares("S", frame.y.tolist(), frame.t.tolist())
    total = squares.result
    halved = Line("½S", "{S} / 2", {"S": total}, frame.half_sum, Text("½ sum of squares", "平方和误差"))
    count = len(frame.y)
    mean = Line("(1/n)S", "{S} / {n}", {"S": total, "n": count}, frame.mean_square, Text("mean square", "均方误差"))
    return (squares, halved, mean, *entropy)


def _of_guard(params: LossesParams, frame: LossesFrame, entropy: tuple[Line, ...]) -> tuple[Line, ...]:
    found = list(_logarithm("L", frame.right, 0.0, frame.unguarded, Text("nothing added", "不加 ε")))
    if params.guard == "off":
        return tuple(found)
    found += entropy
    if found and math.isfinite(frame.guard_shift):
        values = {"L": frame.unguarded, "E": frame.cross_entropy}
        shift = Text("difference", "两者之差")
        found.append(Line("L − E", "{L} − {E}", values, frame.unguarded - frame.cross_entropy, shift))
    found.append(
        Line(
            "E(0)",
            "−ln({ε})",
            {"ε": frame.epsilon},
            frame.ceiling,
            Text("the largest value, at y = 0", "最大值，在 y = 0 处"),
        )
    )
    return tuple(found)


def _of_batch(params: LossesParams, frame: LossesFrame) -> tuple[Line, ...]:
    found = frame.compared(params.pitfall)
    squares = params.pitfall == "half_sum_as_mean"
    c = frame.rows.shape[1]
    made: list[Line] = []
    for row, label in enumerate(frame.labels.tolist()):
        if squares:
            line = _squares(f"S{row + 1}", frame.rows[row].tolist(), frame.one_hot[row].tolist())
            made.append(line)
            divided = Line(f"(1/n)S{row + 1}", "{S} / {n}", {"S": line.result, "n": c}, float(found.rows[row]))
            made.append(divided)
        else:
            note = _ONE_PLACE(row=row + 1, k=label)
            loss = float(frame.row_cross_entropy[row])
            made += _logarithm(f"E{row + 1}", float(frame.picked[row]), frame.epsilon, loss, note)
    if math.isfinite(found.loss):
        made.append(_mean("E", found.rows.tolist(), found.loss, Text("mean of the rows", "各行的平均")))
    if found.wrong_loss is None or not math.isfinite(found.wrong_loss):
        return tuple(made)
    if params.pitfall == "class_numbers":
        made += _naive_lines(frame)
    wrong = Text("the wrong way", "错误的算法")
    if params.pitfall == "not_divided":
        made.append(_sum("E × N", found.wrong_rows.tolist(), found.wrong_loss, wrong))
    else:
        made.append(_mean("E?", found.wrong_rows.tolist(), found.wrong_loss, wrong))
    return tuple(made)


def _naive_lines(frame: LossesFrame) -> list[Line]:
    """−Σ t · log y of every row, t being the class numbers of the whole batch."""
    made = []
    for row, outputs in enumerate(frame.rows.tolist()):
        values = {f"t{k}": float(label) for k, label in enumerate(frame.labels.tolist())}
        values |= {f"y{k}": y + frame.epsilon for k, y in enumerate(outputs)}
        terms = " + ".join(f"{{t{k}}}·ln({{y{k}}})" for k in range(len(outputs)))
        note = Text("wrong: these t are the labels of all rows", "错：这些 t 是各行的编号")
        made.append(Line(f"E{row + 1}?", f"−({terms})", values, float(frame.naive_rows[row]), note))
    return made


def _logarithm(left: str, y: float, epsilon: float, result: float, note: Text) -> tuple[Line, ...]:
    if not math.isfinite(result):
        return ()
    if epsilon:
        return (Line(left, "−ln({y} + {ε})", {"y": y, "ε": epsilon}, result, note),)
    return (Line(left, "−ln({y})", {"y": y}, result, note),)


def _squares(left: str, y: list[float], t: list[float]) -> Line:
    values = {}
    for k, (output, wanted) in enumerate(zip(y, t, strict=True)):
        values |= {f"y{k}": output, f"t{k}": wanted}
    terms = " + ".join(f"({{y{k}}} − {{t{k}}})^2" for k in range(len(y)))
    result = math.fsum((output - wanted) ** 2 for output, wanted in zip(y, t, strict=True))
    return Line(left, terms, values, result, Text("all classes count", "每个类别都算进去"))


def _mean(left: str, rows: list[float], result: float, note: Text = EMPTY) -> Line:
    total = _sum("", rows, 0.0)
    return Line(left, f"({total.expression}) / {{N}}", {**total.values, "N": len(rows)}, result, note)


def _sum(left: str, rows: list[float], result: float, note: Text = EMPTY) -> Line:
    values = {f"E{row}": loss for row, loss in enumerate(rows, start=1)}
    return Line(left, " + ".join(f"{{{name}}}" for name in values), values, result, note)
