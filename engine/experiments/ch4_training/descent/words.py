"""The texts of `descent`: for each fate of a descent a headline, a notice and a remedy."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np

from engine.calculus.curvature import hessian
from engine.contract.api import Remedy, Status, Text, bracketed, counted, format_short, in_powers, untranslated
from engine.contract.frame import required
from engine.experiments.ch4_training.descent.params import (
    LARGEST_RATE,
    SMALLEST_RATE,
    DescentFrame,
    DescentParams,
)
from engine.experiments.shared.surfaces.surface_choice import GRADIENTS, OWN
from engine.experiments.shared.surfaces.surface_walk import exact_gradient

_NOTHING = 1e-9
"""The share of the gradient's length below which a component counts as rounding error."""
_SETTLING = 0.9
"""The learning rate that a remedy offers instead of a larger one, as a share of the limit."""
_MORE_STEPS = 10
_MOST_STEPS = 1000


def headline(params: DescentParams, frame: DescentFrame) -> Text:
    """One sentence about the descent so far, about both gradients, or about the changed start."""
    kept = bool(frame.update and len(frame.path))
    if params.pitfall == "start_changed" and kept:
        return _changed_start(params, frame)
    if params.compare and kept and len(required(frame.other)):
        return _comparison(params, frame)
    return _sentence(params, frame)


def status(params: DescentParams, frame: DescentFrame | SimpleNamespace, is_gone: bool) -> Status | None:
    """The notice about how the descent ends (converged, diverged, …), with a remedy; None while it is undecided.

    ``frame`` may also be a namespace of the fields from which a frame is made. ``is_gone`` says that the descent cannot
    return to the map at any learning rate.
    """
    if params.pitfall == "start_changed" and frame.update:
        words = Text(
            "x and the caller's start are one array, so x −= … changes both. A second call starts where the first"
            " one ended."
        )
        return Status("start_changed", words, Remedy(Text("Copy the start"), {"pitfall": "none"}))
    if frame.verdict not in _MEANINGS:
        return None
    words, values = _MEANINGS[frame.verdict], {}
    if frame.verdict == "converged" and frame.lowest_step < frame.update and frame.limit_place is not None:
        words = Text("Gradient and step have become small, but the minimum {place} is still {gap} away.")
        gap = float(np.linalg.norm(frame.x - frame.limit_place))
        values = {"place": bracketed(frame.limit_place), "gap": format_short(gap)}
    elif _is_frozen(params, frame):
        words = _FROZEN_BY_ROUNDING
    elif frame.verdict == "unbounded_below" and params.function == OWN and math.isfinite(frame.value):
        words = Text(
            "It is far outside the map and still going downhill; a descent can only arrive where there is a minimum."
        )
    elif frame.verdict == "left_the_plot":
        words = _GONE if is_gone else words
        values = {"exit_step": required(frame.exit_step), "exit_place": bracketed(required(frame.exit_place))}
    elif frame.verdict == "crawling":
        values = {"newest": format_short(float(np.linalg.norm(frame.x - frame.before)))}
    return Status(frame.verdict, words(**values), None if is_gone else _remedy(params, frame))


_MEANINGS = {
    "converged": Text("Gradient and step have both become small, so going on changes almost nothing."),
    "oscillating": Text("In one direction it jumps from side to side without coming any closer, so it never settles."),
    "diverged": Text("Each step goes too far, and the next one even farther: the rate is too large here."),
    "crawling": Text(
        "The newest step is only {newest} long, and in one direction the slope hardly falls from one step to the next,"
        " so very many more are needed."
    ),
    "left_the_plot": Text(
        "It crossed the edge of the map at {exit_place} in step {exit_step}, but it may still come back."
    ),
    "saddle_point": Text(
        "The gradient is nearly 0, but one direction bends downwards: a saddle, which can hold a descent up for long."
    ),
    "plateau": Text(
        "There is no slope here, so there is no step, whatever the rate: this is a plain and need not be a minimum."
    ),
    "maximum": Text(
        "The gradient is 0, but no direction leads up from here: a top, where the slightest push starts a descent."
    ),
    "no_value": Text("Where f has no value or no slope, there is no gradient to follow."),
    "unbounded_below": Text("Downhill never ends here; a descent can only arrive where there is a minimum."),
}

_GONE = Text(
    "It crossed the edge of the map at {exit_place} in step {exit_step} and never comes back: that way it is downhill"
    " for ever, at any rate."
)

_FROZEN_BY_ROUNDING = Text(
    "This is no minimum, it is still a slope. But so far out rounding leaves no difference between f(x + h) and"
    " f(x − h)."
)


def _changed_start(params: DescentParams, frame: DescentFrame) -> Text:
    words, after = _START_CHANGED, required(frame.start_after)
    if np.isnan(after).any():
        words, after = _START_LOST, frame.path.places[-1]
    n, steps = int(frame.path.steps[-1]), counted(frame.update, "step")
    return words(start=bracketed(params.whole_start), after=bracketed(after), n=n, steps=steps)


def _comparison(params: DescentParams, frame: DescentFrame) -> Text:
    update, x, other_x, distance = frame.update, frame.x, required(frame.other_x), required(frame.distance)
    if np.isnan(x).any() or np.isnan(other_x).any():
        # The last step at which both were still somewhere; the start is one of them.
        common, row, other_row = np.intersect1d(frame.path.steps, required(frame.other).steps, return_indices=True)
        update, x, other_x = int(common[-1]), frame.path.places[row[-1]], required(frame.other).places[other_row[-1]]
        with np.errstate(over="ignore"):
            distance = float(np.linalg.norm(x - other_x))
    with np.errstate(all="ignore"):
        widest = int(np.argmax(np.nan_to_num(np.abs(x - other_x), nan=0.0)))
    words = _FAR_APART if distance > 1e-3 else _NEARLY_TOGETHER
    return words(
        steps=counted(update, "step"),
        one=GRADIENTS[params.gradient],
        other=GRADIENTS[params.other_gradient],
        gap=format_short(distance),
        name=untranslated(params.surface.names[widest]),
        here=format_short(float(x[widest]), 4),
        there=format_short(float(other_x[widest]), 4),
    )


def _sentence(params: DescentParams, frame: DescentFrame) -> Text:
    farthest = int(np.argmax(np.nan_to_num(np.abs(frame.x), nan=np.inf, posinf=np.inf)))
    values = frame.path.values
    with np.errstate(all="ignore"):
        away = float(np.linalg.norm(frame.x - params.whole_start))
    known = {
        "rate": in_powers(params.learning_rate, 6),
        "n": frame.update,
        "steps": counted(frame.update, "step"),
        "place": bracketed(frame.x),
        "f": format_short(_last_value(frame)),
        "first": format_short(float(values[0])) if len(values) else "∞",
        "last": int(frame.path.steps[-1]) if len(values) else 0,
        "norm": format_short(frame.gradient_norm),
        "away": format_short(away),
        "name": untranslated(params.surface.names[farthest]),
        "ran_to": format_short(float(frame.x[farthest])),
    }
    if _is_bowl(frame):
        known |= {"limit": in_powers(required(frame.limit), 6), "size": _factor(abs(required(frame.rest)))}
    return _words_for(params, frame)(**known)


def _words_for(params: DescentParams, frame: DescentFrame) -> Text:
    """The wording of the headline for this fate."""
    fate, has_value = frame.verdict, math.isfinite(frame.value)
    if fate == "no_value" and (not frame.update or has_value):
        return _NOWHERE[not frame.update, has_value]
    if fate == "no_value" or (math.isnan(frame.value) and np.all(np.isfinite(frame.x))):
        return _INTO_NOTHING
    if fate == "unbounded_below" and math.isinf(frame.value):
        return _RUN_OFF
    if _is_frozen(params, frame):
        return _FROZEN
    if fate == "unbounded_below" and params.function == OWN:
        return _STILL_FALLING
    if _is_bowl(frame) and params.learning_rate > required(frame.limit) and _is_on_the_axis(params, frame):
        return _ON_THE_AXIS
    if fate == "converged" and not params.surface.minima and params.function != OWN:
        return _LEVEL_ONLY
    if fate in _BOWL and _is_bowl(frame) and _is_explained(params, frame):
        return _BOWL[fate]
    if fate == "oscillating" and _is_bowl(frame) and params.learning_rate > required(frame.limit):
        return _GROWING
    return _SENTENCES[fate]


def _is_frozen(params: DescentParams, frame: DescentFrame | SimpleNamespace) -> bool:
    """Whether the descent stands still far out on a slope, because rounding has made the numerical gradient 0."""
    if frame.verdict != "unbounded_below" or params.gradient != "numerical" or frame.gradient_norm != 0:
        return False
    with np.errstate(all="ignore"):
        return bool(np.any(exact_gradient(params.surface.expression)(frame.x) != 0))


def _is_bowl(frame: DescentFrame) -> bool:
    return frame.quadratic and frame.limit is not None


def _last_value(frame: DescentFrame) -> float:
    """The function's current value or, if that is not finite, the last finite one; ∞ if there was none."""
    if math.isfinite(frame.value):
        return frame.value
    return float(frame.path.values[-1]) if len(frame.path) else math.inf


def _is_on_the_axis(params: DescentParams, frame: DescentFrame) -> bool:
    """Whether a descent in a quadratic bowl has no slope along any direction that is too steep for its learning rate.

    It then converges although the rate is above the limit.
    """
    if not frame.update or not np.all(np.isfinite(frame.x)):
        return False
    exact = exact_gradient(params.surface.expression)
    # A bowl bends alike everywhere; far out the differences that its bends are taken from are lost to rounding.
    bends, directions = np.linalg.eigh(hessian(exact, np.array(params.whole_start)))
    too_steep = directions[:, params.learning_rate * bends > 2 - _NOTHING]
    parts = np.abs(too_steep.T @ exact(frame.x))
    return bool(len(parts) and np.all(parts <= _NOTHING * frame.gradient_norm))


def _factor(size: float) -> str:
    """The factor as text, with enough digits to distinguish it from 1."""
    texts = (format_short(size, digits) for digits in range(4, 17))
    return next((text for text in texts if text != "1" or size == 1), "1")


def _is_explained(params: DescentParams, frame: DescentFrame) -> bool:
    """Whether the learning rate alone explains the fate; otherwise the cause may be numerical differences with too
    small an h.
    """
    rate, limit = params.learning_rate, required(frame.limit)
    holds = {"zigzag": limit / 2 < rate < limit, "oscillating": rate == limit, "diverged": rate > limit}
    return holds.get(frame.verdict, True)


_START_CHANGED = Text("The caller's start was {start}. After a call of {steps} it is {after}.")
_START_LOST = Text("The caller's start was {start}; at step {n} it was {after}, and then no number.")
_FAR_APART = Text("After {steps}, {name} is {here} with the {one} gradient and {there} with the {other} one.")
_NEARLY_TOGETHER = Text("After {steps} the {one} and the {other} gradient have led to places {gap} apart.")
_INTO_NOTHING = Text("Step {n} has come to {place}, where f has no value, so it ends here.")
_RUN_OFF = Text("Step {n}: {name} has run off to {ran_to}, and f is −∞. There is no minimum to arrive at.")
_STILL_FALLING = Text("Step {n}: far outside the map, f has fallen from {first} to {f} and goes on falling.")
_FROZEN = Text("Step {n}: {name} stands still at {ran_to}, where rounding has made the numerical gradient 0; f = {f}.")
_ON_THE_AXIS = Text(
    "Rate {rate} is above the limit {limit}, but this start lies straight along the valley; after {steps} f = {f}."
)
_LEVEL_ONLY = Text(
    "Step {n}: f = {f} and the gradient is down to {norm}, but this is not a minimum: the function has none."
)
_SENTENCES = {
    "start": Text("At the start {place}, f = {f} and the gradient is {norm} long."),
    "under_way": Text("Rate {rate}: after {steps} f has gone from {first} to {f}."),
    "zigzag": Text("Rate {rate}: it zigzags, each swing smaller than the last; f = {f} after {steps}."),
    "crawling": Text("Rate {rate} crawls: after {steps} it is only {away} from the start; f = {f}."),
    "converged": Text("Converged after {steps} with rate {rate}: f = {f}, and the gradient is down to {norm}."),
    "saddle_point": Text("Step {n}: held up at a saddle. The gradient is only {norm}, but this is not a minimum."),
    "maximum": Text("Step {n}: held up at a top, f = {f}. The gradient is {norm}, but this is not a minimum."),
    "plateau": Text("Step {n}: it stands still on level ground, f = {f}."),
    "oscillating": Text("Rate {rate}: it swings from side to side and does not settle; f = {f} after {steps}."),
    "left_the_plot": Text("Rate {rate}: after {steps} it has left the map, f = {f}."),
    "diverged": Text("Rate {rate} diverges: f has grown from {first} to {f} by step {last}."),
    "unbounded_below": Text("Step {n}: f has fallen from {first} to {f}, and there is no minimum to stop it."),
}
_NOWHERE = {
    (True, False): Text("At the start {place} f has no value, so there is no first step."),
    (True, True): Text("At the start {place} f has no slope, so there is no first step."),
    (False, True): Text("Step {n} has come to {place}, where f has no slope, so it ends here."),
}
"""The wordings by (whether the descent is at its start, whether the function has a value there)."""
_BOWL = {
    "zigzag": Text(
        "Rate {rate}, below the limit {limit}: each step lands on the other side, {size} times as far out; f = {f}."
    ),
    "oscillating": Text(
        "Rate {rate} is exactly the limit, so the swing keeps its size for ever; f = {f} after {steps}."
    ),
    "diverged": Text(
        "Rate {rate}, above the limit {limit}, diverges: each swing is {size} times as wide; f = {f} at step {last}."
    ),
    "left_the_plot": Text("Rate {rate}: after {steps} it has left the map, f = {f}; rates below {limit} settle."),
}

_GROWING = Text(
    "Rate {rate}, above the limit {limit}, grows slowly: each swing is {size} times as wide; f = {f} at step {last}."
)


def _remedy(params: DescentParams, frame: DescentFrame | SimpleNamespace) -> Remedy | None:
    """The remedy for the descent's fate; None if nothing is sure to help."""
    kind = frame.verdict
    if kind in ("diverged", "oscillating", "left_the_plot"):
        return _slower(params, frame)
    if kind == "crawling":
        if frame.zones is not None and params.learning_rate < frame.zones[0] < LARGEST_RATE:
            return _rate(params, float(frame.zones[1]))
        if params.function != OWN and params.learning_rate < params.surface.learning_rate / 2:
            return _rate(params, params.surface.learning_rate)
        if params.steps < _MOST_STEPS:
            steps = min(_MOST_STEPS, _MORE_STEPS * params.steps)
            label = Text("Take {steps} steps")(steps=steps)
            return Remedy(label, {"steps": steps})
    if kind == "unbounded_below" and params.function == "cubic":
        label = Text("Use the square, as intended")
        return Remedy(label, {"function": "intended", "start": params.start})
    if kind == "no_value" and frame.update:
        return _rate(params, params.learning_rate / 10)
    if kind in ("unbounded_below", "no_value"):
        return Remedy(Text("Use the long bowl"), {"function": "elongated", "start": (-7.0, 2.0)})
    return None


def _slower(params: DescentParams, frame: DescentFrame | SimpleNamespace) -> Remedy | None:
    """A remedy with a smaller learning rate; None if that would not help."""
    rate = params.learning_rate
    if frame.quadratic and frame.limit is not None:
        # Below the smallest rate there is none that settles.
        return _rate(params, _SETTLING * frame.limit) if rate >= frame.limit > SMALLEST_RATE else None
    if frame.verdict == "left_the_plot" and params.function == OWN:
        return None
    if params.function != OWN and rate > params.surface.learning_rate:
        return _rate(params, params.surface.learning_rate)
    return _rate(params, rate / 10)


def _rate(params: DescentParams, rate: float) -> Remedy | None:
    """A remedy with the learning rate ``rate``, clipped to the allowed range; None if that is the present rate."""
    rounded = min(max(float(f"{rate:.3g}"), SMALLEST_RATE), LARGEST_RATE)
    if rounded == params.learning_rate:
        return None
    label = Text("Rate {rate}")(rate=in_powers(rounded, 6))
    return Remedy(label, {"learning_rate": rounded})
