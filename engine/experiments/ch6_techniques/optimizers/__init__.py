"""Optimizers side by side: on one surface, each takes its own path from the same start; each step can be examined."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.contract.api import Handle, Measure, Position, ProbePoint, Process, RandomStreams, Table, Text, WorkingStep
from engine.contract.experiment import Amount, CodeMark, Pace, Preset, Probe, Training, Unit
from engine.experiments.ch6_techniques.optimizers import words
from engine.experiments.ch6_techniques.optimizers.frame import OptimizersFrame
from engine.experiments.ch6_techniques.optimizers.params import PHASES, OptimizersParams
from engine.experiments.ch6_techniques.optimizers.process import OptimizersProcess
from engine.experiments.shared.surfaces.surface_choice import nearest_on, notch_on, said_of_ground
from engine.nn.optimizer_registry import OPTIMIZERS

_NEAR = 0.03
"""The maximum distance from the pointer to a step of a path, as a share of the map's size, at which the
step is found.
"""
_DECAYED = {"shown": ("adam", "adamw"), "selected": "adamw", "adamw_lambda": 0.3}


def _rates(*rates: float) -> dict[str, float]:
    """The parameter changes that set the learning rates of SGD, Momentum, AdaGrad and Adam."""
    names = (f"{one.id}_rate" for one in OPTIMIZERS.values() if one.in_book)
    return dict(zip(names, rates, strict=True))


class Optimizers(Training[OptimizersParams, OptimizersFrame]):
    """A run whose updates are the phases of a step, the same phase for all optimizers, which are also called rules.

    It pauses after ``steps`` steps and may then go on.
    """

    order = 1
    title = Text("Optimizers: one start, different paths")
    units = (
        Unit("phase", Text("phase", context="counted"), Text("phase")),
        Unit("step", Text("step"), Text("step")),
    )
    pace = Pace(4, "step")
    measures = (Measure("paths", ("f",)),)
    presets = (
        Preset("all", Text("All {count}", context="drawn")(count=len(OPTIMIZERS)), {"shown": tuple(OPTIMIZERS)}),
        Preset(
            "relief",
            Text("The valley as a relief: Momentum"),
            {"view": "relief", "selected": "momentum", "shown": ("sgd", "momentum")},
        ),
        Preset("bounce", Text("SGD at rate 1"), {"sgd_rate": 1.0, "selected": "sgd"}),
        Preset("explode", Text("SGD at rate 1.01"), {"sgd_rate": 1.01, "selected": "sgd"}),
        Preset(
            "valley",
            Text("Rosenbrock's valley"),
            {"function": "rosenbrock", "start": (-1.2, 1.0), "steps": 200, **_rates(0.001, 0.0005, 0.3, 0.1)},
        ),
        Preset(
            "saddle",
            Text("Saddle: who gets away?"),
            {"function": "saddle", "start": (-2.0, 0.01), **_rates(0.1, 0.05, 0.5, 0.1)},
        ),
        Preset(
            "decay",
            Text("Weight decay pulls to 0"),
            {"function": "himmelblau", "start": (5.0, 4.0), "steps": 100, **_DECAYED},
        ),
    )
    code = tuple(one.kind.update for one in OPTIMIZERS.values())

    def begin(self, params: OptimizersParams, streams: RandomStreams) -> Process:
        return OptimizersProcess(params)

    def opening_for(self, params: OptimizersParams) -> Amount:
        # In phases: by whole steps a frame would be kept of each, which takes longer than to walk there.
        return Amount(len(PHASES) * params.steps, "phase")

    default_steps_for = opening_for
    headline = staticmethod(words.headline)

    def main_tables(self, params: OptimizersParams, frame: OptimizersFrame) -> tuple[Table, ...]:
        return words.tables(params, frame)

    def working(self, params: OptimizersParams, frame: OptimizersFrame) -> tuple[WorkingStep, ...]:
        """The calculation of the selected optimizer's newest step, up to the current phase."""
        return tuple(line for phase in frame.phases(params)[: frame.phase] for line in phase.lines)

    def code_mark(self, params: OptimizersParams, frame: OptimizersFrame) -> CodeMark | None:
        phases = frame.phases(params)[: frame.phase]
        return phases[-1].mark if phases else None

    def settle(self, params: OptimizersParams, changes: Mapping[str, Any]) -> Mapping[str, object]:
        """Selecting an optimizer also shows it; hiding the selected one selects another."""
        shown, selected = changes.get("shown", params.shown), changes.get("selected", params.selected)
        if selected in shown:
            return changes
        if "shown" in changes:
            return {**changes, "selected": shown[0]}
        return {**changes, "shown": tuple(name for name in OPTIMIZERS if name in shown or name == selected)}

    def click_at(self, params: OptimizersParams, frame: OptimizersFrame, spot: ProbePoint) -> Mapping[str, object]:
        """The parameter change that selects the optimizer whose path, or in the plot "steps" whose
        curve, was clicked.
        """
        if spot.part == "steps":
            step = round(spot.x)
            away = {rule: self._above(frame, rule, step, spot.y) for rule in params.drawn}
            rule = min(away, key=away.__getitem__)
            return {"selected": rule} if math.isfinite(away[rule]) else {}
        rule, row = self._nearest(params, frame, spot)
        return {} if row is None else {"selected": rule}

    def probe(self, params: OptimizersParams, frame: OptimizersFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip at ``spot``: a step of a path, or else the function's value; in the plot "steps" all values at
        that step.
        """
        if spot.part == "steps":
            text = words.step_words(params, frame, round(spot.x))
            return Probe(text) if text else None
        rule, row = self._nearest(params, frame, spot)
        if row is None:
            return Probe(said_of_ground(params.surface.expression, (spot.x, spot.y)))
        return Probe(words.place_words(rule, frame, row))

    def handles(self, params: OptimizersParams, frame: OptimizersFrame) -> tuple[Handle, ...]:
        label = Text("start: drag it anywhere")
        return (Handle("start", (params.start[0], params.start[1]), notch_on(frame.map), label, hint=(1.0, -1.0)),)

    def drag(
        self, params: OptimizersParams, frame: OptimizersFrame, handle: str, place: Position
    ) -> Mapping[str, object]:
        if handle != "start":
            raise KeyError(handle)
        return {"start": nearest_on(frame.map, place)}

    def add(self, params: OptimizersParams, frame: OptimizersFrame, place: Position) -> Mapping[str, object]:
        return {"start": nearest_on(frame.map, place)}

    @staticmethod
    def _nearest(params: OptimizersParams, frame: OptimizersFrame, spot: ProbePoint) -> tuple[str, int | None]:
        """The optimizer whose path is nearest to ``spot`` on the map, and the index of the nearest moment in that path.

        Among equal ones the selected optimizer is preferred. If no path is near, the index is None.
        """
        best = _NEAR * frame.map.size
        found: tuple[str, int | None] = (params.selected, None)
        for rule in sorted(params.drawn, key=lambda rule: rule != params.selected):
            path = frame.paths[rule]
            if len(path):
                away = np.hypot(*(path.places - np.array([spot.x, spot.y])).T)
                row = int(np.argmin(away))
                if away[row] < best:
                    best, found = float(away[row]), (rule, row)
        return found

    @staticmethod
    def _above(frame: OptimizersFrame, rule: str, step: int, height: float) -> float:
        """The vertical distance of an optimizer's curve from ``height`` at a step; infinite if it has
        no value there.
        """
        rows = np.flatnonzero(frame.paths[rule].steps == step)
        return abs(float(frame.heights[rule][rows[0]]) - height) if len(rows) else math.inf
