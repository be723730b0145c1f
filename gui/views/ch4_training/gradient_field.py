"""Draws `gradient_field`: the map with its arrows and one gradient, and beside it slices of the function along both
variables.
"""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt

from engine.calculus.surfaces import PLANE
from engine.contract.api import Text, bracketed, format_real, format_short, notation, required, untranslated
from engine.experiments.ch4_training.gradient_field.params import GradientFieldFrame, GradientFieldParams
from engine.experiments.ch4_training.gradient_field.words import changed, name_of
from engine.geometry.surface_map import SPREAD
from gui.plots.board.table import Cell, TableItem
from gui.plots.curves.slice import SlicePlot
from gui.plots.drawing.long_lines import LinePieces
from gui.plots.plane.plane import Plane
from gui.plots.surface.arrow_field import ArrowField
from gui.plots.surface.gradient_mark import GradientMark, GradientPicture
from gui.plots.surface.relief_parts import ReliefArrow, ReliefLine, ReliefMark, ReliefParts, ReliefPath
from gui.plots.surface.relief_plot import ReliefPlot
from gui.plots.surface.surface import SurfaceItem
from gui.stage.api import (
    GRID,
    RIGHT,
    FittingWords,
    Layout,
    SegmentedItem,
    curve_color,
    pen,
    px,
    theme,
    translate,
)
from gui.stage.relief_rotation import ReliefRotation
from gui.stage.view import Snapshot, View

_INKS = (1, 3)
"""The curve styles of x0 and x1, for components on the map and tangents on the slices."""
_MARGIN = 1.06
_LEFT, _BOTTOM = 56, 36
"""The room in pixels for the tick texts and names at the left and at the bottom, equal in plots that share an axis."""
_FILLED = 0.97
"""The share of its estimated room that the map takes at most, since heights are only estimated."""
_MAP_SHARE = 0.81
"""The share of the height that the map and its axis get at least, whatever stands below."""
_ROWS = (81, 19)
_WIDTH, _COMPACT_WIDTH = 76, 62
"""The largest share of the width for the map and its axis, in percent, usually and on a low stage."""
_NOTES = (
    Text("small arrows: {name} · thick line: contour through the point"),
    Text("small arrows: {name} · thick: contour"),
    Text("small arrows: {name}"),
)
_IN_RELIEF = (
    Text("thick line: as high as the point · drag: turn it; the point is moved on the map"),
    Text("thick line: as high as the point"),
    Text("thick: contour"),
)
_NUMERICAL = (
    Text("numerical, h = {h}: at most {difference} from the exact gradient"),
    Text("at most {difference} from the exact gradient"),
    Text("numerical"),
)
_SLICE = (
    Text("slope ∂f/∂{name} = {slope}"),
    notation("∂f/∂{name} = {slope}"),
    notation("{slope}"),
)
_NO_SLOPE = Text("no slope")
_MINIMUM = Text("minimum")
_NEAREST = Text("nearest minimum {place}")
_STEP = Text("a step of {step}")
_LANDING = Text("after a step of {step}: f = {f}")
_HEADINGS = (untranslated("f"), Text("change"))
_ALONG = Text("along {name}")
_HERE = Text("here")
_NOTHING = "\N{EN DASH}"
_ALIGN = MappingProxyType({"directions": RIGHT, "steps": Qt.AlignmentFlag.AlignVCenter})
_Shown = Snapshot[GradientFieldParams, GradientFieldFrame]


class GradientFieldView(View[GradientFieldParams, GradientFieldFrame]):
    """The map takes most of the stage and shares its axes with the slices; a table shows f before and after small
    steps.
    """

    wide_from = 0.95
    compact_below = 400
    adds_on = "plane"
    keeps_in_sight = ("point", "slice0", "slice1")
    handle_plots = MappingProxyType({"point": "plane", "slice0": "slice0", "slice1": "slice1"})

    def build(self) -> None:
        self.plane = Plane(QRectF(-9, -9, 18, 18), *PLANE)
        self.plane.zooms = True
        self.surface, self.field = SurfaceItem(), ArrowField()
        self.surface.add_to(self.plane)
        self.contour_halo, self.contour = LinePieces(), LinePieces()
        # The lines along which x0 and x1 change, as the slices show it.
        self.guides = (pg.InfiniteLine(angle=0), pg.InfiniteLine(angle=90))
        self.mark = GradientMark()
        for depth, item in ((-15, self.contour_halo), (-14, self.contour), *((-12, guide) for guide in self.guides)):
            item.setZValue(depth)
            self.plane.put(item)
        for item in (self.field, self.mark):
            self.plane.addItem(item, ignoreBounds=True)
        self.relief = ReliefPlot(*PLANE, "f")
        self.turning = ReliefRotation(self, self.relief)
        # The way back: the map is left as it is.
        self.views = self.choice("view", SegmentedItem())
        self.slice0, self.slice1 = self.slices = (SlicePlot(sideways=False), SlicePlot(sideways=True))
        self.plane.vb.sigRangeChanged.connect(self._share_axes)
        self.note, self.steps = FittingWords(), TableItem()
        self.directions = self.choice("direction", SegmentedItem())
        self.steps.row_clicked.connect(self._row_clicked)
        self.probe_plot(self.plane)
        for number, plot in enumerate(self.slices):
            self.probe_plot(plot, f"slice{number}")
        for plot in self.slices:
            self.dress(plot.set_name, "f")
        self.dress(self._dress_plots)

    def layout_for(self, params: GradientFieldParams, wide: bool, compact: bool) -> Layout:
        if params.view == "relief":
            if wide or compact:
                cells: tuple[str, ...] = ("note directions views", "relief relief relief", "steps steps steps")
                cells = cells[: 2 if compact else 3]
                return Layout(cells, (0, 1, 0)[: len(cells)], (1, 0, 0), _ALIGN)
            cells = ("note note", "directions views", "relief relief", "steps steps")
            return Layout(cells, (0, 0, 1, 0), (1, 0), _ALIGN)
        widths = self._widths(wide, compact)
        upper, lower = _ROWS
        if compact:
            return Layout(("note directions directions", "plane plane slice1"), (0, upper), widths, _ALIGN)
        if wide:
            cells = ("note note directions", "plane plane slice1", "slice0 slice0 steps")
            return Layout(cells, (0, upper, lower), widths, _ALIGN)
        cells = ("note note note", "directions directions directions", "plane plane slice1", "slice0 slice0 .",
                 "steps steps steps")  # fmt: skip
        return Layout(cells, (0, 0, upper, lower, 0), widths, _ALIGN)

    def arrange(self, wide: bool, compact: bool) -> None:
        if self.current is not None and self.current.params.view == "relief":
            return
        top = 1 if wide or compact else 2
        # So high that the room left over hardly matters: beside a table's least height, shares alone starve the map.
        for row, share in zip((top, top + 1), _ROWS[: 1 if compact else 2], strict=False):
            self.stage.ci.layout.setRowPreferredHeight(row, 5 * share)

    def _widths(self, wide: bool, compact: bool) -> tuple[int, int, int]:
        """Stretch factors of the three columns: the map gets no more width than it can use, the slice beside it the
        rest.

        The map spans two columns, so that the control above the slice may be wider than the slice.
        """
        above = self.directions.minimumHeight() + (self.note.minimumHeight() if not (wide or compact) else 0)
        below = self.steps.minimumHeight() if not (wide or compact) else 0
        share = 1.0 if compact else _MAP_SHARE
        height = (self.height() - above - below - 4 * GRID) * share - px(_BOTTOM)
        most = _FILLED * SPREAD * max(0.0, height) + px(_LEFT)
        part = min((_COMPACT_WIDTH if compact else _WIDTH) / 100, most / max(1, self.width() - 3 * GRID))
        return (round(550 * part), round(450 * part), round(1000 * (1 - part)))

    def _dress_plots(self) -> None:
        """Set the colours of plain pyqtgraph items, and align the plots' axes."""
        colors = theme()
        inks = [curve_color(ink) for ink in _INKS]
        for color, guide in zip(inks, self.guides, strict=True):
            guide.setPen(pen(color, 1.2, Qt.PenStyle.DashLine))
        self.contour_halo.setPen(pen(colors.surface, 5))
        self.contour.setPen(pen(colors.text, 2.2))
        self.mark.colors = (colors.backward, inks[0], inks[1])
        self.mark.update()
        for plot in (self.plane, self.slices[0]):
            plot.getAxis("left").setWidth(px(_LEFT))
        for plot in (self.plane, self.slices[1]):
            plot.getAxis("bottom").setHeight(px(_BOTTOM))
        self.slices[0].getAxis("bottom").setHeight(px(6))
        self.slices[1].getAxis("left").setWidth(px(6))
        self.field.update()

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        before = ghost.frame if ghost is not None and ghost.frame.map is frame.map else None
        self._show_region(frame)
        self.surface.show_map(frame.map)
        self.field.show_field(frame.field_places, frame.field_arrows)
        for item in (self.contour_halo, self.contour):
            item.show_pieces(frame.contour)
        for guide, part in zip(self.guides, reversed(frame.point.tolist()), strict=True):
            guide.setValue(part)
        if before is not None and (before.point.tolist(), before.sign) == (frame.point.tolist(), frame.sign):
            before = None
        old = _picture(ghost.params, before) if ghost is not None and before is not None else None
        self.mark.show_picture(_picture(params, frame), old)
        if params.view == "relief":
            self._show_relief(params, frame, before)
        self._show_slices(frame, before)
        self._show_steps(frame)
        self._show_note(params, frame)

    def _show_region(self, frame: GradientFieldFrame) -> None:
        """Show the function's region on the plane, extended on both sides if the point lies outside."""
        low, high = np.array(frame.map.low), np.array(frame.map.high)
        middle = (low + high) / 2
        half = np.maximum((high - low) / 2, np.abs(frame.point - middle) * _MARGIN)
        square = QRectF(*(middle - half).tolist(), *(2 * half).tolist())
        if square != self.plane.square:
            self.plane.set_square(square)

    def _show_relief(
        self, params: GradientFieldParams, frame: GradientFieldFrame, before: GradientFieldFrame | None
    ) -> None:
        """Show the point with its contour and arrow on the relief, and the way to the minimum."""
        colors, point = theme(), (float(frame.point[0]), float(frame.point[1]))
        arrows, paths, lines = [], [], []
        for one, opacity in ((before, colors.ghost_opacity), (frame, 1.0)):
            if one is not None and one.arrow is not None:
                foot, way = tuple(one.point.tolist()), tuple(one.arrow.tolist())
                name = name_of(one.sign) if one is frame else ""
                arrows.append(ReliefArrow(foot, way, colors.backward, name, 4.2, opacity))
        if frame.value is not None:
            lines.append(ReliefLine(frame.contour, frame.value, colors.text))
        if frame.arrow is not None and frame.minimum is not None:
            way_there = np.stack([frame.point, frame.minimum])
            paths.append(ReliefPath(way_there, colors.text, dashed=True, dots=False))
        marks = [ReliefMark((x, y), "star", colors.text) for x, y in frame.minima.tolist()]
        marks.append(ReliefMark(point, "dot", colors.text))
        parts = ReliefParts(paths, lines, arrows, marks)
        self.relief.show_relief(frame.relief(params), params.aspect, parts, self.turning.words(params))

    def _show_slices(self, frame: GradientFieldFrame, before: GradientFieldFrame | None) -> None:
        for number, plot in enumerate(self.slices):
            slope = None if math.isnan(frame.slopes[number]) else float(frame.slopes[number])
            wordings: tuple[str, ...] = (translate(_NO_SLOPE),)
            if slope is not None:
                wordings = tuple(translate(one(name=PLANE[number], slope=format_short(slope))) for one in _SLICE)
            places, values = (frame.across, frame.slice0) if number == 0 else (frame.along, frame.slice1)
            plot.show_heights(*frame.heights.tolist())
            old = None if before is None else (before.slice0 if number == 0 else before.slice1)
            here, words = (float(frame.point[number]), frame.height), (wordings, curve_color(_INKS[number]))
            plot.show_slice(places, values, here, slope, words, old)

    def _show_note(self, params: GradientFieldParams, frame: GradientFieldFrame) -> None:
        """Show a note on what is drawn, and for a numerical gradient how accurate it is."""
        wordings: tuple[Text, ...] = _NOTES
        values = {"name": "+∇f" if frame.sign > 0 else "−∇f"}
        if params.view == "relief":
            wordings = _IN_RELIEF[self._exporting :]
        if params.gradient == "numerical" and frame.difference is not None:
            wordings, values = _NUMERICAL, {"h": format_short(params.h), "difference": format_real(frame.difference, 2)}
        self.note.show_words(*wordings, color="muted_text", **values)

    def _show_steps(self, frame: GradientFieldFrame) -> None:
        """Show f at the point and after a small step in both directions, as a table; a click on a row draws its
        direction.
        """
        step = translate(_STEP(step=format_short(frame.step_length)))
        self.steps.set_headings([step, *(translate(heading) for heading in _HEADINGS)], (9, 7, 8))
        here = [Cell(translate(_HERE)), Cell(_NOTHING if frame.value is None else format_short(frame.value)), Cell("")]
        up, down = (
            _step_row(name, value, change)
            for name, value, change in (
                ("+∇f", frame.value_up, frame.change_up),
                ("−∇f", frame.value_down, frame.change_down),
            )
        )
        self.steps.show_rows([up, here, down], selected=0 if frame.sign > 0 else 2)

    def _share_axes(self, *_: object) -> None:
        (left, right), (low, high) = self.plane.vb.viewRange()
        self.slices[0].show_part(left, right)
        self.slices[1].show_part(low, high)

    # The hand

    def _row_clicked(self, row: int) -> None:
        if row != 1:
            self.change({"direction": "ascent" if row == 0 else "descent"})


def _picture(params: GradientFieldParams, frame: GradientFieldFrame) -> GradientPicture:
    place = tuple(frame.point.tolist())
    minima = [tuple(one) for one in frame.minima.tolist()]
    if frame.arrow is None:
        return GradientPicture(place, minima=minima)
    shown = required(frame.shown).tolist()
    minus = "" if frame.sign > 0 else "\N{MINUS SIGN}"
    minimum = None if frame.minimum is None else tuple(frame.minimum.tolist())
    after = frame.value_up if frame.sign > 0 else frame.value_down
    words = _MINIMUM if len(minima) < 2 else _NEAREST(place=bracketed(required(frame.minimum)))
    across, along = (
        (f"{minus}∂f/∂{name} = {format_short(part)}", format_short(part))
        for name, part in zip(PLANE, shown, strict=True)
    )
    return GradientPicture(
        place,
        tuple(frame.arrow.tolist()),
        None if frame.tangent is None else tuple(frame.tangent.tolist()),
        not frame.is_rough,
        minimum,
        minima,
        name_of(frame.sign),
        (across, along),
        "" if frame.shown_angle is None else f"{format_short(frame.shown_angle)}°",
        translate(words),
        None if frame.landing is None else tuple(frame.landing.tolist()),
        translate(_LANDING(step=format_short(frame.step_length), f=_NOTHING if after is None else format_short(after))),
    )


def _step_row(name: str, value: float | None, change: float | None) -> list[Cell]:
    words = translate(_ALONG(name=name))
    if value is None or change is None:
        return [Cell(words), Cell(_NOTHING), Cell(_NOTHING)]
    return [Cell(words, strong=True), Cell(format_short(value)), Cell(changed(change), strong=True)]
