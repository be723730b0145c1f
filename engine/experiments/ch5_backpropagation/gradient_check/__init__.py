"""Gradient check: backpropagation compared with central differences, in correct code and with classic mistakes."""

from __future__ import annotations

import math
from collections.abc import Generator, Mapping
from dataclasses import replace

from engine.calculus import compared, numerical_gradient, numerical_gradients, relative_error
from engine.calculus.step_errors import step_of
from engine.contract.api import (
    CodeMark,
    Picture,
    Preset,
    ProbePoint,
    Progress,
    RandomStreams,
    Table,
    Text,
    table_of,
    tidy,
    untranslated,
)
from engine.contract.handle import Handle, Position
from engine.experiments.ch5_backpropagation.gradient_check import words
from engine.experiments.ch5_backpropagation.gradient_check.params import (
    HIDDEN,
    LARGEST,
    NOTCHES,
    SMALLEST,
    TOLERANCE,
    GradientCheckFrame,
    GradientCheckParams,
)
from engine.experiments.ch5_backpropagation.gradient_check.process import frame_of
from engine.nn import Affine, Dropout, Network, ReLU, SoftmaxWithLoss
from engine.nn.mistaken_layers import WRONG_LINES

LEAST = 1e-14
"""The smallest relative error that is drawn; smaller errors are drawn at this value."""
_ENTRY, _ROW, _COLUMN = Text("array"), Text("row"), Text("column")


class GradientCheck(Picture[GradientCheckParams, GradientCheckFrame]):
    """A small network whose gradients are computed by backpropagation and numerically, with or without a mistake."""

    order = 3
    title = Text("Gradient check: catch a wrong derivative")
    uses_seed = True
    presets = (
        Preset("mean", Text("Not divided by N"), {"mistake": "no_mean"}),
        Preset("slope", Text("ReLU's mask left out"), {"mistake": "slope"}),
        Preset("single", Text("Right, in float32"), {"dtype": "float32"}),
        Preset("corner", Text("Right, but one sample is all 0"), {"zero_sample": True}),
        Preset("sweep", Text("Error over h"), {"view": "sweep"}),
        Preset("cost", Text("What it costs"), {"view": "cost"}),
    )
    code = (
        *(numerical_gradients, numerical_gradient, compared, relative_error),
        *(Network.gradients, Affine.backward, ReLU.backward, SoftmaxWithLoss.backward),
        *(*WRONG_LINES.values(), Dropout.forward),
    )

    def compute(
        self, params: GradientCheckParams, streams: RandomStreams
    ) -> Generator[Progress, None, GradientCheckFrame]:
        frame = yield from frame_of(params, streams)
        return replace(frame, status=words.status(params, frame))

    headline = staticmethod(words.headline)
    working = staticmethod(words.working)
    probe = staticmethod(words.probe)

    def code_mark(self, params: GradientCheckParams, frame: GradientCheckFrame) -> CodeMark | None:
        if params.mistake in WRONG_LINES:
            return CodeMark(WRONG_LINES[params.mistake].__qualname__, "# wrong")
        if params.mistake == "dropout":
            return CodeMark("Dropout.forward", "self.mask = self.random")
        return None if params.mistake == HIDDEN else CodeMark("relative_error", "return")

    def main_tables(self, params: GradientCheckParams, frame: GradientCheckFrame) -> tuple[Table, ...]:
        rows, columns = frame.places.T
        entries = table_of(
            "gradients",
            Text("gradients"),
            array=([frame.arrays[i] for i in frame.array_of], _ENTRY),
            row=(rows, _ROW),
            column=(columns, _COLUMN),
            backpropagation=(frame.backward, Text("backpropagation")),
            numerical=(frame.numerical, Text("numerical")),
            difference=(abs(frame.backward - frame.numerical), Text("difference")),
            loss_above=(frame.losses[:, 0], Text("loss at + h")),
            loss_below=(frame.losses[:, 1], Text("loss at − h")),
            at_corner=(frame.crossed, Text("over ReLU's corner")),
        )
        arrays = table_of(
            "arrays",
            Text("arrays"),
            array=(frame.arrays, _ENTRY),
            difference=(frame.differences, Text("largest difference")),
            size=(frame.sizes, Text("largest gradient")),
            error=(frame.errors, Text("relative error")),
            worst_row=(rows[frame.worst], Text("row of it")),
            worst_column=(columns[frame.worst], Text("column of it")),
            agrees=(frame.errors <= TOLERANCE, Text("agrees")),
        )
        found = [entries, arrays]
        if len(frame.steps):
            sweep = table_of(
                "steps",
                Text("error over h"),
                h=(frame.steps, untranslated("h")),
                float64=(frame.sweep[0], Text("error in float64")),
                float32=(frame.sweep[1], Text("error in float32")),
                float64_right=(frame.sweep_right[0], Text("float64 without the mistake")),
                float32_right=(frame.sweep_right[1], Text("float32 without the mistake")),
            )
            found.insert(0, sweep)
        if len(frame.cost_parameters):
            # Times come out differently every time; they are fields of the frame only.
            cost = table_of(
                "cost",
                Text("cost"),
                parameters=(frame.cost_parameters, Text("parameters", context="number")),
                passes=(frame.cost_passes, Text("forward passes")),
            )
            found.insert(0, cost)
        if params.mistake == HIDDEN:
            guess = (params.guess, Text("guess"))
            found.append(
                table_of(
                    "guess", guess[1], guess=guess, right=(frame.guessed, Text("right", context="guessed rightly"))
                )
            )
        return tuple(found)

    def handles(self, params: GradientCheckParams, frame: GradientCheckFrame) -> tuple[Handle, ...]:
        if params.view != "sweep":
            return ()
        place = (math.log10(params.h), math.log10(max(frame.error, LEAST)))
        return (Handle("h", place, 1 / NOTCHES, Text("h: left and right"), hint=(-1.0, 0.0)),)

    def drag(
        self, params: GradientCheckParams, frame: GradientCheckFrame, handle: str, place: Position
    ) -> Mapping[str, object]:
        power = tidy(place[0], SMALLEST, LARGEST, 9)
        return {"h": step_of(round(power * NOTCHES) / NOTCHES)}

    def click_at(
        self, params: GradientCheckParams, frame: GradientCheckFrame, spot: ProbePoint
    ) -> Mapping[str, object]:
        """The parameter changes that select the gradient whose point in the scatter plot was clicked;
        empty elsewhere.
        """
        entry = words.nearest_entry(frame, spot.x, spot.y) if spot.part == "" and params.view == "scatter" else None
        return {} if entry is None else frame.looking_at(entry)
