"""Numerical differentiation: why ever smaller h makes the result worse, and how an array of integers falsifies a
gradient.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from engine.calculus import central_difference, forward_difference, numerical_gradient
from engine.calculus.numerical_gradient import careless_gradient, func1
from engine.calculus.step_errors import best_step, rounding_error, slopes_over_steps, step_of, truncation_error
from engine.contract.api import (
    Column,
    Handle,
    Position,
    ProbePoint,
    RandomStreams,
    Slide,
    Table,
    Text,
    format_real,
    table_of,
    untranslated,
)
from engine.contract.experiment import CodeMark, Picture, Preset, Probe
from engine.experiments.ch4_training.differentiation import words
from engine.experiments.ch4_training.differentiation.params import (
    ARRAY_TYPES,
    BESIDE,
    BOOK_H,
    DIFFERENCES,
    DTYPES,
    ENTRIES,
    LARGEST,
    NO_ERROR,
    NOTCHES,
    SMALLEST,
    DifferentiationFrame,
    DifferentiationParams,
)
from engine.experiments.ch4_training.differentiation.process import frame_of

_APART = 0.06
"""The distance, as a share of the function plot's width, from which both points of a secant get a
handle of their own.
"""
_OVER = Text("f over {entry}")
_CURVE = Text("{difference}, {dtype}")


class Differentiation(Picture[DifferentiationParams, DifferentiationFrame]):
    """The error of forward and central differences over h, the function close to x, and a gradient in
    an integer array.
    """

    order = 2
    title = Text("Numerical differentiation: how small should h be?")
    presets = (
        Preset(
            "book",
            Text("The book's: 0.01x² + 0.1x at 5"),
            {"function": "book", "x": 5.0, "h": BOOK_H, "difference": "central"},
        ),
        Preset(
            "single",
            Text("sin in float32"),
            {"dtype": "float32", "h": BOOK_H, "difference": "central", "shown": "all"},
        ),
        Preset("corner", Text("A corner: ReLU at 0"), {"function": "relu", "x": 0.0, "h": 0.5}),
        Preset("integer", Text("An array of integers"), {"view": "integer"}),
    )
    code = (
        *(forward_difference, central_difference, slopes_over_steps, best_step, truncation_error, rounding_error),
        *(careless_gradient, numerical_gradient, func1),
    )

    def compute(self, params: DifferentiationParams, streams: RandomStreams) -> DifferentiationFrame:
        frame = frame_of(params)
        return replace(frame, status=words.status(params, frame))

    headline = staticmethod(words.headline)
    working = staticmethod(words.working)

    def code_mark(self, params: DifferentiationParams, frame: DifferentiationFrame) -> CodeMark | None:
        if params.view == "integer":
            return CodeMark("careless_gradient", "x[index] = here + h")
        return CodeMark(DIFFERENCES[params.difference].__name__, "return (f(x + h)")

    def main_tables(self, params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[Table, ...]:
        pairs = [(name, dtype) for name in DIFFERENCES for dtype in DTYPES]
        here = table_of(
            "differences",
            Text("differences"),
            difference=([name for name, _ in pairs], Text("difference", context="finite difference")),
            dtype=([dtype for _, dtype in pairs], Text("numbers", context="type of numbers")),
            h=[params.h] * len(pairs),
            slope=(_plain(frame.slopes), Text("result")),
            error=(_plain(frame.errors_here), Text("error")),
            best_h=(_plain(frame.best), Text("best h")),
            best_error=(_plain(frame.best_errors), Text("error there")),
        )
        curves = {
            f"{name}_{dtype}": (_plain(frame.errors[i, j]), _CURVE(difference=words.DIFFERENCES[name], dtype=dtype))
            for i, name in enumerate(DIFFERENCES)
            for j, dtype in enumerate(DTYPES)
            if params.shows_curve((i, j))
        }
        expected = {
            "truncation_expected": (_plain(frame.truncation), Text("expected truncation error")),
            "rounding_expected": (_plain(frame.rounding), Text("expected rounding error")),
        }
        theory = expected if params.shows_causes else {}
        errors = table_of("errors", Text("errors over h"), h=frame.steps, **curves, **theory)
        microscope = Table(
            "microscope",
            (
                Column("distance", frame.near.tolist(), "h", Text("distance from x")),
                Column("change", _plain(frame.rise).tolist(), "h", Text("change of f")),
            ),
            Text("microscope"),
        )
        curve = table_of("function", Text("function"), x=frame.curve_x, f=_plain(frame.curve_y))
        there = Text("f there")
        integers = table_of(
            "integers",
            Text("entries of the gradient"),
            entry=(ENTRIES, Text("entry")),
            stored=(frame.stored, Text("stored")),
            asked_above=(frame.asked[:, 0], untranslated("x + h")),
            kept_above=(frame.kept[:, 0], Text("x + h as stored")),
            f_above=(frame.f_kept[:, 0], there),
            asked_below=(frame.asked[:, 1], untranslated("x − h")),
            kept_below=(frame.kept[:, 1], Text("x − h as stored")),
            f_below=(frame.f_kept[:, 1], there),
            gradient=(frame.cut_gradient, Text("returned")),
            with_floats=(frame.right_gradient, Text("with floats")),
            exact=(frame.exact_gradient, Text("exact")),
        )
        over = {f"f_over_{name}": (row, _OVER(entry=name)) for name, row in zip(ENTRIES, frame.slices, strict=True)}
        slices = table_of("slices", Text("slices"), x=frame.slice_x, **over)
        quotient, whole = (here, errors, microscope, curve), (integers, slices)
        return (*whole, *quotient) if params.view == "integer" else (*quotient, *whole)

    def probe(self, params: DifferentiationParams, frame: DifferentiationFrame, spot: ProbePoint) -> Probe | None:
        """The tooltip at ``spot``, which is (x, y) in the function's plot, or lies in the plot "valley", "microscope"
        or "slice".
        """
        across = spot.x
        if spot.part == "valley":
            return _probe_of_errors(params, frame, across)
        if spot.part == "microscope":
            at = int(np.argmin(np.abs(frame.near - across)))
            if not math.isfinite(frame.rise[at]):
                return None
            text = Text("x + {near:.2f} h: f changes by {rise} h")
            return Probe(text(near=float(frame.near[at]), rise=words.tiny(float(frame.rise[at]), 4)))
        if spot.part == "slice":
            return _probe_of_entry(params, frame, across)
        here = np.array([across])
        value, slope = float(params.f(here)[0]), float(params.f.gradient(here)[0][0])
        if not (math.isfinite(value) and math.isfinite(slope)):
            return None
        text = Text("x = {x:.2f}: f = {value}, slope {slope}")
        return Probe(text(x=across, value=words.tiny(value, 4), slope=words.tiny(slope, 4)))

    def handles(self, params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[Handle, ...]:
        if params.view == "integer":
            at = float(frame.stored[params.entry])
            label = Text("{name}: left and right")(name=params.selected)
            return (Handle("point", (at, frame.f_stored), 1.0, label, hint=(1.0, 0.0)),)
        error = height_of(frame.error) if math.isfinite(frame.error) else NO_ERROR / 2
        label = Text("h: left and right")
        found = [Handle("h", (math.log10(params.h), error), 0.1, label, hint=_towards_the_best(params, frame))]
        has_value = math.isfinite(frame.value)
        label = Text("x: left and right")
        (low_x, high_x), (low, high) = frame.x_range.tolist(), frame.y_range.tolist()
        height = _inside(frame.value, frame.y_range) if has_value else low + 0.05 * (high - low)
        found.append(Slide("x", (params.x, height), 0.1, label, field="x", within=(low_x, high_x)))
        if has_value and params.h >= _least_apart(frame) and math.isfinite(frame.ends_y[0]):
            place = (float(frame.ends_x[0]), _inside(float(frame.ends_y[0]), frame.y_range))
            label = Text("x + h: left and right")
            found.append(Slide("second", place, 0.05, label, field="h", within=(_least_apart(frame), math.inf)))
        return tuple(found)

    def drag(
        self, params: DifferentiationParams, frame: DifferentiationFrame, handle: str, place: Position
    ) -> Mapping[str, object]:
        if handle == "h":
            power = float(np.clip(place[0], SMALLEST, LARGEST))
            return {"h": step_of(round(power * NOTCHES) / NOTCHES)}
        if handle == "point":
            moved = list(params.point)
            moved[params.entry] = float(np.clip(round(place[0]), -9, 9)) + 0.0
            return {"point": tuple(moved)}
        return super().drag(params, frame, handle, place)


def height_of(error: float) -> float:
    """The height at which an error is drawn: its logarithm to base 10, at least −17."""
    return max(NO_ERROR, math.log10(error)) if error > 0 else NO_ERROR


def _towards_the_best(params: DifferentiationParams, frame: DifferentiationFrame) -> Position:
    """The direction of the hint at the handle of h: towards the best h.

    It is (0, 0) if h is there already, and to the left if no errors are known.
    """
    if not math.isfinite(frame.best_h):
        return (-1.0, 0.0)
    away = math.log10(frame.best_h / params.h)
    return (0.0, 0.0) if abs(away) <= BESIDE else (math.copysign(0.5, away), -1.0)


def _least_apart(frame: DifferentiationFrame) -> float:
    """The smallest h at which both points of the secant have handles of their own."""
    low, high = frame.x_range.tolist()
    return math.ceil(100 * _APART * (high - low)) / 100


def _inside(value: float, ends: np.ndarray) -> float:
    """A y value clipped to the plot's range ``ends``, so that a handle there can be reached."""
    low, high = ends.tolist()
    return min(max(value, low + 0.05 * (high - low)), high - 0.05 * (high - low))


def _probe_of_errors(params: DifferentiationParams, frame: DifferentiationFrame, across: float) -> Probe | None:
    """The tooltip in the plot of errors, for the h nearest to 10 to the power ``across``."""
    at = int(np.argmin(np.abs(np.log10(frame.steps) - across)))
    forward, central = (float(rows[params.row[1], at]) for rows in frame.errors)
    if not (math.isfinite(forward) and math.isfinite(central)):
        return None
    text = Text("h = {h} in {dtype}: forward off by {forward}, central by {central}")
    return Probe(
        text(
            h=words.tiny(float(frame.steps[at]), 3), dtype=params.dtype,
            forward=words.tiny(forward), central=words.tiny(central),
        )
    )  # fmt: skip


def _probe_of_entry(params: DifferentiationParams, frame: DifferentiationFrame, across: float) -> Probe:
    """The tooltip with the value that the array stores for ``across``, and f there."""
    kept = float(np.array([across]).astype(ARRAY_TYPES[params.pitfall])[0])
    point = frame.stored.copy()
    point[params.entry] = kept
    text = Text("{name} = {asked:.2f} is stored as {kept}: f = {value}")
    return Probe(text(name=params.selected, asked=across, kept=_short(kept), value=_short(float(func1(point)))))


def _short(value: float) -> str:
    return format_real(round(value, 2))


def _plain(values: np.ndarray) -> np.ndarray:
    """The values as a flat array for a table, with an empty string for nan or infinity."""
    return np.array([value if math.isfinite(value) else "" for value in values.ravel().tolist()], dtype=object)
