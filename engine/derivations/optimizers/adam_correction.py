"""Derivation: Adam's bias correction, needed since its running means begin at 0, and its effect on the rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.derivations import Derivation, Line, Point, Values
from engine.nn.optimizers import EPSILON, Adam

_SMALLEST = 1e-3
"""The smallest gradient for which ε is negligible beside √v."""


def _walked(point: Point, updates: int | None = None) -> tuple[float, float, float]:
    """Adam's m and v after some updates with the same gradient, and the length of the last update, as if ε were 0.

    ``updates`` is by default the point's t.
    """
    optimizer = Adam(point["eta"], point["beta1"], point["beta2"])
    place, before = np.zeros(1), 0.0
    for _ in range(point["t"] if updates is None else updates):
        before = float(place[0])
        optimizer.update({"W": place}, {"W": np.array([point["g"]])})
    m, v = float(optimizer.means["W"][0]), float(optimizer.squares["W"][0])
    return m, v, (before - float(place[0])) * (np.sqrt(v) + EPSILON) / np.sqrt(v)


def _symbols(point: Point) -> Values:
    return {"β1": point["beta1"], "β2": point["beta2"], "η": point["eta"], "g": point["g"], "t": float(point["t"])}


def _mean_after(updates: int) -> Any:
    return lambda point: _walked(point, updates)[0]


def _rate(point: Point) -> float:
    m, v, step = _walked(point)
    return step * np.sqrt(v) / m


def _on_stage(params: Any) -> Point | None:
    if "adam" not in params.drawn:
        return None
    slopes = np.array(params.surface.expression.gradient(*params.start), dtype=float)
    slope = float(slopes[np.argmax(np.abs(slopes))])
    if not abs(slope) >= _SMALLEST or not np.isfinite(slope):
        return None
    settings = params.settings("adam")
    return {"g": slope, "t": params.steps, "eta": settings["rate"], "beta1": settings["beta1"],
            "beta2": settings["beta2"]}  # fmt: skip


def _adam_looked_at(params: Any) -> Mapping[str, object]:
    """Parameter changes that make the main picture show Adam, whose phases show β1, β2, t and the rate of the run."""
    return {"selected": "adam"}


def _drawn(chance: np.random.Generator) -> Point:
    return {
        "g": float(chance.uniform(0.5, 3) * chance.choice([-1, 1])), "t": int(chance.integers(3, 12)),
        "eta": float(chance.uniform(0.01, 0.5)), "beta1": float(chance.uniform(0.5, 0.95)),
        "beta2": float(chance.uniform(0.8, 0.999)),
    }  # fmt: skip


DERIVATION = Derivation(
    id="adam_correction",
    order=1,
    symbols=_symbols,
    lines=(
        Line("first", ("β1", "g"), _mean_after(1), lit=_adam_looked_at),
        # The run's own gradients change from step to step: lines with the same g again are not on the stage.
        Line("second", ("β1", "g"), _mean_after(2), shown=False),
        Line("after_t", ("β1", "g", "t"), lambda point: _walked(point)[0], shown=False),
        Line("divisor", ("β1", "t"), lambda point: _walked(point)[0] / point["g"], lit=_adam_looked_at),
        Line("squares", ("β2", "g", "t"), lambda point: _walked(point)[1], shown=False),
        Line("rate", ("η", "β1", "β2", "t"), _rate, lit=_adam_looked_at),
        Line("first_step", ("η", "β1", "β2"), lambda point: abs(_walked(point, 1)[2]), lit=_adam_looked_at),
    ),
    on_stage=_on_stage,
    drawn=_drawn,
    stage={"selected": "adam"},
)
