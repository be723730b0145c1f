"""The texts of `gradient_check`: headline, status, the calculation of one gradient, and tooltips."""

from __future__ import annotations

import numpy as np

from engine.calculus.gradient_check import TINY
from engine.contract.api import Probe, ProbePoint, Remedy, Status, Text, WorkingStep, in_powers, listed
from engine.contract.working import digits_of_difference
from engine.experiments.ch5_backpropagation.gradient_check.params import (
    HIDDEN,
    MISTAKES,
    TOLERANCE,
    UNSAID,
    GradientCheckFrame,
    GradientCheckParams,
)

NEAR = 0.045
"""The maximum distance from the pointer to a point at which it is found, as a share of the axis from 0 to its end."""
_AGREE = Text("All {count} gradients agree: the relative error is {error}.")
_DIFFER = Text("{wrong} of {count} gradients differ, in {arrays}: the relative error is {error}.")
_SWEPT = Text("With h = {h} the relative error is {error}; the least of all h is {least}.")
_COST = Text("{parameters:,} parameters: {passes:,} forward passes; backpropagation takes one forward and one back.")


def entry_name(frame: GradientCheckFrame, entry: int) -> str:
    """The name of an array element with NumPy's indices, such as W1[1,2] or b1[2]; ``entry`` is its index over all
    arrays.
    """
    name, (row, column) = frame.arrays[frame.array_of[entry]], frame.places[entry].tolist()
    return f"{name}[{row},{column}]" if name.startswith("W") else f"{name}[{column}]"


def headline(params: GradientCheckParams, frame: GradientCheckFrame) -> Text:
    """One sentence: whether both gradients agree, the error at this h, or the cost for the largest network."""
    if params.view == "sweep":
        return _SWEPT(h=in_powers(params.h), error=in_powers(frame.error, 2), least=in_powers(frame.least, 2))
    if params.view == "cost":
        return _COST(parameters=int(frame.cost_parameters[-1]), passes=int(frame.cost_passes[-1]))
    if not frame.wrong_arrays:
        return _AGREE(count=frame.parameters, error=in_powers(frame.error, 2))
    arrays = [name for name, error in zip(frame.arrays, frame.errors.tolist(), strict=True) if error > TOLERANCE]
    return _DIFFER(wrong=frame.wrong, count=frame.parameters, arrays=listed(arrays), error=in_powers(frame.error, 2))


def status(params: GradientCheckParams, frame: GradientCheckFrame) -> Status | None:
    """The notice on whether a guess was right, or on why correct code shows an error here; else None."""
    if params.mistake == HIDDEN:
        return _of_guess(params, frame)
    if params.mistake != "none" or not frame.wrong_arrays or params.view == "cost":
        return None
    if frame.at_corner:
        text = Text(
            "The code is right. In {count} places h goes over ReLU's corner, where left and right slope differ."
        )
        remedy = Remedy(Text("Use sigmoid"), {"activation": "sigmoid"})
        return Status("corner", text(count=frame.at_corner), remedy)
    if params.dtype == "float32":
        text = Text(
            "The code is right. float32 keeps about 7 digits, too few for the difference of two nearly equal losses."
        )
        return Status("float32", text, Remedy(Text("Use float64"), {"dtype": "float64"}))
    text = Text("The code is right. This h makes the numerical gradient inexact.")
    return Status("step", text, Remedy(Text("h = 10⁻⁵"), {"h": 1e-5}))


def _of_guess(params: GradientCheckParams, frame: GradientCheckFrame) -> Status:
    if params.guess == UNSAID:
        return Status("hidden", Text("One mistake is in the code. Which one?"))
    guess = MISTAKES[params.guess]
    if frame.guessed:
        return Status("guessed", Text("Found: {guess}.")(guess=guess))
    return Status("not_guessed", Text("Not this one: {guess}.")(guess=guess))


def working(params: GradientCheckParams, frame: GradientCheckFrame) -> tuple[WorkingStep, ...]:
    """The calculation of the selected numerical gradient, its difference from backpropagation, and its
    array's error.
    """
    entry = params.entry
    above, below = frame.losses[entry].tolist()
    a, n = float(frame.backward[entry]), float(frame.numerical[entry])
    name = entry_name(frame, entry)
    note = Text("{name} by central differences: the loss at + h and at − h")
    quotient = (above - below) / (2 * params.h)
    lines = [
        WorkingStep("n", "({L1} − {L2})/(2·{h})", {"L1": above, "L2": below, "h": params.h}, quotient, note(name=name),
             digits_of_difference(above, below)),
        WorkingStep("d", "abs({a} − {n})", {"a": a, "n": n}, abs(a - n), Text("a by backpropagation"),
             digits_of_difference(a, n)),
    ]  # fmt: skip
    values = {"a": a, "n": n, "d": abs(a - n), "c": TINY}
    relative = abs(a - n) / max(abs(a), abs(n), TINY)
    note = Text("relative error of this entry alone")
    lines.append(WorkingStep("r", "{d}/max(abs({a}), abs({n}), {c})", values, relative, note))
    if n != 0:
        lines.append(WorkingStep("q", "{a}/{n}", {"a": a, "n": n}, a / n, Text("how many times n is a")))
    array = int(frame.array_of[entry])
    difference, largest = float(frame.differences[array]), float(max(frame.sizes[array], TINY))
    note = Text("relative error of {array}: its largest difference D, at {worst}, over its largest gradient M")(
        array=frame.arrays[array], worst=entry_name(frame, int(frame.worst[array]))
    )
    return (*lines, WorkingStep("E", "{D}/{M}", {"D": difference, "M": largest}, difference / largest, note))


def nearest_entry(frame: GradientCheckFrame, x: float, y: float) -> int | None:
    """The index of the array element whose point in the scatter plot is at x, y; None if there is none."""
    apart = np.hypot(frame.numerical - x, frame.backward - y)
    entry = int(np.argmin(apart))
    return entry if apart[entry] <= NEAR * frame.reach else None


def probe(params: GradientCheckParams, frame: GradientCheckFrame, spot: ProbePoint) -> Probe | None:
    """The tooltip at ``spot``, which is (numerical, backpropagation) in the scatter plot, or has log₁₀ h as its x in
    the plot "sweep".
    """
    if spot.part == "sweep" and len(frame.steps):
        at = int(np.argmin(np.abs(np.log10(frame.steps) - spot.x)))
        double, single = (in_powers(error, 2) for error in frame.sweep[:, at].tolist())
        text = Text("h = {h}: float64 {double}, float32 {single}")
        return Probe(text(h=in_powers(float(frame.steps[at])), double=double, single=single))
    entry = nearest_entry(frame, spot.x, spot.y) if spot.part == "" else None
    if entry is None:
        return None
    text = Text("{name}: backpropagation {a}, numerical {n}, relative to each other {q}")
    a, n = float(frame.backward[entry]), float(frame.numerical[entry])
    quotient = in_powers(a / n, 4) if n else "–"
    return Probe(text(name=entry_name(frame, entry), a=in_powers(a, 4), n=in_powers(n, 4), q=quotient))
