"""The texts of `activations`: headline, status and arithmetic."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.contract.api import EMPTY, Remedy, Status, Text, counted, enumerated, notation, untranslated
from engine.contract.fields.base import joined as in_a_row
from engine.contract.numerals import format_short
from engine.contract.text import raised
from engine.contract.working import WorkingStep, digits_of_difference
from engine.experiments.ch3_networks.activations.params import REACH, ActivationsFrame, ActivationsParams
from engine.nn.activation_registry import ACTIVATIONS

_MOST_NAMED = 3
_ALIVE = 0.5
"""A sum at which every function except the step function has more than half of its largest slope."""


def headline(params: ActivationsParams, frame: ActivationsFrame) -> Text:
    """The slopes at the cursor and where functions are flat; for a stack, the product of slopes and a bound for it."""
    if params.view == "stack":
        parts = _product(params, frame), _certain(params, frame)
    else:
        parts = _slopes(params, frame), _where_flat(params, frame)
    return notation("{first}{second}")(first=parts[0], second=parts[1])


def _product(params: ActivationsParams, frame: ActivationsFrame) -> Text:
    if len(frame.functions) > _MOST_NAMED:
        words = Text("{layers} at x = {x}: the slopes multiply to {most} for {steep} and to {least} for {flat}.")(
            **_extremes(frame, frame.stack_slope)
        )
    else:
        parts = [
            Text("{slope} for {name}")(name=_name(frame, row), slope=format_short(slope))
            for row, slope in enumerate(frame.stack_slope)
        ]
        words = Text("{layers} at x = {x}: the slopes multiply to {parts}.")(parts=joined(parts))
    layers = counted(params.layers, "layer")
    return words(layers=layers, x=format_short(params.x))


def status(params: ActivationsParams, frame: ActivationsFrame) -> Status | None:
    """The notice for a weight of 0, for a cursor on a jump or corner, or where all functions are flat; else None."""
    if params.gain == 0:
        text = Text("With w = 0 no x reaches the functions, so all slopes are 0.")
        return Status("no_input", text, Remedy(Text("Set w to 1"), {"gain": 1.0}))
    kinked = [ACTIVATIONS[name].label for name in frame.functions if ACTIVATIONS[name].at_zero != "smooth"]
    if frame.a == 0 and kinked:
        text = Text("At a = 0 there is a jump or a corner and so no slope ({names}); the one on the left is used.")
        return Status("no_slope", text(names=joined(kinked)))
    if not np.all(frame.flat):
        return None
    text = Text("Every function is nearly flat here, so x can hardly move the output.")
    if not np.any(frame.slope):
        text = Text("Every function is flat here, so a small change of x does not move the output at all.")
    x = round((_ALIVE - params.bias) / params.gain, 2) + 0.0
    helps = abs(x) <= REACH and any(ACTIVATIONS[name].steepest for name in frame.functions) and params.flat_below <= 50
    words = Text("Move x to {x}")(x=x)
    return Status("saturated", text, Remedy(words, {"x": x}) if helps else None)


def working(params: ActivationsParams, frame: ActivationsFrame) -> tuple[WorkingStep, ...]:
    """The worked calculations of the sum, then of value and slope of every function; for a stack, of the product of its
    slopes.
    """
    if params.view == "stack":
        return _working_of_stack(params, frame)
    values = {"w": params.gain, "x": params.x, "b": params.bias}
    lines = [WorkingStep("a", "{w}·{x} + {b}", values, frame.a, Text("what the functions see"))]
    for row, name in enumerate(frame.functions):
        lines += _value_and_slope(name, params, frame.a, float(frame.value[row]), float(frame.slope[row]))
    return tuple(lines)


def _working_of_stack(params: ActivationsParams, frame: ActivationsFrame) -> tuple[WorkingStep, ...]:
    """The calculation of each function's product of slopes; for sigmoid also of the largest possible product."""
    lines = []
    for row, name in enumerate(frame.functions):
        factors = {f"s{layer}": float(slope) for layer, slope in enumerate(frame.factors[row], start=1)}
        expression = "·".join(f"{{{factor}}}" for factor in factors)
        note = Text("{name}: one slope per layer")(name=ACTIVATIONS[name].label)
        lines.append(WorkingStep("dy/dx", expression, factors, float(frame.stack_slope[row]), note))
        if name == "sigmoid":
            values = {"w": abs(params.gain), "s": ACTIVATIONS[name].steepest, "n": params.layers}
            most = Text("s, the steepest slope of sigmoid: the largest product that {layers} can have")
            most = most(layers=counted(params.layers, "layer"))
            lines.append(WorkingStep("max", "({w}·{s})^{n}", values, float(frame.bounds[row]), most))
    return tuple(lines)


def is_on_jump(params: ActivationsParams, frame: ActivationsFrame, row: int) -> bool:
    """Whether the cursor is on the jump of the step function: the slope there is 0 by definition, but
    it is not flat.
    """
    return ACTIVATIONS[frame.functions[row]].at_zero == "jump" and frame.a == 0 and params.gain != 0


def flat_words(params: ActivationsParams, name: str, stacked: bool) -> Text:
    """The label of the flat part of a function, or with ``stacked`` of a stack of its layers."""
    part = ACTIVATIONS[name].flat_part
    if part == "zero" or params.gain == 0:
        words = Text("{name}: slope 0")
    elif stacked or part == "nearly flat":
        words = Text("{name}: nearly flat")
    elif part == "leak":
        words = Text("{name}: slope {slope}")
    else:
        words = Text("{name}: saturated")
    return words(name=ACTIVATIONS[name].label, slope=format_short(params.gain * params.leak))


def joined(parts: Sequence[Text]) -> Text:
    """The texts as a list, with "and" before the last."""
    if len(parts) == 1:
        return parts[0]
    return Text("{parts} and {last}")(parts=enumerated(parts[:-1]), last=parts[-1])


def _value_and_slope(name: str, params: ActivationsParams, a: float, y: float, slope: float) -> list[WorkingStep]:
    one, w = ACTIVATIONS[name], params.gain
    given = {"w": w, "a": a, "y": y, "k": params.leak}
    used = [{key: part for key, part in given.items() if f"{{{key}}}" in text} for text in one.formulas]
    note = Text("flat on both sides of the jump") if one.at_zero == "jump" else EMPTY
    digits = digits_of_difference(1.0, y) if name == "sigmoid" else digits_of_difference(1.0, abs(y))
    value, rule = one.formulas
    return [
        WorkingStep("y", value, used[0], y, one.label, digits),
        WorkingStep("dy/dx", rule, used[1], slope, note, digits),
    ]


def _slopes(params: ActivationsParams, frame: ActivationsFrame) -> Text:
    if len(frame.functions) <= _MOST_NAMED:
        first = Text("of {name} is {slope}")
        next_one = Text("of {name} {slope}")
        parts = [
            (next_one if row else first)(name=_name(frame, row), slope=format_short(slope))
            for row, slope in enumerate(frame.slope)
        ]
        words = Text("At x = {x} the slope {parts}")(parts=in_a_row(parts))
    else:
        words = Text("At x = {x} {steep} is the steepest (slope {most}), {flat} the flattest ({least})")(
            **_extremes(frame, frame.slope)
        )
    return words(x=format_short(params.x))


def _where_flat(params: ActivationsParams, frame: ActivationsFrame) -> Text:
    here = [row for row in np.flatnonzero(frame.flat).tolist() if not is_on_jump(params, frame, row)]
    exactly = [_name(frame, row) for row in here if frame.slope[row] == 0]
    nearly = [_name(frame, row) for row in here if frame.slope[row] != 0]
    if exactly and nearly:
        words = Text("; flat here: {exactly}; nearly flat: {nearly}.")
        return words(exactly=joined(exactly), nearly=joined(nearly))
    if here:
        words = Text("; flat here: {names}.")
        if nearly:
            words = Text("; nearly flat here: {names}.")
        return words(names=joined(exactly or nearly))
    for row, parts in enumerate(frame.flat_parts):
        if len(parts):
            words = Text("; {name} is nearly flat where {where}.")
            if ACTIVATIONS[frame.functions[row]].flat_part == "zero":
                words = Text("; {name} is flat where {where}.")
            return words(name=_name(frame, row), where=_where(parts))
    words = Text("; no function is flat between −{reach} and {reach}.")
    return words(reach=format_short(REACH))


def _where(parts: np.ndarray) -> Text:
    """Intervals as inequalities; one that reaches the edge of the plot is written as open there, such as x < −2."""
    if len(parts) == 2 and parts[0, 0] == -REACH and parts[1, 1] == REACH and abs(parts[0, 1] + parts[1, 0]) < 1e-6:
        return untranslated(f"|x| > {format_short(parts[1, 0])}")
    spelled = [
        f"x < {format_short(high)}" if low == -REACH else f"x > {format_short(low)}" if high == REACH
        else f"{format_short(low)} < x < {format_short(high)}"
        for low, high in parts.tolist()
    ]  # fmt: skip
    first, *others = spelled
    return Text("{one} or {other}")(one=first, other=others[0]) if others else untranslated(first)


def _certain(params: ActivationsParams, frame: ActivationsFrame) -> Text:
    if "sigmoid" in frame.functions:
        bound = float(frame.bounds[frame.functions.index("sigmoid")])
        base = format_short(params.steepest("sigmoid"))
        words = Text(" With sigmoid and w = {w} it is never more than {base}{power} = {bound}.")
        return words(w=format_short(params.gain), base=base, power=raised(params.layers), bound=format_short(bound))
    if "identity" in frame.functions:
        return Text(" Any number of identity layers is one straight line.")
    return EMPTY


def _extremes(frame: ActivationsFrame, slopes: np.ndarray) -> dict[str, object]:
    """Name and slope of the steepest and of the flattest function, as values for a wording."""
    least, most = int(np.argmin(np.abs(slopes))), int(np.argmax(np.abs(slopes)))
    names = {"steep": _name(frame, most), "flat": _name(frame, least)}
    return {**names, "most": format_short(slopes[most]), "least": format_short(slopes[least])}


def _name(frame: ActivationsFrame, row: int) -> Text:
    return ACTIVATIONS[frame.functions[row]].label
