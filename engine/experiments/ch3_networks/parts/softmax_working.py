"""The arithmetic of the experiment `softmax`, with the numbers put in: the four stops, powers of ten, sums of rows."""

from __future__ import annotations

import math

import numpy as np

from engine.contract.numerals import format_real
from engine.contract.text import Text
from engine.contract.working import Line
from engine.experiments.ch3_networks.parts.softmax_params import SoftmaxFrame, SoftmaxParams


def lines(params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[Line, ...]:
    """The lines of what is looked at; in the bars those of the chosen stop."""
    if params.view == "overflow":
        return _powers_of_ten(params, frame)
    if params.view == "batch":
        return _sums(params, frame)
    return {"shift": _shift, "exponentiate": _exponentiate, "sum": _sum, "divide": _divide}[params.stop](params, frame)


def _powers_of_ten(params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[Line, ...]:
    form = frame.of_format(params.dtype)
    words = Text(
        "e^{x} = 10^{power}; {dtype} holds up to 10^{most}", "e^{x} = 10^{power}，{dtype} 最多到 10^{most}"
    )(dtype=form.name, most=format_real(form.threshold / math.log(10), 4))
    found = []
    for number, x in enumerate(frame.exponents.tolist(), start=1):
        power = x / math.log(10)
        note = words(x=format_real(x, 5), power=format_real(power, 4))
        found.append(Line(f"log₁₀ e^x{number}", "{x} / {ln10}", {"x": x, "ln10": math.log(10)}, power, note))
    return tuple(found)


def _sums(params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[Line, ...]:
    chosen, sums = frame.of_batch(params.pitfall)
    note = Text("sum of row {number}", "第 {number} 行之和")
    return tuple(
        _sum_line(f"Σ{number}", "p", row.tolist(), float(total), note(number=number))
        for number, (row, total) in enumerate(zip(chosen, sums, strict=True), start=1)
    )


def _shift(params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[Line, ...]:
    values = {f"z{number}": z for number, z in enumerate(frame.z.tolist(), start=1)}
    most = float(np.max(frame.z))
    places = ", ".join(f"{{{name}}}" for name in values)
    found = [Line("m", f"max({places})", values, most, Text("the largest score", "最大的得分"))]
    for number, (z, u) in enumerate(zip(frame.z.tolist(), frame.shifted.tolist(), strict=True), start=1):
        if params.temperature == 1:
            found.append(Line(f"u{number}", "{z} − {m}", {"z": z, "m": most}, u))
        else:
            found.append(Line(f"u{number}", "({z} − {m}) / {T}", {"z": z, "m": most, "T": params.temperature}, u))
    return tuple(found)


def _exponentiate(params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[Line, ...]:
    pairs = zip(frame.shifted.tolist(), frame.exponentials.tolist(), strict=True)
    return tuple(Line(f"e{number}", "exp({u})", {"u": u}, e) for number, (u, e) in enumerate(pairs, start=1))


def _sum(params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[Line, ...]:
    note = Text("the sum that each is divided by", "每一项都要除以它")
    return (_sum_line("s", "e", frame.exponentials.tolist(), frame.total, note),)


def _divide(params: SoftmaxParams, frame: SoftmaxFrame) -> tuple[Line, ...]:
    pairs = zip(frame.exponentials.tolist(), frame.probabilities.tolist(), strict=True)
    found = [
        Line(f"p{number}", "{e} / {s}", {"e": e, "s": frame.total}, p) for number, (e, p) in enumerate(pairs, start=1)
    ]
    p = frame.probabilities.tolist()
    found.append(_sum_line("Σ", "p", p, float(np.sum(frame.probabilities)), Text("their sum", "总和")))
    values = {"z": float(frame.scores[frame.leader]), "w": float(frame.scores[frame.runner_up])}
    note = Text("p{first} / p{second}: only the difference counts", "p{first} / p{second}：只看得分之差")
    note = note(first=frame.leader + 1, second=frame.runner_up + 1)
    if params.temperature == 1:
        found.append(Line("e^Δz", "exp({z} − {w})", values, frame.ratio, note))
    else:
        values["T"] = params.temperature
        found.append(Line("e^(Δz/T)", "exp(({z} − {w}) / {T})", values, frame.ratio, note))
    return tuple(found)


def _sum_line(left: str, letter: str, parts: list[float], total: float, note: Text) -> Line:
    values = {f"{letter}{number}": part for number, part in enumerate(parts, start=1)}
    return Line(left, " + ".join(f"{{{name}}}" for name in values), values, total, note)
