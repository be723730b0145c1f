"""The texts of `gradient_field`: headline, status and arithmetic."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from engine.contract.api import Remedy, Status, Text, WorkingStep, bracketed, format_short, required
from engine.contract.working import digits_of_difference
from engine.experiments.ch4_training.gradient_field.ground import Ground, corners_at
from engine.experiments.ch4_training.gradient_field.params import GradientFieldFrame, GradientFieldParams
from engine.experiments.shared.surfaces.surface_choice import OWN

_STRAIGHT, _ALMOST = 0.05, 2.0
"""The angles in degrees below which an arrow is said to point straight, or only a little off, at the minimum."""
_GOOD_H = 1e-4
_SEARCHED, _DEEP = 400, 7
"""The maximum number of places that are tried for one with a gradient, and the number of map cells by which it should
lie inside the function's domain.
"""


_NO_VALUE = Text("At {place} the function has no value.")
_NO_GRADIENT = Text("At {place} the function has no gradient.")
_SMALL = Text("At {place} |∇f| = {size}, next to nothing compared with the rest of the map.")
_ZERO = Text("At {place} ∇f = 0: for a tiny step f hardly changes, whichever way it goes.")
_SWALLOWED = Text("With h = {h} the numerical gradient is 0: rounding has swallowed the difference.")
_ROUGHLY = Text("With h = {h} the numerical {name} = {shown} is {lean}° off the exact one.")
_DOWNHILL = Text("−∇f = {shown} is perpendicular to the contour{aim}")
_UPHILL = Text("∇f = {shown} points uphill: a step of {step} along it raises f from {before} to {after}.")
_TOO_FAR = Text("∇f = {shown} points uphill, but a step of {step} is too long: f goes from {before} to {after}.")
_OFF = Text("∇f = {shown} points uphill; a step of {step} from f = {before} leads where f has no value.")
_STATUSES = {
    "corner": Text("A corner: the slopes on its two sides differ."),
    "no_value": Text("The function has no value here, so there is no gradient either."),
    "no_gradient": Text("The function has no finite slope here."),
    "small": Text("The gradient here is too small to draw."),
    "zero": Text("The gradient is 0: lowest, highest or saddle? The gradient alone cannot tell."),
    "rough": Text("The numerical gradient misleads, because h = {h} does not suit this place."),
}


def headline(params: GradientFieldParams, frame: GradientFieldFrame) -> Text:
    """One sentence about the arrow: its direction and angle to the minimum, or uphill what a step along it does."""
    place = bracketed(params.point)
    if frame.value is None:
        return _NO_VALUE(place=place)
    if frame.gradient is None:
        return _NO_GRADIENT(place=place)
    shown = bracketed(required(frame.shown))
    if frame.is_rough:
        given = {"h": format_short(params.h), "name": name_of(frame.sign), "shown": shown}
        return _SWALLOWED(**given) if frame.is_swallowed else _ROUGHLY(**given, lean=format_short(required(frame.lean)))
    if frame.flat:
        return (_SMALL if required(frame.size) > 0 else _ZERO)(place=place, size=format_short(required(frame.size)))
    if frame.sign < 0:
        return _DOWNHILL(shown=shown, aim=_aim(params, frame))
    given = {"shown": shown, "step": format_short(frame.step_length), "before": format_short(frame.value)}
    if frame.value_up is None:
        return _OFF(**given)
    return (_UPHILL if frame.value_up > frame.value else _TOO_FAR)(**given, after=format_short(frame.value_up))


def status(params: GradientFieldParams, frame: GradientFieldFrame, ground: Ground) -> Status | None:
    """The notice for a missing value or gradient, for a gradient of 0, or for a misleading numerical one; else None."""
    if frame.value is None or frame.gradient is None:
        what = "no_value" if frame.value is None else "corner" if frame.corner else "no_gradient"
        kind = "corner" if what == "corner" else "no_value"
        return Status(kind, _STATUSES[what], _back(_place_with_gradient(params, frame, ground)))
    if frame.is_rough:
        remedy = Remedy(Text("Set h to 0.0001"), {"h": _GOOD_H})
        return Status("rough", _STATUSES["rough"](h=format_short(params.h)), None if params.h == _GOOD_H else remedy)
    if frame.flat:
        text = _STATUSES["small" if required(frame.size) > 0 else "zero"]
        return Status("flat", text, _back(_steep_place(params, frame, ground)))
    return None


def working(params: GradientFieldParams, frame: GradientFieldFrame) -> tuple[WorkingStep, ...]:
    """The calculation of the central differences, the gradient's norm, the cosine of its angle, and the effect of a
    small step.
    """
    lines = []
    for axis, (below, above) in enumerate(frame.differences.tolist()):
        note = Text("f at h further along {name}, minus f at h before")
        if frame.exact is not None:
            note = Text("exact: {exact}")(exact=float(frame.exact[axis]))
        values = {"above": above, "below": below, "h": params.h}
        result, digits = (above - below) / (2 * params.h), digits_of_difference(above, below)
        note = note(name=f"x{axis}")
        lines.append(WorkingStep(f"∂f/∂x{axis}", "({above} − {below})/(2·{h})", values, result, note, digits))
    if frame.gradient is not None:
        d0, d1 = frame.gradient.tolist()
        if math.isfinite(d0 * d0 + d1 * d1):
            note = Text("how steep it is")
            lines.append(WorkingStep("|∇f|", "sqrt({d0}^2 + {d1}^2)", {"d0": d0, "d1": d1}, required(frame.size), note))
        if frame.angle is not None:
            lines.append(_cosine(frame, required(frame.size)))
        for sign, way, value in (("+", 1, frame.value_up), ("−", -1, frame.value_down)):
            if value is not None:
                values = {"f": frame.value, "size": frame.size, "step": frame.step_length}
                forecast = required(frame.value) + way * required(frame.size) * frame.step_length
                note = Text("predicted from the slope alone; in fact {value}")
                expression = f"{{f}} {sign} {{size}}·{{step}}"
                lines.append(WorkingStep(f"f {sign} |∇f|·s", expression, values, forecast, note(value=value)))
    # Where a number is too large for a float, nothing can be followed.
    return tuple(line for line in lines if math.isfinite(line.result))


def probed(part: str, sign: int, x0: float, x1: float, value: float | None, gradient: np.ndarray) -> Text:
    """The tooltip at (x0, x1) of the map, or of a slice if ``part`` is "slice0" or "slice1"."""
    place = bracketed((x0, x1))
    if value is None:
        return Text("{place}: no value")(place=place)
    name, shown = name_of(sign), bracketed(sign * gradient)
    if part:
        axis = 0 if part == "slice0" else 1
        name, shown = f"∂f/∂x{axis}", format_short(float(gradient[axis]))
    words = Text("{place}: f = {value}, {name} = {shown}")
    return words(place=place, value=format_short(value), name=name, shown=shown)


def name_of(sign: int) -> str:
    """The symbol of the vector that arrows show: ∇f, or −∇f if ``sign`` is −1."""
    return "∇f" if sign > 0 else "−∇f"


def changed(change: float) -> str:
    """A change of f with ▲ or ▼ and its sign."""
    return f"{'▲ +' if change > 0 else '▼ ' if change < 0 else ''}{format_short(change)}"


def _aim(params: GradientFieldParams, frame: GradientFieldFrame) -> Text:
    """The end of the headline: how far −∇f points off the nearest minimum."""
    if frame.angle is None and frame.minimum is not None:
        return Text("; the point is at the minimum.")
    if frame.angle is None:
        if params.function == OWN:
            return Text("; it does not say where the minimum is.")
        return Text("; this function has no minimum.")
    target = (
        Text("the minimum {place}")(place=bracketed(required(frame.minimum)))
        if len(frame.minima) > 1
        else Text("the minimum")
    )
    if frame.angle < _STRAIGHT:
        return Text(" and points straight at {target}.")(target=target)
    if frame.angle < _ALMOST:
        words = Text(" and only {angle}° off {target}.")
    elif len(frame.minima) > 1:
        words = Text(" and {angle}° off {target}.")
    else:
        words = Text(" and misses {target} by {angle}°.")
    return words(target=target, angle=format_short(frame.angle))


def _cosine(frame: GradientFieldFrame, size: float) -> WorkingStep:
    """The line that computes the cosine of the angle between the arrow and the way to the minimum."""
    a, b = required(frame.shown).tolist()
    u, v = (frame.minimum - frame.point).tolist()
    values = {"a": a, "b": b, "u": u, "v": v, "size": size}
    cosine = (a * u + b * v) / (size * math.hypot(u, v))
    note = Text("θ = {angle}° between {name} and the way to the minimum")(
        angle=frame.shown_angle, name=name_of(frame.sign)
    )
    return WorkingStep("cos θ", "({a}·{u} + {b}·{v})/({size}·sqrt({u}^2 + {v}^2))", values, cosine, note)


def _back(place: Sequence[float] | None) -> Remedy | None:
    """A remedy that moves the point to ``place``; None without a place."""
    if place is None:
        return None
    words = Text("Move the point to {place}")(place=bracketed(place))
    return Remedy(words, {"point": tuple(place)})


def _steep_place(params: GradientFieldParams, frame: GradientFieldFrame, ground: Ground) -> tuple[float, ...] | None:
    """The function's start or, if the gradient is 0 there too, the nearest place of an arrow; None without one."""
    return _first_with_gradient(params, frame, ground, ground.places[ground.sizes > ground.least])


def _place_with_gradient(
    params: GradientFieldParams, frame: GradientFieldFrame, ground: Ground
) -> tuple[float, ...] | None:
    """The function's start or, if it has no gradient there, the nearest place with one, preferably well inside the
    domain.
    """
    finite = np.isfinite(frame.map.values)
    inside = finite.copy()
    for axis in range(2):
        for way in (_DEEP, -_DEEP):
            inside &= np.roll(finite, way, axis)
    found = [
        np.stack([frame.map.x[columns], frame.map.y[rows]], axis=1)
        for rows, columns in (np.nonzero(inside), np.nonzero(finite))
    ]
    return _first_with_gradient(params, frame, ground, *found)


def _first_with_gradient(
    params: GradientFieldParams, frame: GradientFieldFrame, ground: Ground, *found: np.ndarray
) -> tuple[float, ...] | None:
    """The first place with a value, a gradient that is not 0, and no corner; None without one.

    The function's start is tried first, then of each array of places (K, 2) in ``found`` those nearest to the point.
    """
    f, candidates = params.surface.expression, [params.surface.start[:2]]
    for places in found:
        nearest = np.argsort(np.hypot(*(places - frame.point).T), kind="stable")[:_SEARCHED]
        candidates += np.round(places[nearest], 2).tolist()
    for place in candidates:
        size = math.hypot(*f.gradient(*place))
        if np.isfinite(f(*place)) and ground.least < size < math.inf and not np.any(corners_at(f, place)):
            return tuple(float(part) for part in place)
    return None
