"""Draws `descent`: the path over a map, a scale of learning rates beneath it, value and gradient over the steps."""

from __future__ import annotations

import math
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QFontMetricsF, QPen

from engine.contract.api import Text, bracketed, format_real, format_short, in_powers, required, untranslated
from engine.experiments.ch4_training.descent import Descent
from engine.experiments.ch4_training.descent.params import NEWEST, DescentFrame, DescentParams
from engine.experiments.shared.surfaces.surface_choice import GRADIENTS
from gui.plots.curves.powers import PowerCurves
from gui.plots.plane.arrow import ArrowItem
from gui.plots.plane.plane import Plane
from gui.plots.surface.arrow_field import PlaceWords
from gui.plots.surface.path import PathItem
from gui.plots.surface.rate_scale import RateScale, Zone
from gui.plots.surface.relief_parts import MarkerShape, ReliefMark, ReliefParts, ReliefPath
from gui.plots.surface.relief_plot import ReliefPlot
from gui.plots.surface.surface import SurfaceItem
from gui.stage.api import (
    FittingWords,
    Layout,
    SegmentedItem,
    Snapshot,
    View,
    brush,
    curve_color,
    font,
    pen,
    px,
    theme,
    translate,
)
from gui.stage.relief_rotation import ReliefRotation

_RATE = Text("learning rate η = {rate}")
_STEP = Text("step")
_SLICE = Text("{f}, slice at x2 = {x2} (x2 is now {now})")
_PRESS = Text("{f}  ·  double click: start there")
_TURN = (
    Text("{f}  ·  drag: turn it; the start is moved on the map"),
    Text("{f}  ·  drag: turn it"),
)
_START = Text("start")
_CRAWLS = (Text("crawls"),)
_SETTLES = (Text("settles"),)
_ZIGZAGS = (Text("zigzags"), Text("zigzag"))
_DIVERGES = (Text("diverges"),)
_TOO_LARGE = (
    Text("from {limit} on too large for {place}"),
    Text("too large for {place}"),
    Text("too large"),
)
_END = Text("step {n}: f = {f}")
_LEFT = Text("left in step {n}")
_NEW_START = Text("the start after the call")
_SECOND = (
    Text("second call: kept start, the same path; changed start, from the end of the dashed line"),
    Text("second call with the changed start: from the end of the dashed line"),
    Text("second call: from the end of the dashed line"),
    Text("call 2: from the dashed line"),
    Text("second call", context="short"),
)
_COMPARED = (
    Text("solid: {one} gradient · dashed: {other}"),
    Text("dashed: {other}"),
)
_VALUE = Text("f over the steps"), untranslated("f")
_BELOW = Text("f over the steps, below it |∇f|")
_BESIDE = Text("f and |∇f| over the steps")
_FLOORED = (
    Text("f over the steps; below 10⁻¹⁸ at the bottom"),
    Text("f; below 10⁻¹⁸ at the bottom"),
    untranslated("f"),
)
_INKS = {"exact": 1, "numerical": 2}
_NOWHERE = np.empty((0, 2))
_MARK, _STAR, _RING = 11, 17, 16
_Shown = Snapshot[DescentParams, DescentFrame]


class DescentView(View[DescentParams, DescentFrame]):
    """The map takes most of the stage; the learning rate can be dragged on the scale below it."""

    experiment: Descent

    wide_from = 1.2
    compact_below = 340
    handle_plots = MappingProxyType({"rate": "scale", "": "plane"})
    adds_on = "plane"
    keeps_in_sight = ("start",)

    def build(self) -> None:
        self.plane = Plane(QRectF(-9, -9, 18, 18), "x0", "x1")
        self.plane.zooms = True
        self.surface = SurfaceItem()
        self.surface.add_to(self.plane)
        # The thinner dashed path is seen on the other where both are one.
        self.path, self.other, self.second = PathItem(12), PathItem(12.5), PathItem(13)
        self.ghost_path = PathItem(5)
        self.minima, self.here, self.exit = (pg.ScatterPlotItem() for _ in range(3))
        self.new_start = pg.ScatterPlotItem()
        self.jump = ArrowItem(14)
        self.words, self.exit_words, self.start_words = (PlaceWords() for _ in range(3))
        # A minimum is seen on the path that ends there.
        for depth, item in ((15.5, self.minima), (15, self.here), (15, self.exit), (16, self.new_start)):
            item.setZValue(depth)
        self.plane.put(
            *(self.ghost_path, self.minima, self.other, self.path, self.second, self.jump, self.here, self.exit),
            *(self.new_start, self.words, self.exit_words, self.start_words),
        )
        self.relief = ReliefPlot("x0", "x1", "f")
        self.turning = ReliefRotation(self, self.relief)
        # The way back: the map is left as it is.
        self.views = self.choice("view", SegmentedItem())
        self.note, self.legend = FittingWords(), FittingWords()
        self.scale = RateScale()
        self.values, self.norms = PowerCurves(), PowerCurves()
        self.pinned.behind(self.values, "path.f", alike=_function)
        self.pinned.behind(self.norms, "path.gradient_norm", alike=_function)
        self.scale.grabbed.connect(lambda power: self.move_handle("rate", (power, 0.5)))
        self.scale.released.connect(self.gesture_ended)
        self.probe_plot(self.plane)
        for plot in (self.values, self.norms):
            self.probe_plot(plot, "steps")
        self.steps_through("selected", self._step_further)
        self._wide, self._compact = True, False
        self.dress(self._dress_axes)

    def layout_for(self, params: DescentParams, wide: bool, compact: bool) -> Layout:
        plane = "relief" if params.view == "relief" else "plane"
        if wide and compact:
            return Layout((f"{plane} legend", f"{plane} values", f"{plane} scale"), (0, 100, 0), (54, 46))
        if wide and params.view == "relief":
            cells: tuple[str, ...] = ("note views legend", "relief relief values", "relief relief norms",
                                      "scale scale norms")  # fmt: skip
            return Layout(cells, (0, 60, 40, 0), (62, 0, 38))
        if wide:
            cells = ("note legend", "plane values", "plane norms", "scale norms")
            return Layout(cells, (0, 60, 40, 0), (62, 38))
        below = "values values" if compact else "values norms"
        cells = ("note note", f"{plane} {plane}", "scale scale", "legend legend", below)
        return Layout(cells, (0, 64, 0, 0, 36), (60, 40))

    def _step_further(self, by: int) -> int:
        """The selected step after moving by ``by`` steps along the path, as a field value; ``NEWEST`` at the end of the
        path.
        """
        params, frame = required(self.current).params, required(self.current).frame
        row, last = frame.selected_row(params), len(frame.path) - 1
        further = max(0, (last if row is None else row) + by)
        return NEWEST if further >= last else int(frame.path.steps[further])

    def arrange(self, wide: bool, compact: bool) -> None:
        self._wide, self._compact = wide, compact
        self._dress_axes()
        if self.current is not None:
            # What the words name must be on the stage.
            self._show_legend(self.current.params, self.current.frame)

    def _dress_axes(self) -> None:
        """Align the plane with the scale below it; of stacked plots only the lowest one names its axis."""
        lead = round(QFontMetricsF(font("notes")).horizontalAdvance("\N{MINUS SIGN}0.5"))
        lead += round(QFontMetricsF(font("text")).height()) + px(12)
        self.plane.getAxis("left").setWidth(lead)
        self.plane.getAxis("bottom").showLabel(not self._compact)
        self.scale.lie_flush(lead, self._compact)
        self.values.set_names("" if self._wide and not self._compact else translate(_STEP), "f")
        self.norms.set_names(translate(_STEP), "|∇f|")

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        # A picture of this same run at an earlier step is no ghost.
        before = ghost if ghost is not None and _walk(ghost.params) != _walk(params) else None
        region = QRectF(QPointF(*frame.map.low), QPointF(*frame.map.high))
        if region != self.plane.square:
            self.plane.set_square(region)
        self.surface.show_map(frame.map)
        self._show_note(params, frame)
        self._show_path(params, frame, before)
        self._show_places(params, frame)
        self._show_pitfall(params, frame)
        if params.view == "relief":
            self._show_relief(params, frame, before)
        self._show_scale(params, frame, before)
        self._show_curves(params, frame, before)

    # The map

    def _show_note(self, params: DescentParams, frame: DescentFrame) -> None:
        f, muted = "f = " + params.surface.written, theme().muted_text
        if self._shows_second(frame):
            self.note.show_words(*_SECOND, color="wrong")
        elif frame.slice_x2 is not None:
            words = _SLICE(f=f, x2=format_real(frame.slice_x2), now=format_short(float(frame.x[2])))
            self.note.show_words(words, f, color=muted)
        else:
            press = _TURN if params.view == "relief" else (_PRESS,)
            self.note.show_words(*(translate(one(f=f)) for one in press if not self._exporting), f, color=muted)
        self._show_legend(params, frame)

    def _shows_second(self, frame: DescentFrame) -> bool:
        """Whether the map shows a second call of the faulty descent, which starts where the first call ended."""
        after = frame.start_after
        return frame.second is not None and len(frame.second) > 1 and frame.map.holds(*required(after)[:2].tolist())

    def _show_legend(self, params: DescentParams, frame: DescentFrame) -> None:
        """Show the legend of the curves, or of two paths."""
        if params.compare:
            names = {"one": translate(GRADIENTS[params.gradient]), "other": translate(GRADIENTS[params.other_gradient])}
            self.legend.show_words(*_COMPARED, **names)
        else:
            both = () if self._compact else (_BELOW,) if self._wide else (_BESIDE,)
            wordings = _FLOORED if frame.floored else (*both, *_VALUE)
            self.legend.show_words(*wordings, color="muted_text")

    def _show_path(self, params: DescentParams, frame: DescentFrame, before: _Shown | None) -> None:
        self.path.show_path(frame.path.drawn, _ink(params))
        other = curve_color(_INKS[params.other_gradient])
        self.other.show_path(frame.other.drawn if frame.other is not None else None, other, dashed=True)
        if before is not None and before.params.surface.text == params.surface.text:
            self.ghost_path.show_path(before.frame.path.drawn, _ink(before.params), theme().ghost_opacity, plain=True)
        else:
            self.ghost_path.hide()

    def _show_places(self, params: DescentParams, frame: DescentFrame) -> None:
        colors, color, path = theme(), _ink(params), frame.path
        rim = pen(colors.surface, 1.5)
        minima = np.array(params.surface.minima).reshape(-1, len(frame.x))[:, :2]
        _put(self.minima, minima, "star", _STAR, rim, brush(colors.text))
        selected = frame.selected_row(params)
        row = -1 if selected is None else selected
        drawn = path.drawn[[row]] if len(path) else _NOWHERE
        seen = bool(len(drawn)) and not np.isnan(drawn).any() and frame.map.holds(*drawn[0].tolist())
        shown = drawn if seen else _NOWHERE
        if selected is None:
            _put(self.here, shown, "o", _MARK, rim, brush(color))
        else:
            _put(self.here, shown, "o", _RING, pen(color, 2.5), brush(colors.surface, 0.0))
        words = None
        if seen and frame.update and not self._compact:
            words = translate(_END(n=int(path.steps[row]), f=format_short(float(path.values[row]))))
        self.words.show_words(drawn, words, colors.text)
        left = _NOWHERE if frame.exit_place is None else frame.exit_place[None, :2]
        _put(self.exit, left, "s", _MARK, rim, brush(colors.wrong))
        self.exit_words.show_words(left, translate(_LEFT(n=frame.exit_step)) if len(left) else None, colors.wrong)

    def _show_pitfall(self, params: DescentParams, frame: DescentFrame) -> None:
        colors, after = theme(), frame.start_after
        jumps = after is not None and frame.update > 0 and bool(np.all(np.isfinite(after)))
        # Its steps are shorter than dashes; only the jump to its start is dashed.
        self.second.show_path(required(frame.second).drawn if jumps else None, colors.wrong)
        inside = jumps and frame.map.holds(*required(after)[:2].tolist())
        place = required(after)[None, :2] if inside else _NOWHERE
        _put(self.new_start, place, "o", _RING, pen(colors.wrong, 2.5), brush(colors.surface))
        self.start_words.show_words(place, translate(_NEW_START) if inside else None, colors.wrong)
        if jumps:
            self.words.hide()
        if inside:
            start, end = (params.start[0], params.start[1]), (float(place[0, 0]), float(place[0, 1]))
            self.jump.show_arrow(start, end, colors.wrong, width=2, dashed=True, gap=9)
        else:
            self.jump.hide()

    # The relief

    def _show_relief(self, params: DescentParams, frame: DescentFrame, before: _Shown | None) -> None:
        """Show what the map shows (paths and marks) on the relief."""
        colors, color, after = theme(), _ink(params), frame.start_after
        paths, marks = [], [ReliefMark((x, y), "star", colors.text) for x, y, *_ in params.surface.minima]
        if before is not None and before.params.surface.text == params.surface.text:
            ghost = before.frame.path.drawn
            paths.append(ReliefPath(ghost, _ink(before.params), colors.ghost_opacity, plain=True))
        paths.append(ReliefPath(frame.path.drawn, color))
        if frame.other is not None:
            other = curve_color(_INKS[params.other_gradient])
            paths.append(ReliefPath(frame.other.drawn, other, dashed=True))
        start = (params.start[0], params.start[1])
        marks.append(ReliefMark(start, "ring", colors.handle, translate(_START)))
        if frame.exit_place is not None:
            marks.append(_mark(frame.exit_place, "square", colors.wrong, translate(_LEFT(n=frame.exit_step))))
        if after is not None and frame.update > 0 and bool(np.all(np.isfinite(after))):
            paths.append(ReliefPath(required(frame.second).drawn, colors.wrong))
            paths.append(ReliefPath(np.array([start, after[:2]]), colors.wrong, dashed=True, plain=True))
            marks.append(_mark(after, "ring", colors.wrong, translate(_NEW_START)))
        elif len(frame.path):
            selected = frame.selected_row(params)
            row = -1 if selected is None else selected
            words = translate(_END(n=int(frame.path.steps[row]), f=format_short(float(frame.path.values[row]))))
            kind: MarkerShape = "dot" if selected is None else "ring"
            marks.append(_mark(frame.path.places[row], kind, color, words if frame.update else ""))
        parts = ReliefParts(paths, marks=marks)
        self.relief.show_relief(frame.relief(params), params.aspect, parts, self.turning.words(params))

    # Beside and beneath

    def _show_scale(self, params: DescentParams, frame: DescentFrame, before: _Shown | None) -> None:
        colors = theme()
        low, high = frame.rate_range.tolist()
        self.scale.show_scale(low, high, translate(_RATE(rate=in_powers(params.learning_rate, 6))))
        mark = None if frame.limit is None else math.log10(frame.limit)
        zones: list[Zone] = []
        if frame.zones is not None:
            ends = (low - 1, *np.log10(frame.zones).tolist(), high + 1)
            parts = (
                (_CRAWLS, colors.muted_text, 0.16),
                (_SETTLES, colors.right, 0.34),
                (_ZIGZAGS, colors.right, 0.17),
                (_DIVERGES, colors.wrong, 0.24),
            )
            for (start, end), (wordings, color, strength) in zip(pairwise(ends), parts, strict=True):
                if end > start:
                    zones.append(Zone(start, end, tuple(translate(words) for words in wordings), color, strength))
        elif mark is not None:
            values = {"limit": format_short(required(frame.limit)), "place": bracketed(required(frame.limit_place))}
            too_large = tuple(translate(words(**values)) for words in _TOO_LARGE)
            zones.append(Zone(mark, high + 1, too_large, colors.wrong, 0.24))
        was = before.params.learning_rate if before is not None else params.learning_rate
        ghost = math.log10(was) if was != params.learning_rate else None
        self.scale.show_rate(math.log10(params.learning_rate), ghost, zones, mark)

    def _show_curves(self, params: DescentParams, frame: DescentFrame, before: _Shown | None) -> None:
        color, steps = _ink(params), frame.path.steps
        row = frame.selected_row(params)
        whole: DescentFrame = self.farthest.frame
        low, high = whole.value_range.tolist()
        self.values.show_scale(whole.last_step, low, high, whole.signed)
        self.values.show_curve(steps, frame.value_heights, color, row)
        self.norms.show_scale(whole.last_step, *whole.norm_range.tolist())
        self.norms.show_curve(steps, frame.norm_heights, color, row)
        if before is not None and before.frame.signed == frame.signed:
            was, ink = before.frame, _ink(before.params)
            self.values.show_ghost(was.path.steps, was.value_heights, ink)
            self.norms.show_ghost(was.path.steps, was.norm_heights, ink)
        else:
            for plot in (self.values, self.norms):
                plot.show_ghost(np.empty(0), np.empty(0), color)


def _function(params: DescentParams) -> object:
    """What identifies the descended function; curves of another function cannot be compared with the present ones."""
    return params.function, params.own


def _ink(params: DescentParams) -> str:
    """The colour of a path, by the kind of gradient that it follows."""
    return curve_color(_INKS[params.gradient])


def _walk(params: DescentParams) -> DescentParams:
    """The parameters with view and direction of view at fixed values; two descents are equal if these parameters
    are.
    """
    return params.replaced({"view": "map", "turn": 0, "tilt": 90})


def _mark(place: np.ndarray, kind: MarkerShape, color: str, words: str) -> ReliefMark:
    """A mark of the relief at a place (D,), of which only the first two coordinates are drawn."""
    return ReliefMark((float(place[0]), float(place[1])), kind, color, words)


def _put(marks: pg.ScatterPlotItem, places: np.ndarray, symbol: str, size: int, outline: QPen, inside: QBrush) -> None:
    """Show marks at places (K, 2), with all settings at once."""
    marks.setData(places[:, 0], places[:, 1], symbol=symbol, size=px(size), pen=outline, brush=inside)
