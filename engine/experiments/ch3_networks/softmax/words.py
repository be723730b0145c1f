"""The texts of `softmax`, whose figures are all computed, and its step-by-step calculation."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from engine.contract.api import Text, WorkingStep, format_alike, format_real, in_powers, untranslated
from engine.experiments.ch3_networks.softmax.params import LEVEL, NumberFormat, SoftmaxFrame, SoftmaxParams

_MOST_LISTED = 5

_STATES = {
    "fine": Text("{dtype}: the largest exponent, {x}, is within the limit of {limit:.1f}, so both forms agree: {p}."),
    "overflow": Text(
        "{dtype}: e^x is infinite above {limit:.1f}, and one exponent is {x}: naive overflows, shifted gives {p}."
    ),
    "underflow": Text(
        "{dtype}: the largest exponent is only {x}, so every e^x is 0: naive becomes 0/0, shifted gives {p}."
    ),
    "inaccurate": Text(
        "{dtype}: e^x keeps few digits for exponents of {x} or less: naive is off by {error:.2g}, shifted gives {p}."
    ),
}
_STOPS = {
    "shift": Text("Shift: the largest score, {most}, is subtracted from each{scale}; what is left is {left}."),
    "exponentiate": Text("Exponentiate: {e}. The largest is e^0 = 1, so nothing can overflow."),
    "sum": Text("Sum: {e} add up to {total:.4g}, and class {leader} alone contributes 1."),
}


def listed(values: Iterable[float]) -> str:
    """The values in brackets; of more than five only the first four and "…"."""
    texts = format_alike(values, 4)
    return "(" + ", ".join(texts if len(texts) <= _MOST_LISTED else [*texts[: _MOST_LISTED - 1], "…"]) + ")"


def probabilities(values: np.ndarray) -> str:
    """The probabilities in brackets, to three decimals; of more than five only the largest, with its name."""
    if len(values) <= _MOST_LISTED:
        return "(" + ", ".join(f"{value:.3f}" for value in values) + ")"
    largest = int(np.argmax(values))
    return f"p{largest + 1} = {values[largest]:.3f}"


def headline(params: SoftmaxParams, frame: SoftmaxFrame) -> Text:
    """The headline of the current view."""
    if params.view == "overflow":
        return _of_format(frame, frame.of_format(params.dtype))
    if params.view == "batch":
        return _of_batch(params, frame)
    if params.stop == "divide":
        return _divide(params, frame)
    scale = untranslated("") if params.temperature == 1 else Text(" and the rest divided by T = {t}")
    return _STOPS[params.stop](
        most=format_real(float(frame.a[frame.leader])),
        scale=scale(t=format_real(params.temperature, 3)),
        left=listed(frame.shifted),
        e=listed(frame.exponentials),
        total=frame.total,
        leader=frame.leader + 1,
    )


def _divide(params: SoftmaxParams, frame: SoftmaxFrame) -> Text:
    """The headline for the last step, about the two classes with the largest scores, or about the offset."""
    p = probabilities(frame.probabilities)
    if params.offset:
        more = Text("{c} larger") if params.offset > 0 else Text("{c} smaller")
        values = {"more": more(c=format_real(abs(params.offset))), "p": p, "change": frame.change}
        if frame.change < LEVEL:
            return Text("Every score is {more}, yet no probability changed: {p}. Only differences count.")(**values)
        return Text("Every score is {more}, and by rounding a probability changed by {change:.2g}: {p}.")(**values)
    values = {
        "p": p,
        "leader": frame.leader + 1,
        "second": frame.runner_up + 1,
        "lead": format_real(round(frame.lead, 9)),
    }
    if frame.lead < LEVEL:
        return Text("{p}: classes {leader} and {second} share the lead, so their probabilities are equal.")(**values)
    if params.temperature == 1:
        # Why it is that many times is asked in the guide.
        return Text(
            "{p}: class {leader}'s score leads by {lead}, which makes it {ratio} times as probable as class {second}."
        )(**values, ratio=_times(frame.ratio))
    power = f"e^({values['lead']}/{format_real(params.temperature, 3)})"
    return Text(
        "{p}: class {leader}'s score leads by {lead}, so its probability is {power} = {ratio} times that of class "
        "{second}."
    )(**values, ratio=_times(frame.ratio), power=power)


def _of_format(frame: SoftmaxFrame, form: NumberFormat) -> Text:
    return _STATES[form.state](
        dtype=form.name,
        x=format_real(float(frame.exponents[frame.leader]), 5),
        limit=form.threshold,
        error=form.error,
        p=probabilities(form.shifted),
    )


def _of_batch(params: SoftmaxParams, frame: SoftmaxFrame) -> Text:
    if params.pitfall == "none":
        return Text("With the axis every row is a sample of its own, so each sums to 1: {sums}.")(
            sums=listed(frame.sums_per_row)
        )
    if len(frame.batch) == 1:
        return Text("With a single row the axis makes no difference: all of its numbers together sum to 1 either way.")
    return Text("Without an axis the whole batch shares a single 1: the rows sum to {sums} instead of 1 each.")(
        sums=listed(frame.sums_at_once)
    )


def _times(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 1000 else in_powers(ratio, 3)


def working(params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[WorkingStep, ...]:
    """The calculation of the current view step by step; for the bars, that of the selected step."""
    if params.view == "overflow":
        return _powers_of_ten(params, frame)
    if params.view == "batch":
        rows, sums = frame.of_batch(params.pitfall)
        note = Text("sum of row {number}")
        return tuple(
            WorkingStep.over(f"Σ{number}", "…", "{p}", {"p": row}, float(total), note(number=number))
            for number, (row, total) in enumerate(zip(rows, sums, strict=True), start=1)
        )
    a, u, e, p = (part.tolist() for part in (frame.a, frame.shifted, frame.exponentials, frame.probabilities))
    if params.stop == "shift":
        most = WorkingStep.over("m", "max(…)", "{a}", {"a": a}, max(a), Text("the largest score"))
        left, given = "{a} − {m}", {"m": max(a)}
        if params.temperature != 1:
            left, given = "({a} − {m}) / {T}", {"m": max(a), "T": params.temperature}
        return most, *_for_each("u", u, left, "a", a, given)
    if params.stop == "exponentiate":
        return _for_each("e", e, "exp({u})", "u", u)
    if params.stop == "sum":
        note = Text("the sum that each is divided by")
        return (WorkingStep.over("s", "…", "{e}", {"e": e}, frame.total, note),)
    total = float(np.sum(frame.probabilities))
    shares = _for_each("p", p, "{e} / {s}", "e", e, {"s": frame.total})
    return *shares, WorkingStep.over("Σ", "…", "{p}", {"p": p}, total, Text("their sum")), _ratio_line(params, frame)


def _for_each(
    left: str,
    results: Sequence[float],
    expression: str,
    letter: str,
    numbers: Sequence[float],
    shared: Mapping[str, float] = MappingProxyType({}),
) -> tuple[WorkingStep, ...]:
    """The line of each class: p1 = e1 / s, p2 = e2 / s, …, where ``letter`` stands for one of the ``numbers``."""
    lines = []
    for place, (one, result) in enumerate(zip(numbers, results, strict=True), start=1):
        name = f"{letter}{place}"
        formula = expression.replace(f"{{{letter}}}", f"{{{name}}}")
        lines.append(WorkingStep(f"{left}{place}", formula, {name: one, **shared}, result))
    return tuple(lines)


def _powers_of_ten(params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[WorkingStep, ...]:
    """The line for each class that converts e^x to a power of ten."""
    form, ln10 = frame.of_format(params.dtype), math.log(10)
    words = Text("e^{x} = 10^{power}; {dtype} holds up to 10^{most}")(
        dtype=form.name, most=format_real(form.threshold / ln10, 4)
    )
    found = []
    for number, x in enumerate(frame.exponents.tolist(), start=1):
        note = words(x=format_real(x, 5), power=format_real(x / ln10, 4))
        found.append(WorkingStep(f"log₁₀ e^x{number}", "{x} / {ln10}", {"x": x, "ln10": ln10}, x / ln10, note))
    return tuple(found)


def _ratio_line(params: SoftmaxParams, frame: SoftmaxFrame) -> WorkingStep:
    """The line that computes the ratio of the two largest probabilities from the difference of their scores."""
    numbers = frame.leader + 1, frame.runner_up + 1
    ahead, behind = (f"a{number}" for number in numbers)
    values = {ahead: float(frame.scores[frame.leader]), behind: float(frame.scores[frame.runner_up])}
    note = Text("p{first} / p{second}: only the difference counts")
    note = note(first=numbers[0], second=numbers[1])
    lead = f"{{{ahead}}} − {{{behind}}}"
    if params.temperature == 1:
        return WorkingStep("e^Δa", f"exp({lead})", values, frame.ratio, note)
    return WorkingStep("e^(Δa/T)", f"exp(({lead}) / {{T}})", {**values, "T": params.temperature}, frame.ratio, note)
