"""Gradient descent on a map: the learning rate decides whether it converges, oscillates or diverges."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.calculus.curvature import largest_rate
from engine.calculus.descent import descent_in_place, gradient_descent
from engine.calculus.numerical_gradient import numerical_gradient
from engine.contract.api import (
    Amount,
    CodeMark,
    Handle,
    Measure,
    Pace,
    Position,
    Preset,
    Probe,
    ProbePoint,
    Process,
    RandomStreams,
    Text,
    Training,
    Unit,
    WorkingStep,
    bracketed,
    format_short,
)
from engine.contract.frame import required
from engine.contract.handle import DRAG_ME
from engine.experiments.ch4_training.descent import words as descent_words
from engine.experiments.ch4_training.descent.params import (
    LARGEST_RATE,
    SMALLEST_RATE,
    DescentFrame,
    DescentParams,
)
from engine.experiments.ch4_training.descent.process import DescentProcess
from engine.experiments.ch4_training.descent.tables import step_lines, tables
from engine.experiments.shared.surfaces.surface_choice import nearest_on, notch_on, said_of_ground

_RATE_STEP = 0.005
"""The powers of ten by which an arrow key changes the learning rate."""
_KEY_SNAP = 0.004
"""The distance in powers of ten within which a rate set by key becomes exactly the limit; it is less
than one key step.
"""
_SNAP = 0.006
"""The distance, as a share of the scale, within which a dragged rate becomes exactly the limit: usually
three pixels.
"""
_ROUND = 0.003
"""The same share for snapping to 1, 2 and 5 times a power of ten."""
_PAST = Text("pull past {limit}")
_NEAR = 0.03
"""The maximum distance from the pointer to a step of the path, as a share of the map's size, at which the step is
found.
"""


class Descent(Training[DescentParams, DescentFrame]):
    """Gradient descent as a run whose updates are the steps; it pauses after ``steps`` of them and may then go on."""

    order = 4
    title = Text("Gradient descent: settle, swing or explode")
    units = (Unit("update", Text("step"), Text("step")),)
    pace = Pace(4, "update")
    measures = (Measure("path", ("f",)), Measure("path", ("gradient_norm",)))
    presets = (
        Preset(
            "relief",
            Text("The valley as a relief, rate 0.85"),
            {"view": "relief", "learning_rate": 0.85},
        ),
        Preset("crawl", Text("Rate 0.01"), {"learning_rate": 0.01}),
        Preset("zigzag", Text("Rate 0.95"), {"learning_rate": 0.95}),
        Preset("bounce", Text("Rate 1"), {"learning_rate": 1.0}),
        Preset("explode", Text("Rate 1.05"), {"learning_rate": 1.05}),
        Preset(
            "round",
            Text("Round bowl, rate 0.1"),
            {"function": "bowl", "start": (-3.0, 4.0), "learning_rate": 0.1, "steps": 100},
        ),
        Preset(
            "saddle",
            Text("Saddle, from beside the ridge"),
            {"function": "saddle", "start": (-2.0, 0.0001), "learning_rate": 0.1, "steps": 25},
        ),
        Preset(
            "rosenbrock",
            Text("Rosenbrock's bent valley"),
            {"function": "rosenbrock", "start": (-1.2, 1.0), "learning_rate": 0.001, "steps": 300},
        ),
        *(
            Preset(
                f"himmelblau_{number}",
                Text("Himmelblau, start {number}")(number=number),
                {"function": "himmelblau", "start": start, "learning_rate": 0.01, "steps": 40},
            )
            for number, start in enumerate(((0.0, 0.0), (-1.0, 1.0), (-1.0, -2.0), (1.0, -2.0)), start=1)
        ),
        Preset(
            "beale",
            Text("Beale's plateau"),
            {"function": "beale", "start": (1.0, 1.5), "learning_rate": 0.01, "steps": 400},
        ),
        *(
            Preset(name, label, {"start": (1.0, 0.0), "learning_rate": 0.01, "steps": 100, **changes})
            for name, label, changes in (
                (
                    "cubic",
                    Text("func1 with a cube, numerical"),
                    {"function": "cubic", "gradient": "numerical"},
                ),
                ("cubic_exact", Text("func1 with a cube, exact"), {"function": "cubic"}),
                ("intended", Text("func1 as it was meant", context="option"), {"function": "intended"}),
            )
        ),
        Preset(
            "start_changed",
            Text("Pitfall: the start is changed"),
            {"pitfall": "start_changed", "steps": 8},
        ),
    )
    code = (gradient_descent, numerical_gradient, descent_in_place, largest_rate)

    def begin(self, params: DescentParams, streams: RandomStreams) -> Process:
        return DescentProcess(params)

    def opening_for(self, params: DescentParams) -> Amount:
        return Amount(params.steps, "update")

    default_steps_for = opening_for
    headline = staticmethod(descent_words.headline)
    main_tables = staticmethod(tables)

    def working(self, params: DescentParams, frame: DescentFrame) -> tuple[WorkingStep, ...]:
        """The calculation of one step: the newest, or the one that starts at the selected moment."""
        row = frame.selected_row(params)
        if row is None:
            return step_lines(params, frame, frame.before, max(0, frame.update - 1))
        return step_lines(params, frame, frame.path.places[row], int(frame.path.steps[row]))

    def click_at(self, params: DescentParams, frame: DescentFrame, spot: ProbePoint) -> Mapping[str, object]:
        """The parameter change that selects the step of the path nearest to ``spot``; empty if none is near.

        On the map, spot is (x0, x1); in the plot "steps" its x is a step number.
        """
        row = self._row_near(frame, spot)
        return {} if row is None else {"selected": int(frame.path.steps[row])}

    def probe(self, params: DescentParams, frame: DescentFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip for the step of the path under the pointer, or else for the function's value there."""
        row = self._row_near(frame, spot)
        if row is not None:
            words = Text("step {step}: {place}, f = {f}, |∇f| = {norm}")
            return Probe(
                words(
                    step=int(frame.path.steps[row]),
                    place=bracketed(frame.path.places[row]),
                    f=format_short(float(frame.path.values[row])),
                    norm=format_short(float(frame.path.gradient_norms[row])),
                )
            )
        if spot.part == "steps":
            return None
        x = np.array([spot.x, spot.y] + ([frame.slice_x2 or 0.0] * (len(frame.x) - 2)))
        return Probe(said_of_ground(params.surface.expression, x))

    def handles(self, params: DescentParams, frame: DescentFrame) -> tuple[Handle, ...]:
        low, high = frame.rate_range.tolist()
        within = frame.limit is not None and params.learning_rate < frame.limit
        return (
            Handle(
                "rate",
                (min(max(math.log10(params.learning_rate), low), high), 0.5),
                _RATE_STEP,
                Text("learning rate: left and right"),
                hint=(1.0, 0.0),
                invitation=_PAST(limit=format_short(required(frame.limit))) if within else DRAG_ME,
            ),
            Handle(
                "start",
                (params.start[0], params.start[1]),
                notch_on(frame.map),
                Text("start: drag it anywhere"),
            ),
        )

    def drag(self, params: DescentParams, frame: DescentFrame, handle: str, place: Position) -> Mapping[str, object]:
        if handle == "start":
            return {"start": nearest_on(frame.map, place)}
        if handle != "rate":
            raise KeyError(handle)
        return {"learning_rate": min(max(_rate_at(params, frame, float(place[0])), SMALLEST_RATE), LARGEST_RATE)}

    def add(self, params: DescentParams, frame: DescentFrame, place: Position) -> Mapping[str, object]:
        return {"start": nearest_on(frame.map, place)}

    def code_mark(self, params: DescentParams, frame: DescentFrame) -> CodeMark | None:
        if not frame.update:
            return None
        if params.pitfall == "start_changed":
            return CodeMark("descent_in_place", "x = start")
        return CodeMark("gradient_descent", "x -= learning_rate * gradient(x)")

    def _row_near(self, frame: DescentFrame, spot: ProbePoint) -> int | None:
        """The index of the recorded moment nearest to ``spot``; None if none is near."""
        if not len(frame.path):
            return None
        if spot.part == "steps":
            row = int(np.argmin(np.abs(frame.path.steps - spot.x)))
            return row if -0.5 <= spot.x <= frame.update + 0.5 else None
        away = np.hypot(*(frame.path.places[:, :2] - np.array([spot.x, spot.y])).T)
        row = int(np.argmin(away))
        return row if away[row] <= _NEAR * frame.map.size else None


def _rate_at(params: DescentParams, frame: DescentFrame, power: float) -> float:
    """The learning rate at a power of ten on the scale; snaps to the marked limit and to round values."""
    low, high = frame.rate_range.tolist()
    moved, power = abs(power - math.log10(params.learning_rate)), min(max(power, low), high)
    # A key would never leave a place that catches what lies further than its step.
    by_key = any(math.isclose(moved, step, abs_tol=1e-9) for step in (_RATE_STEP, 10 * _RATE_STEP))
    catches = _KEY_SNAP if by_key else _SNAP * (high - low)
    if frame.quadratic and frame.limit and abs(power - math.log10(frame.limit)) < catches:
        return frame.limit
    rate, whole = 10.0**power, math.floor(power)
    near = min((factor * 10.0**whole for factor in (1, 2, 5, 10)), key=lambda one: abs(math.log10(one) - power))
    if not by_key and abs(power - math.log10(near)) < _ROUND * (high - low):
        return float(f"{near:.3g}")
    return float(f"{rate:.3g}")
