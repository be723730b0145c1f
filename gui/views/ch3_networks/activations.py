"""Draws `activations`: functions above their slopes with a common cursor, or a stack of layers above its product of
slopes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from engine.contract.api import Text, format_real, format_short
from engine.experiments.ch3_networks.activations.params import REACH, ActivationsFrame, ActivationsParams
from engine.experiments.ch3_networks.activations.words import flat_words
from engine.nn.activation_registry import ACTIVATIONS
from gui.plots.curves.curves import Curve, CurvesPlot
from gui.plots.curves.end_labels import EndLabel, EndLabels
from gui.plots.curves.powers import PowersPlot
from gui.plots.curves.span_lanes import Lane, SpanLanes
from gui.plots.curves.touch_points import Touch
from gui.plots.drawing.record_looks import ACTIVATION_LOOKS as LOOKS
from gui.stage.api import FittingWords, Layout, SegmentedItem, Snapshot, View, translate

_INPUT = Text("input x")
_VALUE = Text("output y")
_SLOPE = Text("slope")
_STACKED = Text("output of layer {n}")
_PRODUCT = Text("product")
_LAYER = Text("layers passed")
_VALUE_AT = Text("y at x = {x}")
_SLOPE_AT = Text("slope at x = {x}")
_PRODUCT_AT = Text("product at x = {x}")
_FLAT = (
    Text("bars: nearly flat, slope below {share}% of the steepest"),
    Text("bars: nearly flat"),
)
_FLAT_STACK = (
    Text("bars: slope below {share}% of one layer's steepest"),
    Text("bars: nearly flat"),
)
_Shown = Snapshot[ActivationsParams, ActivationsFrame]


class ActivationsView(View[ActivationsParams, ActivationsFrame]):
    """The functions' plot takes most of the stage; bars between it and the slopes mark where the slope is nearly 0."""

    handle_plots = MappingProxyType({"": "functions"})

    def build(self) -> None:
        self.functions = CurvesPlot(-REACH, REACH, numbered_below=False, with_cursor=True)
        self.slopes = CurvesPlot(-REACH, REACH, with_cursor=True)
        self.powers = PowersPlot()
        self.values_read, self.slopes_read = EndLabels(self.functions), EndLabels(self.slopes)
        self.powers_read = EndLabels(self.powers)
        self.lanes = SpanLanes(self.functions)
        self.note = FittingWords()
        self.views = self.choice("view", SegmentedItem())
        for plot in (self.functions, self.slopes):
            self.grips(plot.cursor, "cursor")
            self.probe_plot(plot)
        self.probe_plot(self.powers, "product")
        self._compact = False
        self.dress(self._name_axes)
        self.dress(self.powers.set_names, _LAYER, _PRODUCT)

    def layout_for(self, params: ActivationsParams, wide: bool, compact: bool) -> Layout:
        lower = "powers powers_read" if params.view == "stack" else "slopes slopes_read"
        cells = ("note views", "functions values_read", "lanes .", lower)
        return Layout(cells, (0, 33, 0, 22), (1, 0))

    def arrange(self, wide: bool, compact: bool) -> None:
        self._compact = compact
        self.lanes.set_thin(compact)
        self.powers.getAxis("bottom").showLabel(not compact)
        self._name_axes()

    def _name_axes(self) -> None:
        """Name and number the axis of the lower plot only, if both are over x; with layers, that of the upper one."""
        params = self.current.params if self.current else ActivationsParams()
        stacked = params.view == "stack"
        across = "" if self._compact else translate(_INPUT)
        self.functions.set_numbered_below(stacked and not self._compact)
        self.functions.set_names(across if stacked else "", translate(_STACKED(n=params.layers) if stacked else _VALUE))
        self.slopes.set_names(across, translate(_SLOPE))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        stacked = params.view == "stack"
        share = format_real(params.flat_below)
        wordings = _FLAT_STACK if stacked else _FLAT
        self.note.show_words(*wordings, color="muted_text", share=share)
        if ghost is not None and ghost.params.view != params.view:
            ghost = None
        if stacked:
            self._show_stack(current, ghost)
        else:
            self._show_functions(current, ghost)
        self._make_flush(frame, stacked)

    # One layer

    def _show_functions(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        before = ghost.frame if ghost else None
        self._show_curves(self.functions, frame, before, "values")
        self._show_curves(self.slopes, frame, before, "slopes")
        self.functions.show_range(*frame.value_range.tolist())
        self.slopes.show_range(*frame.slope_range.tolist())
        self._show_cursor(self.functions, current, ghost, "value", "slope")
        self._show_cursor(self.slopes, current, ghost, "slope", None)
        self._show_read(self.values_read, _VALUE_AT, params, frame, frame.value, frame.values[:, -1])
        self._show_read(self.slopes_read, _SLOPE_AT, params, frame, frame.slope, frame.slopes[:, -1])
        self._show_lanes(params, frame, frame.flat_parts)

    # A stack of layers

    def _show_stack(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        before = ghost.frame if ghost else None
        self._name_axes()
        self._show_curves(self.functions, frame, before, "stack_values")
        self.functions.show_range(*frame.stack_value_range.tolist())
        self._show_cursor(self.functions, current, ghost, "stack_value", "stack_slope")
        self._show_read(self.values_read, _VALUE_AT, params, frame, frame.stack_value, frame.stack_values[:, -1])
        low, high = frame.product_range.tolist()
        self.powers.show_scale(params.layers, low, high, frame.can_be_zero)
        self.powers.show_products(_products(frame), _products(before) if before is not None else ())
        ends = np.array([self.powers.height_of(product) for product in frame.stack_slope.tolist()])
        self._show_read(self.powers_read, _PRODUCT_AT, params, frame, frame.stack_slope, ends)
        self._show_lanes(params, frame, frame.stack_flat_parts)

    # Parts of both

    def _show_curves(
        self, plot: CurvesPlot, frame: ActivationsFrame, before: ActivationsFrame | None, rows: str
    ) -> None:
        """Show the curves in the frame's attribute ``rows``, and those of the frame ``before`` if they differ."""
        now = getattr(frame, rows)
        old: Sequence[Curve] = ()
        if before is not None:
            was = getattr(before, rows)
            if before.functions != frame.functions or not np.array_equal(was, now):
                old = _curves(before, was)
        plot.show_curves(_curves(frame, now), old)

    def _show_cursor(
        self, plot: CurvesPlot, current: _Shown, ghost: _Shown | None, height: str, slope: str | None
    ) -> None:
        was = ghost.params.x if ghost is not None and ghost.params.x != current.params.x else None
        plot.cursor.show_cursor(current.params.x, was)
        plot.touches.show_touches(
            _touches(current, height, slope), _touches(ghost, height, None) if ghost is not None else ()
        )

    def _show_read(
        self,
        labels: EndLabels,
        heading: Text,
        params: ActivationsParams,
        frame: ActivationsFrame,
        values: np.ndarray,
        ends: np.ndarray,
    ) -> None:
        labels.show_labels(
            translate(heading(x=format_real(params.x, 3))),
            [
                EndLabel(LOOKS[name], translate(ACTIVATIONS[name].label), format_short(value), end)
                for name, value, end in zip(frame.functions, values.tolist(), ends.tolist(), strict=True)
            ],
        )

    def _show_lanes(self, params: ActivationsParams, frame: ActivationsFrame, parts: Sequence[np.ndarray]) -> None:
        lanes = []
        for name, spans in zip(frame.functions, parts, strict=True):
            if len(spans):
                wordings = (
                    translate(flat_words(params, name, params.view == "stack")),
                    translate(ACTIVATIONS[name].label),
                )
                lanes.append(Lane(LOOKS[name], [tuple(span) for span in spans.tolist()], wordings))
        self.lanes.show_lanes(lanes, params.x)

    def _make_flush(self, frame: ActivationsFrame, stacked: bool) -> None:
        """Align both plots: the left axes with each other, and the labels beside the plots."""
        ranges = (frame.stack_value_range,) if stacked else (frame.value_range, frame.slope_range)
        ends = [_round_number(end) for low_high in ranges for end in low_high.tolist()]
        widest = max([*ends, "0.001" if stacked else "\N{MINUS SIGN}0.5"], key=len)
        for plot in (self.functions, self.slopes, self.powers):
            plot.set_room(widest)
        grid = self.stage.ci.layout
        second = self.powers_read if stacked else self.slopes_read
        width = max(self.values_read.needed_width(), second.needed_width(), self.views.minimumWidth())
        grid.setColumnMinimumWidth(1, width)
        grid.setColumnMaximumWidth(1, width)


def _curves(frame: ActivationsFrame, rows: np.ndarray) -> list[Curve]:
    return [Curve(LOOKS[name], frame.x, row) for name, row in zip(frame.functions, rows, strict=True)]


def _touches(of: _Shown, height: str, slope: str | None) -> list[Touch]:
    frame = of.frame
    heights = getattr(frame, height).tolist()
    slopes = [None] * len(heights) if slope is None else getattr(frame, slope).tolist()
    return [
        Touch(LOOKS[name], of.params.x, y, dy, _between_jumps(of.params, name))
        for name, y, dy in zip(frame.functions, heights, slopes, strict=True)
    ]


def _between_jumps(params: ActivationsParams, name: str) -> tuple[float, float]:
    """The interval around the cursor in which a function has no jump. Functions jump at the x where the weighted sum is
    0.
    """
    jump = -params.bias / params.gain if params.gain and ACTIVATIONS[name].at_zero == "jump" else None
    if jump is None:
        return -math.inf, math.inf
    # At the jump the value on its left is drawn, or, where w is below 0, that on its right.
    is_left = params.x < jump or (params.x == jump and params.gain > 0)
    return (-math.inf, jump) if is_left else (jump, math.inf)


def _products(frame: ActivationsFrame) -> list[Curve]:
    layers = np.arange(frame.products.shape[1], dtype=float)
    return [Curve(LOOKS[name], layers, row) for name, row in zip(frame.functions, frame.products, strict=True)]


def _round_number(end: float) -> str:
    """A rounded value, as text, that is as long as the tick texts near this end of an axis; used to reserve room for
    them.
    """
    return format_real(float(f"{end:.1g}"))
