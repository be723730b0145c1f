"""Draws `descent`: the path over a map, a scale of learning rates beneath it, value and gradient over the steps."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QFontMetricsF, QPen

from engine.calculus.expressions.characters import for_people
from engine.contract.numerals import format_real
from engine.contract.text import Text
from engine.experiments.ch4_training.parts.descent_params import DescentFrame, DescentParams
from engine.experiments.ch4_training.parts.descent_words import place_text, short
from gui.plots.board.fitting_words import FittingWords
from gui.plots.curves.power_curves import PowerCurves
from gui.plots.drawing.curve_ink import curve_color
from gui.plots.drawing.ink import brush, pen
from gui.plots.plane.arrow import ArrowItem
from gui.plots.plane.plane import Plane
from gui.plots.surface.path import PathItem
from gui.plots.surface.place_words import PlaceWords
from gui.plots.surface.rate_scale import RateScale, Zone
from gui.plots.surface.surface import SurfaceItem
from gui.stage.layout import Layout
from gui.stage.view import Snapshot, View
from gui.style.language import show
from gui.style.theme import theme
from gui.style.typography import font, scaled

_RATE = Text("learning rate η = {rate}", "学习率 η = {rate}")
_STEP = Text("step", "步")
_SLICE = Text("{f}, slice at x2 = {x2} (x2 is now {now})", "{f}，x2 = {x2} 处的截面（x2 现在是 {now}）")
_PRESS = Text("{f}  ·  double click: start there", "{f}  ·  双击：从那里出发")
_CRAWLS = (Text("crawls", "几乎不动"),)
_SETTLES = (Text("settles", "收敛"),)
_ZIGZAGS = (Text("zigzags", "之字形收敛"), Text("zigzag", "之字形"))
_DIVERGES = (Text("diverges", "发散"),)
_TOO_LARGE = (
    Text("from {limit} on too large for {place}", "从 {limit} 起太大，在 {place} 停不住"),
    Text("too large for {place}", "在 {place} 停不住"),
    Text("too large", "太大"),
)
_END = Text("step {n}: f = {f}", "第 {n} 步：f = {f}")
_LEFT = Text("left in step {n}", "第 {n} 步走出画面")
_NEW_START = Text("the start after the call", "调用后的起点")
_SECOND = (
    Text(
        "second call: kept start, the same path; changed start, the dashed one",
        "第二次调用：起点没被改，路径不变；被改了，走虚线",
    ),
    Text("second call with the changed start: dashed", "起点被改后的第二次调用：虚线"),
    Text("second call: dashed", "第二次：虚线"),
    Text("call 2: dashed", "第二次"),
)
_COMPARED = (
    Text("solid: {one} gradient · dashed: {other}", "实线：{one} · 虚线：{other}"),
    Text("dashed: {other}", "虚线：{other}"),
)
_VALUE = (
    Text("f over the steps, below it |∇f|", "f 随步数的变化，下面是 |∇f|"),
    Text("f over the steps", "f 随步数的变化"),
    Text("f", "f"),
)
_FLOORED = (
    Text("f over the steps; below 10⁻¹⁸ at the bottom", "f 随步数的变化，小于 10⁻¹⁸ 的画在底部"),
    Text("f; below 10⁻¹⁸ at the bottom", "f，小于 10⁻¹⁸ 的画在底部"),
    Text("f", "f"),
)
_NAMES = {"exact": Text("exact", "解析求导"), "numerical": Text("numerical", "数值微分")}
_INKS = {"exact": 1, "numerical": 2}
_MARK, _STAR, _RING = 11, 17, 16


class DescentView(View):
    """The map takes the larger part; the rate can be dragged on the scale under it."""

    wide_from = 1.2
    compact_below = 340
    handle_plots = MappingProxyType({"rate": "scale", "": "plane"})
    adds_on = "plane"

    def build(self) -> None:
        self.plane = Plane(QRectF(-9, -9, 18, 18), "x0", "x1")
        self.plane.zooms = True
        self.surface = SurfaceItem()
        self.surface.add_to(self.plane)
        self.path, self.other, self.second = PathItem(12), PathItem(11), PathItem(13)
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
        self.note, self.legend = FittingWords(), FittingWords()
        self.scale = RateScale()
        self.values, self.norms = PowerCurves(), PowerCurves()
        self.scale.grabbed.connect(self._rate_grabbed)
        self.scale.released.connect(self.gesture_ended)
        self.probe_plot(self.plane)
        for plot in (self.values, self.norms):
            self.probe_plot(plot, "steps")
        self._wide, self._compact = True, False

    def layout_for(self, params: DescentParams, wide: bool, compact: bool) -> Layout:
        if wide and compact:
            return Layout(("plane legend", "plane values", "plane scale"), (0, 100, 0), (54, 46))
        if wide:
            cells = ("note legend", "plane values", "plane norms", "scale norms")
            return Layout(cells, (0, 60, 40, 0), (62, 38))
        below = "values values" if compact else "values norms"
        cells = ("note note", "plane plane", "scale scale", "legend legend", below)
        return Layout(cells, (0, 64, 0, 0, 36), (60, 40))

    def arrange(self, wide: bool, compact: bool) -> None:
        self._wide, self._compact = wide, compact
        self._dress_axes()

    def restyle(self) -> None:
        for item in (self.plane, self.surface, self.note, self.legend):
            item.restyle()
        self._dress_axes()

    def _dress_axes(self) -> None:
        """The plane is flush with the scale beneath it; of plots above one another the lowest names their axis."""
        lead = round(QFontMetricsF(font("notes")).horizontalAdvance("\N{MINUS SIGN}0.5"))
        lead += round(QFontMetricsF(font("text")).height()) + scaled(12)
        self.plane.getAxis("left").setWidth(lead)
        self.plane.getAxis("bottom").showLabel(not self._compact)
        self.scale.restyle(lead, self._compact)
        self.values.set_names("" if self._wide and not self._compact else show(_STEP), "f")
        self.norms.set_names(show(_STEP), "|∇f|")

    def show_snapshot(self, current: Snapshot, ghost: Snapshot | None) -> None:
        params, frame = current.params, current.frame
        before = ghost if ghost is not None and _is_another(ghost, current) else None
        region = QRectF(QPointF(*frame.map.low), QPointF(*frame.map.high))
        if region != self.plane.square:
            self.plane.set_square(region)
        self.surface.show_map(frame.map)
        self._show_note(params, frame)
        self._show_path(params, frame, before)
        self._show_places(params, frame)
        self._show_pitfall(params, frame)
        self._show_scale(params, frame, before)
        self._show_curves(params, frame, before)

    # The map

    def _show_note(self, params: DescentParams, frame: DescentFrame) -> None:
        f = "f = " + for_people(params.surface.text)
        if frame.slice_x2 is not None:
            words = _SLICE(f=f, x2=format_real(frame.slice_x2), now=short(float(frame.x[2])))
            self.note.show_words(show(words), f, color=theme().muted_text)
        elif self._exporting:
            self.note.show_words(f, color=theme().muted_text)
        else:
            self.note.show_words(show(_PRESS(f=f)), f, color=theme().muted_text)
        if params.pitfall != "none" and frame.second_places is not None and len(frame.second_places) > 1:
            self.legend.show_words(*(show(one) for one in _SECOND), color=theme().wrong)
        elif params.compare:
            other = "exact" if params.gradient == "numerical" else "numerical"
            values = {"one": show(_NAMES[params.gradient]), "other": show(_NAMES[other])}
            self.legend.show_words(*(show(one(**values)) for one in _COMPARED))
        else:
            wordings = _FLOORED if frame.floored else _VALUE
            self.legend.show_words(*(show(one) for one in wordings), color=theme().muted_text)

    def _show_path(self, params: DescentParams, frame: DescentFrame, before: Snapshot | None) -> None:
        self.path.show_path(frame.drawn, curve_color(_INKS[params.gradient]))
        if frame.other_drawn is not None:
            other = "exact" if params.gradient == "numerical" else "numerical"
            self.other.show_path(frame.other_drawn, curve_color(_INKS[other]), dashed=True)
            # The thinner dashed path is seen on the other where both are one.
            self.other.setZValue(12.5)
        else:
            self.other.hide()
        if before is not None and before.params.surface.text == params.surface.text:
            color = curve_color(_INKS[before.params.gradient])
            self.ghost_path.show_path(before.frame.drawn, color, theme().ghost_opacity, plain=True)
        else:
            self.ghost_path.hide()

    def _show_places(self, params: DescentParams, frame: DescentFrame) -> None:
        colors = theme()
        minima = np.array(params.surface.minima).reshape(-1, len(frame.x))[:, :2]
        _put(self.minima, minima, "star", _STAR, pen(colors.surface, 1.5), brush(colors.text))
        row = self.experiment.selected_row(params, frame)
        color = curve_color(_INKS[params.gradient])
        drawn = frame.drawn[[-1 if row is None else row]] if len(frame.drawn) else np.empty((0, 2))
        seen = bool(len(drawn)) and not np.isnan(drawn).any() and frame.map.holds(*drawn[0].tolist())
        shown = drawn if seen else np.empty((0, 2))
        if row is None:
            _put(self.here, shown, "o", _MARK, pen(colors.surface, 1.5), brush(color))
        else:
            _put(self.here, shown, "o", _RING, pen(color, 2.5), brush(colors.surface, 0.0))
        if seen and frame.update and not self._compact:
            index = -1 if row is None else row
            values = {"n": int(frame.steps[index]), "f": short(float(frame.values[index]))}
            self.words.show_words(tuple(drawn[0].tolist()), show(_END(**values)), colors.text)
        else:
            self.words.hide()
        self._show_exit(frame)

    def _show_exit(self, frame: DescentFrame) -> None:
        colors = theme()
        place = np.empty((0, 2)) if frame.exit_place is None else frame.exit_place[None, :2]
        _put(self.exit, place, "s", _MARK, pen(colors.surface, 1.5), brush(colors.wrong))
        if frame.exit_step is None:
            self.exit_words.hide()
        else:
            words = show(_LEFT(n=frame.exit_step))
            self.exit_words.show_words(tuple(place[0].tolist()), words, colors.wrong)

    def _show_pitfall(self, params: DescentParams, frame: DescentFrame) -> None:
        colors = theme()
        if frame.start_after is None or not frame.update or not np.all(np.isfinite(frame.start_after)):
            self.second.hide()
            self.jump.hide()
            self.new_start.setData([], [])
            self.start_words.hide()
            return
        after = frame.start_after[:2]
        self.second.show_path(frame.second_drawn, colors.wrong, dashed=True)
        inside = frame.map.holds(*after.tolist())
        shown = after[None, :] if inside else np.empty((0, 2))
        _put(self.new_start, shown, "o", _RING, pen(colors.wrong, 2.5), brush(colors.surface))
        self.words.hide()
        if inside:
            self.jump.show_arrow(params.start, tuple(after.tolist()), colors.wrong, width=2, dashed=True, gap=9)
            self.start_words.show_words(tuple(after.tolist()), show(_NEW_START), colors.wrong)
        else:
            self.jump.hide()
            self.start_words.hide()

    # Beside and beneath

    def _show_scale(self, params: DescentParams, frame: DescentFrame, before: Snapshot | None) -> None:
        colors = theme()
        low, high = frame.rate_range.tolist()
        self.scale.show_scale(low, high, show(_RATE(rate=format_real(params.learning_rate))))
        zones: list[Zone] = []
        mark = None
        if frame.zones is not None:
            crawl, straight, limit = np.log10(frame.zones).tolist()
            ends = (low - 1, crawl, straight, limit, high + 1)
            parts = (
                (_CRAWLS, colors.muted_text, 0.16),
                (_SETTLES, colors.right, 0.34),
                (_ZIGZAGS, colors.right, 0.17),
                (_DIVERGES, colors.wrong, 0.24),
            )
            for start, end, (wordings, color, strength) in zip(ends, ends[1:], parts, strict=False):
                if end > start:
                    zones.append(Zone(start, end, tuple(show(words) for words in wordings), color, strength))
            mark = limit
        elif frame.limit is not None:
            values = {"limit": short(frame.limit), "place": place_text(frame.limit_place)}
            mark = math.log10(frame.limit)
            wordings = tuple(show(words(**values)) for words in _TOO_LARGE)
            zones.append(Zone(mark, high + 1, wordings, colors.wrong, 0.24))
        rate = math.log10(params.learning_rate)
        ghost = None
        if before is not None and before.params.learning_rate != params.learning_rate:
            ghost = math.log10(before.params.learning_rate)
        self.scale.show_rate(rate, ghost, zones, mark)

    def _show_curves(self, params: DescentParams, frame: DescentFrame, before: Snapshot | None) -> None:
        color = curve_color(_INKS[params.gradient])
        row = self.experiment.selected_row(params, frame)
        whole: DescentFrame = self.farthest.frame
        self.values.show_scale(whole.last_step, *whole.value_range.tolist(), whole.signed)
        self.values.show_curve(frame.steps, frame.value_heights, color, row)
        self.norms.show_scale(whole.last_step, *whole.norm_range.tolist())
        self.norms.show_curve(frame.steps, frame.norm_heights, color, row)
        if before is not None and before.frame.signed == frame.signed:
            was, ink = before.frame, curve_color(_INKS[before.params.gradient])
            self.values.show_ghost(was.steps, was.value_heights, ink)
            self.norms.show_ghost(was.steps, was.norm_heights, ink)
        else:
            for plot in (self.values, self.norms):
                plot.show_ghost(np.empty(0), np.empty(0), color)

    # The hand

    def _rate_grabbed(self, power: float) -> None:
        self.move_handle("rate", (power, 0.5))


def _is_another(ghost: Snapshot, current: Snapshot) -> bool:
    """Whether the picture from before was of another run, not of this one at an earlier step."""
    return ghost.params != current.params


def _put(marks: pg.ScatterPlotItem, places: np.ndarray, symbol: str, size: int, outline: QPen, inside: QBrush) -> None:
    """Show marks at places (K, 2), all settings at once."""
    marks.setData(places[:, 0], places[:, 1], symbol=symbol, size=scaled(size), pen=outline, brush=inside)
