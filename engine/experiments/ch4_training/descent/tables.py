"""The tables of `descent`, and the calculation of a step."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engine.contract.api import Table, Text, WorkingStep, table_of, untranslated
from engine.contract.frame import required
from engine.contract.working import digits_of_difference
from engine.experiments.ch4_training.descent.params import DescentFrame, DescentParams
from engine.experiments.shared.surfaces.surface_walk import Path, exact_gradient, gradient_of

_DIGITS = "₀₁₂"
_STEP, _NORM = Text("step"), Text("length of the gradient")


def tables(params: DescentParams, frame: DescentFrame) -> tuple[Table, ...]:
    """The tables of path, outcome and map; also of the comparison and of the faulty descent's second call, if there are
    any.
    """
    found = [_path(params, frame), _outcome(params, frame), _map(params, frame)]
    if frame.other is not None:
        found.append(_comparison(params.surface.names, frame.path, frame.other))
    if frame.second is not None:
        found.append(_second_call(params, frame.second))
    return tuple(found)


def step_lines(params: DescentParams, frame: DescentFrame, x: np.ndarray, step: int) -> tuple[WorkingStep, ...]:
    """The calculation of the step that starts at ``x`` (D,), after ``step`` other steps; empty if it is not finite."""
    expression, names, rate = params.surface.expression, params.surface.names, params.learning_rate
    with np.errstate(all="ignore"):
        gradient = gradient_of(expression, params.gradient, params.h)(x.copy())
        after = x - rate * gradient
    if not (np.all(np.isfinite(gradient)) and np.all(np.isfinite(after))):
        return ()
    lines = _gradient_lines(params, x, gradient, exact_gradient(expression)(x))
    moved = Text("step {step} → {next}")(step=step, next=step + 1)
    for index, name in enumerate(names):
        values = {"x": float(x[index]), "η": rate, "g": float(gradient[index])}
        lines.append(WorkingStep(f"{name}′", "{x} − {η}·{g}", values, float(after[index]), moved))
    squares = " + ".join("{g" + _DIGITS[index] + "}^2" for index in range(len(names)))
    values = {f"g{_DIGITS[index]}": float(part) for index, part in enumerate(gradient)}
    size = math.sqrt(sum(part**2 for part in gradient.tolist())) if np.all(np.abs(gradient) < 1e150) else None
    if size is not None:
        lines.append(WorkingStep("|∇f|", f"sqrt({squares})", values, size, Text("length of the gradient")))
    if frame.rest is not None:
        steepest = 2 / required(frame.limit)
        note = Text("each step multiplies the swing along the steepest direction by this")
        lines.append(WorkingStep("1 − η·λ", "1 − {η}·{λ}", {"η": rate, "λ": steepest}, 1 - rate * steepest, note))
    return tuple(lines)


def _gradient_lines(params: DescentParams, x: np.ndarray, gradient: np.ndarray, exact: np.ndarray) -> list[WorkingStep]:
    """The calculation of each component of the gradient; for a numerical gradient, by its difference quotient."""
    expression, lines = params.surface.expression, []
    for index, name in enumerate(params.surface.names):
        left = f"∂f/∂{name}"
        if params.gradient == "exact":
            note = Text("by the rules of calculus")
            lines.append(WorkingStep(left, "{g}", {"g": float(gradient[index])}, float(gradient[index]), note))
            continue
        moved = np.zeros_like(x)
        moved[index] = params.h
        above, below = float(expression(*(x + moved))), float(expression(*(x - moved)))
        values = {"f₊": above, "f₋": below, "h": params.h}
        note = Text("exact: {value:.9g}")(value=float(exact[index]))
        digits = digits_of_difference(above, below)
        lines.append(WorkingStep(left, "({f₊} − {f₋}) / (2·{h})", values, float(gradient[index]), note, digits))
    return lines


def _path(params: DescentParams, frame: DescentFrame) -> Table:
    path = frame.path
    places, norms = _columns(params.surface.names, path.places), (path.gradient_norms, _NORM)
    label = Text("path")
    return table_of("path", label, step=(path.steps, _STEP), **places, f=path.values, gradient_norm=norms)


def _outcome(params: DescentParams, frame: DescentFrame) -> Table:
    words = Text("{name} now")
    return table_of(
        "outcome",
        Text("outcome"),
        verdict=(frame.verdict, Text("fate")),
        step=(frame.update, _STEP),
        planned_steps=(params.steps, Text("planned steps")),
        learning_rate=(params.learning_rate, Text("learning rate")),
        gradient=(params.gradient, Text("gradient")),
        h=params.h,
        **_columns(params.surface.names, frame.x[None], "_now", words),
        f=frame.value,
        gradient_norm=(frame.gradient_norm, _NORM),
        lowest_f=(frame.lowest_value, Text("lowest f")),
        lowest_step=(frame.lowest_step, Text("step of the lowest f")),
        limit=(frame.limit, Text("limit of the rate")),
        factor=(frame.rest, Text("factor a step")),
        left_at_step=(frame.exit_step, Text("left the map in step")),
    )


def _map(params: DescentParams, frame: DescentFrame) -> Table:
    (x0_from, x1_from), (x0_to, x1_to) = frame.map.low, frame.map.high
    return table_of(
        "map",
        Text("map", context="of a plane"),
        function=(params.surface.text, Text("function")),
        x0_from=(x0_from, Text("x0 from")),
        x0_to=(x0_to, Text("x0 to")),
        x1_from=(x1_from, Text("x1 from")),
        x1_to=(x1_to, Text("x1 to")),
        x2=frame.slice_x2,
    )


def _comparison(names: Sequence[str], path: Path, other: Path) -> Table:
    """The table of both descents' points and their distance, at the steps that were recorded in both."""
    steps, here, required = np.intersect1d(path.steps, other.steps, return_indices=True)
    one, two = path.places[here], other.places[required]
    with np.errstate(all="ignore"):
        apart = np.linalg.norm(one - two, axis=1)
    columns = _columns(names, one) | _columns(names, two, "_with_other_gradient", Text("{name}, other gradient"))
    distance = (apart, Text("distance"))
    return table_of("comparison", Text("comparison"), step=(steps, _STEP), **columns, distance=distance)


def _second_call(params: DescentParams, second: Path) -> Table:
    """The table of the faulty descent's second call, beside the start that a correct one would have kept."""
    names, starts = params.surface.names, np.tile(params.whole_start, (len(second), 1))
    changed = Text("{name}, start changed")
    kept = Text("{name}, start kept")
    return table_of(
        "second_call",
        Text("second call"),
        step=(second.steps, _STEP),
        **_columns(names, second.places, "_of_changed_start", changed),
        **_columns(names, starts, "_of_kept_start", kept),
    )


def _columns(
    names: Sequence[str], places: np.ndarray, ending: str = "", words: Text | None = None
) -> dict[str, object]:
    """A column for each variable of the points ``places`` (K, D); its name is the variable with ``ending``."""
    labels = (words(name=untranslated(name)) if words else untranslated(name) for name in names)
    return {f"{name}{ending}": column for name, column in zip(names, zip(places.T, labels, strict=True), strict=True)}
