"""The texts of `optimizers`: the current phase, the fate of the selected optimizer, and the tables."""

from __future__ import annotations

import math

import numpy as np

from engine.contract.api import Table, Text, bracketed, counted, format_short, listed, table_of
from engine.experiments.ch6_techniques.optimizers.frame import OptimizersFrame
from engine.experiments.ch6_techniques.optimizers.params import PHASES, OptimizersParams
from engine.nn.optimizer_registry import OPTIMIZERS

_STEP, _NAME = Text("step"), Text("optimizer")
_BEGIN = Text("All begin at {place}, where f = {f}.")
_PHASE = Text("{name}, step {step}, {number} of {all}: {caption}.")
_LOST = Text("{name}: after {steps} there is no number to go on with, the last place was {place}.")
_REST = Text("{name} after {steps}: f = {f} at {place}.")
_FATES = {
    "oscillating": Text("{name} after {steps}: f = {f} at {place}; it swings from side to side and does not settle."),
    "diverged": Text("{name} after {steps}: it diverges, f has grown to {f}."),
    "zigzag": Text("{name} after {steps}: f = {f} at {place}, in a zigzag that gets narrower."),
    "crawling": Text("{name} after {steps}: f = {f} at {place}; it crawls."),
    "left_the_plot": Text("{name} after {steps}: it has left the map, f = {f}."),
    "unbounded_below": Text("{name} after {steps}: f has fallen to {f}, and nothing stops it."),
}
_AT_STEP = Text("{name}, step {step}: {place}, f = {f}")
_AT_STEPS = Text("step {step}: {all}")


def headline(params: OptimizersParams, frame: OptimizersFrame) -> Text:
    """One sentence about the selected optimizer: its current phase, or its value and fate after the newest step."""
    rule, phases = params.selected, frame.phases(params)
    name, path, f = OPTIMIZERS[rule].name, frame.paths[rule], frame.f[rule]
    if 0 < frame.phase < len(PHASES) and phases:
        caption = phases[frame.phase - 1].caption
        return _PHASE(name=name, step=frame.step, number=frame.phase, all=len(PHASES), caption=caption)
    last = path.places[-1] if len(path) else np.array(params.start)
    known = {"name": name, "steps": counted(frame.counts[1], "step"), "place": bracketed(last)}
    if math.isnan(f) or not np.all(np.isfinite(frame.x[rule])):
        return _LOST(**known)
    if not frame.counts[1]:
        return _BEGIN(place=known["place"], f=format_short(f))
    return _FATES.get(frame.verdict[rule], _REST)(**known, f=format_short(f))


def place_words(rule: str, frame: OptimizersFrame, row: int) -> Text:
    """The tooltip of one moment of an optimizer's path; ``row`` is its index in the path."""
    path = frame.paths[rule]
    place, f = bracketed(path.places[row]), format_short(float(path.values[row]))
    return _AT_STEP(name=OPTIMIZERS[rule].name, step=int(path.steps[row]), place=place, f=f)


def step_words(params: OptimizersParams, frame: OptimizersFrame, step: int) -> Text | None:
    """The values of all drawn optimizers after ``step`` steps; None if none was recorded."""
    found = []
    for rule in params.drawn:
        path = frame.paths[rule]
        for row in np.flatnonzero(path.steps == step).tolist():
            found.append(f"{OPTIMIZERS[rule].name} {format_short(float(path.values[row]))}")
    return _AT_STEPS(step=step, all=listed(found)) if found else None


def tables(params: OptimizersParams, frame: OptimizersFrame) -> tuple[Table, ...]:
    """The tables of the optimizers' current points, of their paths, and of the newest step's phases."""
    drawn, phases = params.drawn, frame.phases(params)[: frame.phase]
    rows = [(rule, row) for rule in drawn for row in range(len(frame.paths[rule]))]
    lines = [(phase, line) for phase in phases for line in phase.lines]
    return (
        table_of(
            "outcome",
            Text("outcome"),
            optimizer=([OPTIMIZERS[rule].name for rule in drawn], _NAME),
            step=([frame.counts[1]] * len(drawn), _STEP),
            x0=[float(frame.x[rule][0]) for rule in drawn],
            x1=[float(frame.x[rule][1]) for rule in drawn],
            f=[float(frame.f[rule]) for rule in drawn],
            distance=([frame.distance[rule] for rule in drawn], Text("distance from the minimum")),
            flips=([frame.flips[rule] for rule in drawn], Text("changes of sign of x1")),
            verdict=([frame.verdict[rule] for rule in drawn], Text("fate")),
        ),
        table_of(
            "paths",
            Text("paths"),
            optimizer=([OPTIMIZERS[rule].name for rule, _ in rows], _NAME),
            step=([int(frame.paths[rule].steps[row]) for rule, row in rows], _STEP),
            x0=[float(frame.paths[rule].places[row, 0]) for rule, row in rows],
            x1=[float(frame.paths[rule].places[row, 1]) for rule, row in rows],
            f=[float(frame.paths[rule].values[row]) for rule, row in rows],
        ),
        table_of(
            "phases",
            Text("phases of the step"),
            phase=([phase.kind for phase, _ in lines], Text("phase")),
            quantity=([line.left for _, line in lines], Text("quantity")),
            formula=([line.formula() for _, line in lines], Text("formula")),
            numbers=([line.arithmetic() for _, line in lines], Text("with numbers")),
            result=([line.result for _, line in lines], Text("result")),
        ),
    )
