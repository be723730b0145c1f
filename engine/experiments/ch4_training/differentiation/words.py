"""The texts of `differentiation`: headline, status and arithmetic."""

from __future__ import annotations

import math

import numpy as np

from engine.contract.api import Remedy, Status, Text, WorkingStep, format_real, notation, untranslated
from engine.contract.text import as_written
from engine.contract.working import digits_of_difference
from engine.experiments.ch4_training.differentiation.params import (
    BESIDE,
    BOOK_H,
    ENTRIES,
    FUNCTIONS,
    OWN,
    DifferentiationFrame,
    DifferentiationParams,
)

_WORSE = 30.0
"""An error is only commented on if it is more than this many times the smallest one."""
_ENOUGH = 8.0
"""The number of correct digits from which no error is commented on."""
_LONGEST = 14
DIFFERENCES = {"forward": Text("forward"), "central": Text("central")}


_READING = Text("Slope of {f} at {x}: the {kind} difference with h = {h} gives {found}, not {exact}: off by {error}.")
_EXACTLY = Text("Slope of {f} at {x}: the {kind} difference with h = {h} gives {found}, exactly the tangent's.")
_OUTSIDE = Text("Slope of {f} at {x}: no {kind} difference with h = {h}, as f has no value at one of its places.")
_TOO_LARGE = Text("Slope of {f} at {x}: no {kind} difference with h = {h}, as its numbers are too large for {dtype}.")
_NO_SLOPE = Text("At x = {x}, {f} has no slope, whatever the differences with h = {h} say: {one}, {two}.")
_NO_VALUE = Text("At x = {x}, {f} has no value.")
_NO_FLOAT = Text("At x = {x}, {f} is too large for a float.")
_FLOATS = Text("With floats the numerical gradient is {found}, the exact one {exact}.")
_INTEGERS = Text("With integers the same code returns {found} instead of {exact}.")


def tiny(value: float, digits: int = 2) -> str:
    """A number of any size as a short text, such as 0.472 or 9e−10."""
    if value == 0 or 1e-3 <= abs(value) < 1e5:
        return format_real(value, digits)
    mantissa, power = f"{value:.{digits - 1}e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return as_written(f"{mantissa}e{int(power)}")


def error_words(error: float) -> str:
    """An error with two digits, or three from 0.1 on; a dash if it is not finite."""
    return tiny(error, 3 if error >= 0.1 else 2) if math.isfinite(error) else "–"


def headline(params: DifferentiationParams, frame: DifferentiationFrame) -> Text:
    """One sentence: the slope of the secant and of the tangent, or the gradient from the array and the exact one."""
    if params.view == "integer":
        words = _FLOATS if params.pitfall == "none" else _INTEGERS
        return words(found=_row(frame.cut_gradient), exact=_row(frame.exact_gradient))
    given = {"x": tiny(params.x, 4), "h": tiny(params.h, 3), "kind": DIFFERENCES[params.difference]}
    given["f"] = FUNCTIONS[params.function].label
    if params.function == OWN:
        given["f"] = untranslated(params.own) if len(params.own) <= _LONGEST else untranslated("f")
    if frame.state == "no_value":
        return (_NO_VALUE if _lacks_value(params, params.x) else _NO_FLOAT)(**given)
    if frame.state != "fine":
        slopes = zip(DIFFERENCES.values(), frame.slopes[:, params.row[1]].tolist(), strict=True)
        one, two = (_slope_text(name, slope) for name, slope in slopes)
        return _NO_SLOPE(**given, one=one, two=two)
    if not math.isfinite(frame.slope):
        return (_OUTSIDE if _lacks_value(params, *frame.ends_x) else _TOO_LARGE)(**given, dtype=params.dtype)
    given |= {"found": _aligned(frame.slope, frame.error), "exact": _aligned(frame.exact, frame.error)}
    return (_READING if frame.error else _EXACTLY)(**given, error=error_words(frame.error))


def status(params: DifferentiationParams, frame: DifferentiationFrame) -> Status | None:
    """The notice for the current view; None if there is nothing to report."""
    return _status_of_integers(frame) if params.view == "integer" else _status_of_quotient(params, frame)


def _status_of_quotient(params: DifferentiationParams, frame: DifferentiationFrame) -> Status | None:
    """The notice for a missing value or slope, for numbers too large or h too small for the format, or for an h that is
    far from the best; else None.
    """
    if frame.state != "fine":
        return _nothing(params, frame)
    remedy = None
    if math.isfinite(frame.best_h):
        better = Text("Set h to {h}")(h=tiny(frame.best_h, 3))
        remedy = Remedy(better, {"h": frame.best_h})
    if not math.isfinite(frame.slope):
        if _lacks_value(params, *frame.ends_x):
            text = Text("The difference needs f at a place where it has no value.")
            return Status("outside", text, remedy)
        text = Text("The numbers of this difference are too large for {dtype}.")
        return Status("overflow", text(dtype=params.dtype), remedy)
    if frame.absorbed:
        text = Text("In {dtype}, x + h rounds back to x: h is lost, so the difference is 0.")
        return Status("absorbed", text(dtype=params.dtype), remedy)
    away = math.log10(params.h) - math.log10(frame.best_h)
    if abs(away) <= BESIDE or frame.error <= _WORSE * frame.best_error or frame.digits >= _ENOUGH:
        return None
    if away < 0:
        text = Text("With so small an h the rounding errors take over, because they are divided by h.")
        return Status("rounding", text, remedy)
    if not _better_below(params, frame):
        return None
    text = Text("A smaller h would do better: between the two points the curve is not straight (truncation error).")
    # No button here: where the best h lies is what dragging is to find out.
    return Status("truncation", text)


def _better_below(params: DifferentiationParams, frame: DifferentiationFrame) -> bool:
    """Whether a smaller h, down to a tenth of the present one, has a smaller error.

    None has if the truncation error happens to cancel at the present h.
    """
    below = (frame.steps < params.h) & (frame.steps >= params.h / 10)
    return bool(np.any(frame.errors[params.row][below] < frame.error))


def _status_of_integers(frame: DifferentiationFrame) -> Status | None:
    """The notice that an array of integers truncates x + h; None if nothing is truncated."""
    lost = np.flatnonzero(np.any(frame.kept != frame.asked, axis=1)).tolist()
    if not lost:
        return None
    first = lost[0]
    text = Text("An array of integers drops fractions: {name} + h = {asked} is stored as {kept}.")(
        name=ENTRIES[first], asked=format_real(frame.asked[first, 0]), kept=format_real(frame.kept[first, 0])
    )
    return Status("cut_off", text, Remedy(Text("Use floats"), {"pitfall": "none"}))


def working(params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[WorkingStep, ...]:
    """The calculation of the current view, step by step."""
    if params.view == "integer":
        return _working_of_integers(params, frame)
    return _working_of_quotient(params, frame) if math.isfinite(frame.slope) else ()


def _working_of_quotient(params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[WorkingStep, ...]:
    """The calculation of the difference quotient and its error; a note gives both values of f with all their digits."""
    kind = np.dtype(params.dtype).type
    central = params.difference == "central"
    x, h = kind(params.x), kind(params.h)
    above, below = (float(params.f(np.array([at]))[0]) for at in (x + h, x - h if central else x))
    names = ("y1 = f(x + h)", "y0 = f(x − h)" if central else "y0 = f(x)")
    note = Text("{one} = {a}, {two} = {b}")(
        one=names[0], two=names[1], a=_all_digits(above, kind), b=_all_digits(below, kind)
    )
    change = float(kind(above) - kind(below))
    digits = digits_of_difference(above, below)
    lines = [WorkingStep("Δf", "{y1} − {y0}", {"y1": above, "y0": below}, above - below, note, digits)]
    over = "{Δf}/(2·{h})" if central else "{Δf}/{h}"
    means, quotient = Text("slope of the secant"), frame.slope
    if params.dtype == "float32":
        # What float32 rounds a result to cannot be had by redoing the line: both are told.
        means = Text("slope of the secant; float32 stores {kept}")
        means = means(kept=_all_digits(frame.slope, kind))
        quotient = change / (2 * float(h) if central else float(h))
    lines.append(WorkingStep("s", over, {"Δf": change, "h": float(h)}, quotient, means))
    if math.isfinite(frame.error):
        values = {"s": frame.slope, "f′": frame.exact}
        note = Text("error: f′ is the slope of the tangent")
        digits = digits_of_difference(frame.slope, frame.exact)
        lines.append(WorkingStep("e", "abs({s} − {f′})", values, frame.error, note, digits))
    return tuple(lines)


def _working_of_integers(params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[WorkingStep, ...]:
    """The calculation for the selected coordinate: x ± h as stored, the change of f, and the quotient."""
    i, name, h = params.entry, params.selected, BOOK_H
    values, stored = {"x": float(frame.stored[i]), "h": h}, Text("stored as {kept}")
    sums = [
        WorkingStep(f"{name} {sign} h", f"{{x}} {sign} {{h}}", values, asked, stored(kept=format_real(kept)))
        for sign, asked, kept in zip("+−", frame.asked[i].tolist(), frame.kept[i].tolist(), strict=True)
    ]
    (above, below), change = frame.f_kept[i].tolist(), float(frame.change[i])
    right = Text("right: {exact}")(exact=format_real(float(frame.exact_gradient[i])))
    return (
        *sums,
        WorkingStep("Δf", "{y1} − {y0}", {"y1": above, "y0": below}, change),
        WorkingStep("s", "{Δf}/(2·{h})", {"Δf": change, "h": h}, change / (2 * h), right),
    )


def _row(values: np.ndarray) -> str:
    """The values in parentheses, separated by commas."""
    return "(" + ", ".join(format_real(value) for value in values.tolist()) + ")"


def _lacks_value(params: DifferentiationParams, *places: float) -> bool:
    """Whether f is undefined (nan) or has a pole at one of the places. An infinite value counts as a pole only if f is
    finite just beside it; otherwise it is merely too large for a float, and the result is False.
    """
    at = np.array(places)
    values, near = params.f(at), 1e-9 * np.maximum(1.0, np.abs(at))
    is_pole = np.isinf(values) & (np.isfinite(params.f(at - near)) | np.isfinite(params.f(at + near)))
    return bool(np.any(np.isnan(values) | is_pole))


def _nothing(params: DifferentiationParams, frame: DifferentiationFrame) -> Status:
    """The notice for an x where f has no value or no slope."""
    if frame.state == "no_value":
        text = Text("This x is outside the function's domain.")
        if not _lacks_value(params, params.x):
            text = Text("The value here is too large for a float.")
        return Status("no_value", text, _elsewhere(params))
    if frame.state == "corner":
        text = Text("A corner: the slope is {left} to its left and {right} to its right, so there is no tangent.")(
            left=_number(frame.left), right=_number(frame.right)
        )
        return Status("corner", text, _elsewhere(params))
    text = Text("The function has no derivative here.")
    return Status("no_slope", text, _elsewhere(params))


def _elsewhere(params: DifferentiationParams) -> Remedy | None:
    """A remedy that moves x to the nearest multiple of ½, at least ½ away, at which f has a value and a slope; else
    None.
    """
    places = np.arange(-20, 21) / 2
    values, slopes = params.f(places), params.f.gradient(places)[0]
    good = places[np.isfinite(values) & np.isfinite(slopes) & (np.abs(places - params.x) >= 0.5)]
    if not len(good):
        return None
    x = float(good[np.argmin(np.abs(good - params.x - 1e-6))]) + 0.0
    return Remedy(Text("Move x to {x}")(x=format_real(x)), {"x": x})


def _slope_text(name: Text, slope: float) -> Text:
    if not math.isfinite(slope):
        return Text("no {name} one")(name=name)
    return notation("{name} {slope}")(name=name, slope=format_real(slope, 4))


def _number(value: float) -> str | Text:
    return format_real(value, 4) if math.isfinite(value) else Text("not finite")


def _aligned(value: float, error: float) -> str:
    """A slope with as many decimals as are needed to see the given error."""
    if error == 0 or abs(value) >= 1e5:
        return tiny(value, 6)
    decimals = int(min(12, max(3, math.ceil(-math.log10(error)) + 1)))
    return as_written(f"{value:.{decimals}f}")


def _all_digits(value: float, kind: type) -> str:
    return as_written(str(kind(value)))
