"""Draws `optimizers`: all paths over one map, their losses, and the selected optimizer's step in detail."""

from __future__ import annotations

from itertools import zip_longest
from types import MappingProxyType

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF

from engine.contract.api import NONE, Text, format_short, in_powers, notation, required, untranslated
from engine.experiments.ch6_techniques.optimizers import Optimizers
from engine.experiments.ch6_techniques.optimizers.frame import OptimizersFrame
from engine.experiments.ch6_techniques.optimizers.params import PHASES, OptimizersParams
from engine.experiments.ch6_techniques.optimizers.phases import Phase
from engine.nn.optimizer_registry import OPTIMIZERS
from gui.plots.axes.axis import steady
from gui.plots.board.named_inks import NamedInk, NamedInks
from gui.plots.board.table import Cell, TableItem
from gui.plots.curves.curves import Curve
from gui.plots.curves.powers import PowerCurves
from gui.plots.drawing.record_looks import OPTIMIZER_LOOKS as LOOKS
from gui.plots.plane.arrow import ArrowItem
from gui.plots.plane.plane import Plane
from gui.plots.surface.path import PathItem
from gui.plots.surface.rate_scale import DivisorSquares
from gui.plots.surface.relief_parts import ReliefArrow, ReliefMark, ReliefParts, ReliefPath
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
    pen,
    px,
    theme,
    translate,
)
from gui.stage.relief_rotation import ReliefRotation

_PRESS = Text("{f}  ·  double click: start there")
_TURN = (
    Text("{f}  ·  drag: turn it; the start is moved on the map"),
    Text("{f}  ·  drag: turn it"),
)
_START = Text("start")
_LOSS = (Text("f over the steps"), untranslated("f"))
_STEP = Text("step")
_OPENED = (
    Text("{name}: step {step}, opened"),
    Text("{name}: step {step}"),
)
_HEADINGS = (Text("phase"), untranslated(""), untranslated("x0"), untranslated("x1"))
_NUMBERED = notation("{number} {phase}")
_DIVIDES = (
    Text("{name} divides by the side; the area is what it remembers"),
    Text("divides by the side"),
    Text("÷ side"),
)
_UNDIVIDED = (Text("{name} divides by nothing"), Text("no division"))
_ROOT = notation("√{symbol}{place} = {root}")
_ROWS = max(
    sum(max(1, sum(len(part.sums) for part in one.parts if part.phase == phase)) for phase in PHASES)
    for one in OPTIMIZERS.values()
)
"""The table rows of the optimizer with the longest step, so that nothing moves when another one is selected."""
_NARROW = 840
"""The width in pixels below which there is no room for the divisors' squares beside the numbers."""
_SHORT = 0.05
"""The share of the map's size below which the optimizer's memory is not drawn as an arrow: it would only hide its
point.
"""
_MARK, _STAR = 11, 17
_Shown = Snapshot[OptimizersParams, OptimizersFrame]


class OptimizersView(View[OptimizersParams, OptimizersFrame]):
    """The map takes most of the stage; beside it stand the losses, the step in detail, and its divisors."""

    experiment: Optimizers

    wide_from = 1.2
    compact_below = 340
    handle_plots = MappingProxyType({"": "plane"})
    adds_on = "plane"
    keeps_in_sight = ("start",)

    def build(self) -> None:
        self.inks = NamedInks()
        self.plane = Plane(QRectF(-9, -9, 18, 18), "x0", "x1")
        self.plane.zooms = True
        self.surface = SurfaceItem()
        self.surface.add_to(self.plane)
        self.paths = {rule: PathItem() for rule in OPTIMIZERS}
        self.ghosts = {rule: PathItem(5) for rule in OPTIMIZERS}
        self.minima, self.here = pg.ScatterPlotItem(), pg.ScatterPlotItem()
        self.minima.setZValue(15.5)
        self.here.setZValue(16)
        self.arrows = [ArrowItem(17) for _ in PHASES]
        self.plane.put(*self.ghosts.values(), *self.paths.values(), self.minima, self.here, *self.arrows)
        self.relief = ReliefPlot("x0", "x1", "f")
        self.turning = ReliefRotation(self, self.relief)
        # The way back: the map is left as it is.
        self.views = self.choice("view", SegmentedItem())
        self.losses = PowerCurves()
        self.pinned.behind(self.losses, "paths.f")
        self.note, self.legend, self.opened = FittingWords(), FittingWords(), FittingWords()
        self.table, self.squares = TableItem(), DivisorSquares()
        self.choice("selected", self.inks)
        self.probe_plot(self.plane)
        self.probe_plot(self.losses, "steps")
        self.dress(steady, self.plane, "\N{MINUS SIGN}0.5")
        self.dress(self.losses.set_names, _STEP, "f")
        self.dress(self.table.set_headings, _HEADINGS, (0, 2, 1, 1))

    def layout_for(self, params: OptimizersParams, wide: bool, compact: bool) -> Layout:
        plane = "relief" if params.view == "relief" else "plane"
        if not wide:
            if compact:
                return Layout(("inks", plane, "losses"), (0, 62, 38), (1,))
            cells = ("inks inks", "note note", f"{plane} {plane}", "legend opened", "losses table")
            return Layout(cells, (0, 0, 100, 0, 0), (50, 50))
        if compact:
            return Layout(("inks inks", f"{plane} losses"), (0, 100), (58, 42))
        if self.width() < px(_NARROW):
            return Layout(("inks inks", "note opened", f"{plane} table", f"{plane} losses"), (0, 0, 0, 100), (58, 42))
        if params.view == "relief":
            cells = ("inks inks inks inks", "note views legend legend", "relief relief losses losses",
                     "relief relief opened opened", "relief relief table squares")  # fmt: skip
            return Layout(cells, (0, 0, 100, 0, 0), (58, 0, 42, 0))
        cells = ("inks inks inks", "note legend legend", "plane losses losses", "plane opened opened",
                 "plane table squares")  # fmt: skip
        return Layout(cells, (0, 0, 100, 0, 0), (58, 42, 0))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        # A picture of these same walks, at an earlier step or with another one looked at, is no ghost.
        before = ghost if ghost is not None and _walks(ghost.params) != _walks(params) else None
        region = QRectF(QPointF(*frame.map.low), QPointF(*frame.map.high))
        if region != self.plane.square:
            self.plane.set_square(region)
        self.surface.show_map(frame.map)
        f = "f = " + params.surface.written
        press = _TURN if params.view == "relief" else (_PRESS,)
        words = [translate(one(f=f)) for one in press if not self._exporting]
        self.note.show_words(*words, f, color="muted_text")
        self.legend.show_words(*_LOSS, color="muted_text")
        values = {rule: format_short(frame.f[rule]) for rule in params.drawn}
        self.inks.show_inks([NamedInk(rule, LOOKS[rule], (f"f = {f}", f)) for rule, f in values.items()])
        phases = frame.phases(params)
        self._show_paths(params, frame, before)
        self._show_arrows(params, frame, phases)
        if params.view == "relief":
            self._show_relief(params, frame, before, phases)
        self._show_losses(params, frame, before)
        self._show_step(params, frame, phases)
        self._show_squares(params, frame)

    # The map

    def _show_paths(self, params: OptimizersParams, frame: OptimizersFrame, before: _Shown | None) -> None:
        has_ghost = before is not None and before.params.surface.text == params.surface.text
        for rule, item in self.paths.items():
            color = curve_color(LOOKS[rule])
            item.show_path(frame.paths[rule].drawn if rule in params.drawn else None, color)
            # The one looked at lies on top of the others.
            item.setZValue(12 if rule == params.selected else 10)
            is_ghost = before is not None and has_ghost and rule in before.params.drawn
            ghost = before.frame.paths[rule].drawn if before is not None and is_ghost else None
            self.ghosts[rule].show_path(ghost, color, theme().ghost_opacity, plain=True)
        colors, rim = theme(), pen(theme().surface, 1.5)
        minima = np.array(params.surface.minima).reshape(-1, 2)
        self.minima.setData(*minima.T, symbol="star", size=px(_STAR), pen=rim, brush=brush(colors.text))
        ends = [(rule, frame.paths[rule].drawn[-1]) for rule in params.drawn if len(frame.paths[rule])]
        seen = [(rule, place) for rule, place in ends if not np.isnan(place).any()]
        places = np.array([place for _, place in seen]).reshape(-1, 2)
        inks = [brush(curve_color(LOOKS[rule])) for rule, _ in seen]
        self.here.setData(*places.T, symbol="o", size=px(_MARK), pen=rim, brush=inks)

    def _show_arrows(self, params: OptimizersParams, frame: OptimizersFrame, phases: tuple[Phase, ...]) -> None:
        """Within a step, show the direction of each finished phase; between steps only the memory kept for the next
        step.
        """
        color, shown = curve_color(LOOKS[params.selected]), _pulls(frame, phases)
        foot = frame.x[params.selected]
        for item, arrow in zip_longest(self.arrows, shown):
            if arrow is None:
                item.hide()
                continue
            name, way = arrow
            is_newest = arrow is shown[-1]
            ink = color if is_newest else theme().muted_text
            item.show_arrow(tuple(foot.tolist()), tuple((foot + way).tolist()), ink, name, 2.5 if is_newest else 1.8)

    # The relief

    def _show_relief(
        self, params: OptimizersParams, frame: OptimizersFrame, before: _Shown | None, phases: tuple[Phase, ...]
    ) -> None:
        """Show what the map shows (paths and arrows) on the relief."""
        colors, foot = theme(), tuple(frame.x[params.selected].tolist())
        paths = []
        if before is not None and before.params.surface.text == params.surface.text:
            ghosts = [(before.frame.paths[rule].drawn, curve_color(LOOKS[rule])) for rule in before.params.drawn]
            paths = [ReliefPath(drawn, color, colors.ghost_opacity, plain=True) for drawn, color in ghosts]
        # The one looked at lies on top of the others.
        on_top = sorted(params.drawn, key=lambda rule: rule == params.selected)
        paths += [ReliefPath(frame.paths[rule].drawn, curve_color(LOOKS[rule])) for rule in on_top]
        marks = [ReliefMark((x, y), "star", colors.text) for x, y in params.surface.minima]
        marks.append(ReliefMark((params.start[0], params.start[1]), "ring", colors.handle, translate(_START)))
        ends = [(rule, frame.paths[rule].places[-1].tolist()) for rule in on_top if len(frame.paths[rule])]
        marks += [ReliefMark((x, y), "dot", curve_color(LOOKS[rule])) for rule, (x, y) in ends]
        pulls = _pulls(frame, phases)
        inks = [colors.muted_text] * (len(pulls) - 1) + [curve_color(LOOKS[params.selected])]
        arrows = [
            ReliefArrow(foot, tuple(way.tolist()), ink, name) for (name, way), ink in zip(pulls, inks, strict=False)
        ]
        parts = ReliefParts(paths, arrows=arrows, marks=marks)
        self.relief.show_relief(frame.relief(params), params.aspect, parts, self.turning.words(params))

    # Beside it

    def _show_losses(self, params: OptimizersParams, frame: OptimizersFrame, before: _Shown | None) -> None:
        whole: OptimizersFrame = self.farthest.frame
        ranges = np.array([whole.ranges[rule] for rule in params.drawn])
        self.losses.show_scale(whole.last_step, float(ranges[:, 0].min()), float(ranges[:, 1].max()), whole.signed)
        # Heights of another function say nothing beside these.
        alike = before is not None and before.params.surface.text == params.surface.text
        ghosts = _curves(before.params, before.frame, 1.4) if before is not None and alike else []
        self.losses.show_curves(_curves(params, frame, 2.0), LOOKS[params.selected], ghosts)

    def _show_step(self, params: OptimizersParams, frame: OptimizersFrame, phases: tuple[Phase, ...]) -> None:
        colors, rows, here = theme(), [], None
        for number, phase in enumerate(phases or tuple(Phase(kind, untranslated("")) for kind in PHASES), start=1):
            ink = colors.text if number <= frame.phase and phase.quantities else colors.muted_text
            for place, one in enumerate(phase.quantities or (None,)):
                name = translate(_NUMBERED(number=number, phase=PHASES[phase.kind])) if place == 0 else ""
                numbers = ["", ""]
                if one is None:
                    numbers = [NONE, NONE] if number <= frame.phase else numbers
                elif number <= frame.phase:
                    both = one.result
                    numbers = (
                        [format_short(both, 4), ""]
                        if isinstance(both, float)
                        else [format_short(part, 4) for part in both.tolist()]
                    )
                symbol = one.symbol if one is not None else ""
                rows.append([Cell(name, ink), Cell(symbol, ink), *(Cell(text, ink) for text in numbers)])
            if number == frame.phase:
                here = len(rows) - 1
        empty = [Cell("")] * len(_HEADINGS)
        self.table.show_rows([*rows, *[empty] * (_ROWS - len(rows))], here)
        if not self.table.shows(0):
            # Without the names of the phases a row that has no letter either says nothing.
            told = [row if row[1].text else empty for row in rows]
            here = None if here is None or told[here] is empty else here
            self.table.show_rows([*told, *[empty] * (_ROWS - len(rows))], here)
        name = OPTIMIZERS[params.selected].name
        self.opened.show_words(*_OPENED, color="muted_text", name=name, step=frame.step)

    def _show_squares(self, params: OptimizersParams, frame: OptimizersFrame) -> None:
        rule, color, roots = (
            OPTIMIZERS[params.selected],
            curve_color(LOOKS[params.selected]),
            frame.roots(params),
        )
        name = rule.name
        if roots is None:
            self.squares.show_roots([translate(one(name=name)) for one in _UNDIVIDED], None, 1.0, (), color)
            return
        letter, _ = required(rule.squares)
        labels = [
            translate(_ROOT(symbol=letter, place="₀₁"[index], root=in_powers(root, 3)))
            for index, root in enumerate(roots.tolist())
        ]
        largest = self.farthest.frame.largest_root[params.selected]
        self.squares.show_roots([translate(one(name=name)) for one in _DIVIDES], roots, largest, labels, color)


def _walks(params: OptimizersParams) -> OptimizersParams:
    """The parameters with those at fixed values that do not affect the paths; paths are equal if these parameters
    are.
    """
    return params.replaced({"selected": "sgd", "shown": ("sgd",), "view": "map", "turn": 0, "tilt": 90})


def _pulls(frame: OptimizersFrame, phases: tuple[Phase, ...]) -> list[tuple[str, np.ndarray]]:
    """The directions (name, vector) of the finished phases; between steps the optimizer's memory, if it is large enough
    to be drawn.
    """
    if 0 < frame.phase < len(PHASES):
        return [phase.arrow for phase in phases[: frame.phase] if phase.arrow]
    kept = [phase.arrow for phase in phases if phase.kind == "memory" and phase.arrow]
    return [arrow for arrow in kept if float(np.max(np.abs(arrow[1]))) > _SHORT * frame.map.size]


def _curves(params: OptimizersParams, frame: OptimizersFrame, width: float) -> list[Curve]:
    return [Curve(LOOKS[rule], frame.paths[rule].steps, frame.heights[rule], width) for rule in params.drawn]
