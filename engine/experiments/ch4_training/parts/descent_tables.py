"""The tables behind the plots of `descent`, and its arithmetic with the numbers put in."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engine.contract.pieces import Line, Table, Text, same, table_of
from engine.contract.working import digits_of_difference
from engine.experiments.ch4_training.parts.descent_params import DescentFrame, DescentParams
from engine.experiments.surface_walk import Path, exact_gradient, gradient_of

_DIGITS = "₀₁₂"
_STEP, _NORM = Text("step", "步"), Text("length of the gradient", "梯度的长度")


def tables(params: DescentParams, frame: DescentFrame) -> tuple[Table, ...]:
    """Path, outcome and map, and where they are asked for the comparison and the second call of the faulty descent."""
    found = [_path(params, frame), _outcome(params, frame), _map(params, frame)]
    if frame.other is not None:
        found.append(_comparison(params.surface.names, frame.path, frame.other))
    if frame.second is not None:
        found.append(_second_call(params, frame.second))
    return tuple(found)


def step_lines(params: DescentParams, frame: DescentFrame, x: np.ndarray, step: int) -> tuple[Line, ...]:
    """One step with its numbers, the one from ``x`` (D,) after so many steps."""
    expression, names, rate = params.surface.expression, params.surface.names, params.learning_rate
    with np.errstate(all="ignore"):
        gradient = gradient_of(expression, params.gradient, params.h)(x.copy())
        after = x - rate * gradient
    if not (np.all(np.isfinite(gradient)) and np.all(np.isfinite(after))):
        return ()
    lines = _gradient_lines(params, x, gradient, exact_gradient(expression)(x))
    moved = Text("step {step} → {next}", "第 {step} → {next} 步")(step=step, next=step + 1)
    for index, name in enumerate(names):
        values = {"x": float(x[index]), "η": rate, "g": float(gradient[index])}
        lines.append(Line(f"{name}′", "{x} − {η}·{g}", values, float(after[index]), moved))
    squares = " + ".join("{g" + _DIGITS[index] + "}^2" for index in range(len(names)))
    values = {f"g{_DIGITS[index]}": float(part) for index, part in enumerate(gradient)}
    size = math.sqrt(sum(part**2 for part in gradient.tolist())) if np.all(np.abs(gradient) < 1e150) else None
    if size is not None:
        lines.append(Line("|∇f|", f"sqrt({squares})", values, size, Text("length of the gradient", "梯度的长度")))
    if frame.rest is not None:
        steepest = 2 / frame.limit
        note = Text(
            "each step multiplies the swing along the steepest direction by this",
            "沿最陡的方向，每走一步，摆幅就乘以这个数",
        )
        lines.append(Line("1 − η·λ", "1 − {η}·{λ}", {"η": rate, "λ": steepest}, 1 - rate * steepest, note))
    return tuple(lines)


def _gradient_lines(params: DescentParams, x: np.ndarray, gradient: np.ndarray, exact: np.ndarray) -> list[Line]:
    """Each part of the gradient; a numerical one as the difference that it is."""
    expression, lines = params.surface.expression, []
    for index, name in enumerate(params.surface.names):
        left = f"∂f/∂{name}"
        if params.gradient == "exact":
            note = Text("by the rules of calculus", "按求导法则")
            lines.append(Line(left, "{g}", {"g": float(gradient[index])}, float(gradient[index]), note))
            continue
        moved = np.zeros_like(x)
        moved[index] = params.h
        above, below = float(expression(*(x + moved))), float(expression(*(x - moved)))
        values = {"f₊": above, "f₋": below, "h": params.h}
        note = Text("exact: {value:.9g}", "精确值：{value:.9g}")(value=float(exact[index]))
        digits = digits_of_difference(above, below)
        lines.append(Line(left, "({f₊} − {f₋}) / (2·{h})", values, float(gradient[index]), note, digits))
    return lines



def _path(params: DescentParams, frame: DescentFrame) -> Table:
    path = frame.path
    columns = _columns(params.surface.names, path.places)
    table = table_of("path", step=path.steps, **columns, f=path.values, gradient_norm=path.gradient_norms)
    return table.labelled(Text("path", "路径"), step=_STEP, gradient_norm=_NORM)


def _outcome(params: DescentParams, frame: DescentFrame) -> Table:
    now = {f"{name}_now": [float(part)] for name, part in zip(params.surface.names, frame.x, strict=True)}
    table = table_of(
        "outcome",
        verdict=[frame.verdict],
        step=[frame.update],
        planned_steps=[params.steps],
        learning_rate=[params.learning_rate],
        gradient=[params.gradient],
        h=[params.h],
        **now,
        f=[frame.value],
        gradient_norm=[frame.gradient_norm],
        lowest_f=[frame.lowest_value],
        lowest_step=[frame.lowest_step],
        limit=[_number(frame.limit)],
        factor=[_number(frame.rest)],
        left_at_step=[_number(frame.exit_step)],
    )
    words = Text("{name} now", "现在的 {name}")
    return table.labelled(
        Text("outcome", "结果"),
        verdict=Text("fate", "走势"),
        step=_STEP,
        planned_steps=Text("planned steps", "计划步数"),
        learning_rate=Text("learning rate", "学习率"),
        gradient=Text("gradient", "梯度"),
        **{f"{name}_now": words(name=same(name)) for name in params.surface.names},
        gradient_norm=_NORM,
        lowest_f=Text("lowest f", "最小的 f"),
        lowest_step=Text("step of the lowest f", "f 最小的一步"),
        limit=Text("limit of the rate", "学习率的界限"),
        factor=Text("factor a step", "每步的倍数"),
        left_at_step=Text("left the map in step", "走出画面的一步"),
    )


def _map(params: DescentParams, frame: DescentFrame) -> Table:
    (x0_from, x1_from), (x0_to, x1_to) = frame.map.low, frame.map.high
    ends = {"x0_from": [x0_from], "x0_to": [x0_to], "x1_from": [x1_from], "x1_to": [x1_to]}
    table = table_of("map", function=[params.surface.text], **ends, x2=[_number(frame.slice_x2)])
    return table.labelled(
        Text("map", "地图"),
        function=Text("function", "函数"),
        x0_from=Text("x0 from", "x0 从"),
        x0_to=Text("x0 to", "x0 到"),
        x1_from=Text("x1 from", "x1 从"),
        x1_to=Text("x1 to", "x1 到"),
    )


def _comparison(names: Sequence[str], path: Path, other: Path) -> Table:
    """Both runs at the steps that both have kept."""
    steps, here, there = np.intersect1d(path.steps, other.steps, return_indices=True)
    one, two, ending = path.places[here], other.places[there], "_with_other_gradient"
    with np.errstate(all="ignore"):
        apart = np.linalg.norm(one - two, axis=1)
    words = Text("{name}, other gradient", "{name}（另一种梯度）")
    table = table_of("comparison", step=steps, **_columns(names, one), **_columns(names, two, ending), distance=apart)
    label = Text("comparison", "比较")
    return table.labelled(label, step=_STEP, distance=Text("distance", "距离"), **_labels(names, ending, words))


def _second_call(params: DescentParams, second: Path) -> Table:
    names, changed, kept = params.surface.names, "_of_changed_start", "_of_kept_start"
    starts = np.tile(params.whole_start, (len(second), 1))
    columns = _columns(names, second.places, changed) | _columns(names, starts, kept)
    return table_of("second_call", step=second.steps, **columns).labelled(
        Text("second call", "第二次调用"),
        step=_STEP,
        **_labels(names, changed, Text("{name}, start changed", "{name}（起点被改）")),
        **_labels(names, kept, Text("{name}, start kept", "{name}（起点没改）")),
    )


def _columns(names: Sequence[str], places: np.ndarray, ending: str = "") -> dict[str, np.ndarray]:
    return {f"{name}{ending}": places[:, index] for index, name in enumerate(names)}


def _labels(names: Sequence[str], ending: str, words: Text) -> dict[str, Text]:
    return {f"{name}{ending}": words(name=same(name)) for name in names}


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)
