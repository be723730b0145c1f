"""Numerical differentiation: why a smaller h stops being better, and what an array of integers makes of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine.calculus import central_difference, forward_difference, numerical_gradient
from engine.calculus.integer_gradient import careless_gradient, func1
from engine.calculus.step_errors import best_step, rounding_error, slopes_over_steps, truncation_error
from engine.contract.experiment import CodeMark, Picture, Preset, Probe
from engine.contract.handle import Handle, Place
from engine.contract.numerals import format_real
from engine.contract.spot import Spot
from engine.contract.streams import Streams
from engine.contract.table import Column, Table
from engine.contract.text import Text
from engine.contract.working import Line
from engine.experiments.ch4_training.parts import differentiation_words as words
from engine.experiments.ch4_training.parts.differentiation_params import (
    ARRAY_TYPES,
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
    step_of,
)
from engine.experiments.ch4_training.parts.differentiation_process import integer_part, quotient_part

_APART = 0.06
"""Share of the function's plot by which both points of a secant must lie apart to be dragged one by one."""


class Differentiation(Picture[DifferentiationParams, DifferentiationFrame]):
    """The error of forward and central differences over h, a microscope on f, and a gradient of whole numbers."""

    order = 2
    title = Text("Numerical differentiation: smaller h is not better", "数值微分：h 并不是越小越好")
    params_type = DifferentiationParams
    frame_type = DifferentiationFrame
    presets = (
        Preset(
            "book",
            Text("The book's: 0.01x² + 0.1x at 5", "书中的例子：0.01x² + 0.1x，x = 5"),
            {"function": "book", "x": 5.0, "h": BOOK_H, "difference": "central"},
        ),
        Preset(
            "single",
            Text("sin in float32", "用 float32 算 sin"),
            {"dtype": "float32", "h": BOOK_H, "difference": "central"},
        ),
        Preset("corner", Text("A corner: ReLU at 0", "尖角：ReLU 在 0 处"), {"function": "relu", "x": 0.0, "h": 0.5}),
        Preset("integer", Text("An array of integers", "整数数组"), {"view": "integer"}),
    )
    code = (
        *(forward_difference, central_difference, slopes_over_steps, best_step, truncation_error, rounding_error),
        *(careless_gradient, numerical_gradient, func1),
    )

    def compute(self, params: DifferentiationParams, streams: Streams) -> DifferentiationFrame:
        frame = DifferentiationFrame(finished=True, **quotient_part(params), **integer_part(params))
        whole = params.view == "integer"
        status = words.status_of_integers if whole else words.status_of_quotient
        return replace(frame, status=status(params, frame))

    def reading(self, params: DifferentiationParams, frame: DifferentiationFrame) -> Text:
        whole = params.view == "integer"
        return words.reading_of_integers(params, frame) if whole else words.reading_of_quotient(params, frame)

    def working(self, params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[Line, ...]:
        whole = params.view == "integer"
        return words.working_of_integers(params, frame) if whole else words.working_of_quotient(params, frame)

    def code_mark(self, params: DifferentiationParams, frame: DifferentiationFrame) -> CodeMark | None:
        if params.view == "integer":
            return CodeMark("careless_gradient", "x[index] = here + h")
        return CodeMark(DIFFERENCES[params.difference].__name__, "return (f(x + h)")

    def main_tables(self, params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[Table, ...]:
        pairs = [(name, dtype) for name in DIFFERENCES for dtype in DTYPES]
        here = Table(
            "differences",
            (
                Column("difference", [name for name, _ in pairs]),
                Column("dtype", [dtype for _, dtype in pairs]),
                Column("h", [params.h] * len(pairs)),
                Column("slope", _plain(frame.slopes.ravel())),
                Column("error", _plain(frame.errors_here.ravel())),
                Column("best_h", _plain(frame.best.ravel())),
                Column("best_error", _plain(frame.best_errors.ravel())),
            ),
        )
        curves = frame.errors.reshape(len(pairs), -1)
        errors = Table(
            "errors",
            (
                Column("h", frame.steps.tolist()),
                *(Column(f"{name}_{dtype}", _plain(row)) for (name, dtype), row in zip(pairs, curves, strict=True)),
                Column("truncation_expected", _plain(frame.truncation)),
                Column("rounding_expected", _plain(frame.rounding)),
            ),
        )
        microscope = Table(
            "microscope",
            (Column("distance", frame.near.tolist(), "h"), Column("change", _plain(frame.rise), "h")),
        )
        curve = Table("function", (Column("x", frame.curve_x.tolist()), Column("f", _plain(frame.curve_y))))
        integers = Table(
            "integers",
            (
                Column("entry", list(ENTRIES)),
                Column("stored", frame.stored.tolist()),
                *(
                    Column(f"{name}_{side}", values[:, index].tolist())
                    for index, side in enumerate(("above", "below"))
                    for name, values in (("asked", frame.asked), ("kept", frame.kept), ("f", frame.f_kept))
                ),
                Column("gradient", frame.cut_gradient.tolist()),
                Column("with_floats", frame.right_gradient.tolist()),
                Column("exact", frame.exact_gradient.tolist()),
            ),
        )
        slices = Table(
            "slices",
            (
                Column("x", frame.slice_x.tolist()),
                *(Column(f"f_over_{entry}", row.tolist()) for entry, row in zip(ENTRIES, frame.slices, strict=True)),
            ),
        )
        if params.view == "integer":
            return (integers, slices, here, errors, microscope, curve)
        return (here, errors, microscope, curve, integers, slices)

    def probe(self, params: DifferentiationParams, frame: DifferentiationFrame, spot: Spot) -> Probe | None:
        """``spot`` is (x, y) over the function, or lies in the part "valley", "microscope" or "slice"."""
        across = spot.x
        if spot.part == "valley":
            return _probe_of_errors(params, frame, across)
        if spot.part == "microscope":
            at = int(np.argmin(np.abs(frame.near - across)))
            if not math.isfinite(frame.rise[at]):
                return None
            text = Text("x + {near:.2f} h: f changes by {rise} h", "x + {near:.2f} h：f 改变了 {rise} h")
            return Probe(text(near=float(frame.near[at]), rise=words.tiny(float(frame.rise[at]), 4)))
        if spot.part == "slice":
            return _probe_of_entry(params, frame, across)
        here = np.array([across])
        value, slope = float(params.f(here)[0]), float(params.f.gradient(here)[0][0])
        if not (math.isfinite(value) and math.isfinite(slope)):
            return None
        text = Text("x = {x:.2f}: f = {value}, slope {slope}", "x = {x:.2f}：f = {value}，斜率 {slope}")
        return Probe(text(x=across, value=words.tiny(value, 4), slope=words.tiny(slope, 4)))

    def handles(self, params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[Handle, ...]:
        if params.view == "integer":
            at = float(frame.stored[params.entry])
            label = Text("{name}: left and right", "{name}：左右拖动")(name=params.selected)
            return (Handle("point", (at, frame.f_stored), 1.0, label, hint=(1.0, 0.0)),)
        error = height_of(frame.error) if math.isfinite(frame.error) else NO_ERROR / 2
        label = Text("h: left and right", "h：左右拖动")
        found = [Handle("h", (math.log10(params.h), error), 0.1, label, hint=(-0.5, -1.0))]
        has_value = math.isfinite(frame.value)
        label = Text("x: left and right", "x：左右拖动")
        low, high = frame.y_range.tolist()
        height = _inside(frame.value, frame.y_range) if has_value else low + 0.05 * (high - low)
        found.append(Handle("x", (params.x, height), 0.1, label))
        if has_value and params.h >= _least_apart(frame) and math.isfinite(frame.ends_y[0]):
            place = (float(frame.ends_x[0]), _inside(float(frame.ends_y[0]), frame.y_range))
            found.append(Handle("second", place, 0.05, Text("x + h: left and right", "x + h：左右拖动")))
        return tuple(found)

    def drag(
        self, params: DifferentiationParams, frame: DifferentiationFrame, handle: str, place: Place
    ) -> Mapping[str, object]:
        if handle == "h":
            power = float(np.clip(place[0], SMALLEST, LARGEST))
            return {"h": step_of(round(power * NOTCHES) / NOTCHES)}
        if handle == "x":
            low, high = (max(-10.0, frame.x_range[0]), min(10.0, frame.x_range[1]))
            return {"x": float(np.clip(round(place[0], 2), low, high)) + 0.0}
        if handle == "second":
            least, most = _least_apart(frame), step_of(LARGEST)
            return {"h": float(np.clip(round(place[0] - params.x, 2), least, most))}
        if handle == "point":
            moved = list(params.point)
            moved[params.entry] = float(np.clip(round(place[0]), -9, 9)) + 0.0
            return {"point": tuple(moved)}
        raise KeyError(handle)


def height_of(error: float) -> float:
    """Where an error is drawn: its power of ten, and for none the lowest place."""
    return max(NO_ERROR, math.log10(error)) if error > 0 else NO_ERROR


def _least_apart(frame: DifferentiationFrame) -> float:
    low, high = frame.x_range.tolist()
    return math.ceil(100 * _APART * (high - low)) / 100


def _inside(value: float, ends: np.ndarray) -> float:
    """A height within the plot, so that what stands at it can be reached."""
    low, high = ends.tolist()
    return min(max(value, low + 0.05 * (high - low)), high - 0.05 * (high - low))


def _probe_of_errors(params: DifferentiationParams, frame: DifferentiationFrame, across: float) -> Probe | None:
    at = int(np.argmin(np.abs(np.log10(frame.steps) - across)))
    forward, central = (float(rows[params.row[1], at]) for rows in frame.errors)
    if not (math.isfinite(forward) and math.isfinite(central)):
        return None
    text = Text(
        "h = {h} in {dtype}: forward off by {forward}, central by {central}",
        "h = {h}，{dtype}：前向差分误差 {forward}，中心差分误差 {central}",
    )
    return Probe(
        text(
            h=words.tiny(float(frame.steps[at]), 3), dtype=params.dtype,
            forward=words.tiny(forward), central=words.tiny(central),
        )
    )  # fmt: skip


def _probe_of_entry(params: DifferentiationParams, frame: DifferentiationFrame, across: float) -> Probe:
    """What the array makes of a number, and f there."""
    kept = float(np.array([across]).astype(ARRAY_TYPES[params.pitfall])[0])
    point = frame.stored.copy()
    point[params.entry] = kept
    text = Text(
        "{name} = {asked:.2f} is stored as {kept}: f = {value}", "{name} = {asked:.2f} 存成 {kept}：f = {value}"
    )
    return Probe(
        text(name=params.selected, asked=across, kept=_short(kept), value=_short(float(func1(point))))
    )


def _short(value: float) -> str:
    return format_real(round(value, 2))


def _plain(values: Sequence[float]) -> list[object]:
    """Numbers of a table; an empty cell where there is none."""
    return [value if math.isfinite(value) else "" for value in np.asarray(values, dtype=float).tolist()]
