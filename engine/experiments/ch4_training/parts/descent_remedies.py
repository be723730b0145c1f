"""What would help a descent that does not arrive."""

from __future__ import annotations

from types import SimpleNamespace

from engine.contract.numerals import format_real
from engine.contract.status import Remedy
from engine.contract.text import Text
from engine.experiments.ch4_training.parts.descent_params import (
    LARGEST_RATE,
    SMALLEST_RATE,
    DescentFrame,
    DescentParams,
)
from engine.experiments.surface_choice import OWN

_SETTLING = 0.9
"""The share of the largest rate that is offered instead of a larger one."""
_MORE_STEPS = 10
_MOST_STEPS = 1000


def remedy_for(params: DescentParams, frame: DescentFrame | SimpleNamespace) -> Remedy | None:
    """The change that is offered on the fate of a frame; None where nothing is sure to help."""
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
            label = Text("Take {steps} steps", "走 {steps} 步")(steps=steps)
            return Remedy(label, {"steps": steps})
    if kind == "unbounded_below" and params.function == "cubic":
        label = Text("Use the square, as intended", "改回平方")
        return Remedy(label, {"function": "intended", "start": params.start})
    if kind == "no_value" and frame.update:
        return _rate(params, params.learning_rate / 10)
    if kind in ("unbounded_below", "no_value"):
        return Remedy(Text("Use the long bowl", "换成长碗"), {"function": "elongated", "start": (-7.0, 2.0)})
    return None


def _slower(params: DescentParams, frame: DescentFrame | SimpleNamespace) -> Remedy | None:
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
    """Another rate, as near to this one as there is; None if that is the one there is now."""
    rounded = min(max(float(f"{rate:.3g}"), SMALLEST_RATE), LARGEST_RATE)
    if rounded == params.learning_rate:
        return None
    label = Text("Rate {rate}", "学习率改为 {rate}")(rate=format_real(rounded))
    return Remedy(label, {"learning_rate": rounded})
