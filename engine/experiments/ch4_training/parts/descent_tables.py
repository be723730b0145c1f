"""The tables behind the plots of `descent`, and its arithmetic with the numbers put in."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engine.contract.table import Column, Table
from engine.contract.text import Text
from engine.contract.working import Line, digits_of_difference
from engine.experiments.ch4_training.parts.descent_params import NEWEST, DescentFrame, DescentParams
from engine.experiments.ch4_training.parts.descent_walker import exact_gradient, gradient_of

_DIGITS = "₀₁₂"


def selected_row(params: DescentParams, frame: DescentFrame) -> int | None:
    """The kept moment that is looked at, the nearest to the step that was chosen; None for the newest step."""
    if params.selected == NEWEST or not len(frame.steps) or params.selected >= frame.update:
        return None
    return int(np.argmin(np.abs(frame.steps - params.selected)))


def tables(params: DescentParams, frame: DescentFrame) -> tuple[Table, ...]:
    """Path, outcome, and where they are asked for the comparison and the second call of the faulty descent."""
    names = params.surface.names
    found = [
        Table(
            "path",
            (
                Column("step", frame.steps.tolist()),
                *_columns(names, frame.places),
                Column("f", frame.values.tolist()),
                Column("gradient_norm", frame.gradient_norms.tolist()),
            ),
        ),
        _one_row(
            "outcome",
            verdict=frame.verdict,
            step=frame.update,
            planned_steps=params.steps,
            learning_rate=params.learning_rate,
            gradient=params.gradient,
            h=params.h,
            **{f"{name}_now": float(part) for name, part in zip(names, frame.x, strict=True)},
            f=frame.value,
            gradient_norm=frame.gradient_norm,
            lowest_f=frame.lowest_value,
            lowest_step=frame.lowest_step,
            limit=_number(frame.limit),
            factor=_number(frame.rest),
            left_at_step=_number(frame.exit_step),
        ),
        _one_row(
            "map",
            function=params.surface.text,
            x0_from=frame.map.low[0],
            x0_to=frame.map.high[0],
            x1_from=frame.map.low[1],
            x1_to=frame.map.high[1],
            x2=_number(frame.slice_x2),
        ),
    ]
    if frame.other_places is not None:
        found.append(_comparison(names, frame))
    if frame.second_places is not None:
        count = len(frame.second_places)
        found.append(
            Table(
                "second_call",
                (
                    Column("step", list(range(count))),
                    *_columns(names, frame.second_places, "_of_changed_start"),
                    *_columns(names, np.tile(params.whole_start, (count, 1)), "_of_kept_start"),
                ),
            )
        )
    return tuple(found)


def working(params: DescentParams, frame: DescentFrame) -> tuple[Line, ...]:
    """One step with its numbers: the newest, or the one that leads on from the selected moment."""
    row = selected_row(params, frame)
    if row is not None:
        x, step = frame.places[row], int(frame.steps[row])
    else:
        x, step = frame.before, max(0, frame.update - 1)
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


def _comparison(names: Sequence[str], frame: DescentFrame) -> Table:
    """Both runs at the steps that both have kept."""
    _, here, there = np.intersect1d(frame.steps, frame.other_steps, return_indices=True)
    one, other = frame.places[here], frame.other_places[there]
    with np.errstate(all="ignore"):
        apart = np.linalg.norm(one - other, axis=1)
    return Table(
        "comparison",
        (
            Column("step", frame.steps[here].tolist()),
            *_columns(names, one),
            *_columns(names, other, "_with_other_gradient"),
            Column("distance", apart.tolist()),
        ),
    )


def _columns(names: Sequence[str], places: np.ndarray, ending: str = "") -> list[Column]:
    return [Column(f"{name}{ending}", places[:, index].tolist()) for index, name in enumerate(names)]


def _one_row(name: str, **values: object) -> Table:
    return Table(name, tuple(Column(key, [value]) for key, value in values.items()))


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)
