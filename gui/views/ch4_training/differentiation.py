"""Draws `differentiation`: the valley of errors over h with secant and microscope, or a gradient of whole numbers."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np

from engine.contract.numerals import format_real
from engine.experiments.ch4_training.parts import differentiation_labels as labels
from engine.experiments.ch4_training.parts.differentiation_params import (
    BOOK_H,
    DIFFERENCES,
    DTYPES,
    ENTRIES,
    NO_ERROR,
    DifferentiationFrame,
    DifferentiationParams,
)
from engine.experiments.ch4_training.parts.differentiation_words import error_words, tiny
from gui.plots.board.fitting_words import FittingWords
from gui.plots.board.segmented import SegmentedItem
from gui.plots.board.table import Cell, TableItem
from gui.plots.curves.slopes import Dot, SlopesPlot, Straight
from gui.plots.curves.valley import ErrorCurve, ValleyPlot, Zone, powers_of
from gui.plots.drawing.curve_ink import curve_color
from gui.stage.layout import RIGHT, Layout
from gui.stage.view import Snapshot, View
from gui.style.language import show
from gui.style.theme import theme
from gui.style.typography import scaled

_ONE_PLOT = 480
"""Pixels of width below which the valley stands alone where the stage is low, too."""
_ALIGN = MappingProxyType({"views": RIGHT, "entries": RIGHT})
_INKS = {"forward": 1, "central": 2}


class DifferentiationView(View):
    """The valley takes the larger part; h is dragged along it, or as the secant's second point."""

    compact_below = 380
    handle_plots = MappingProxyType({"h": "valley", "point": "slice", "": "function"})

    def build(self) -> None:
        self.valley = ValleyPlot(*labels.ENDS, NO_ERROR)
        self.function, self.microscope, self.slice = SlopesPlot(), SlopesPlot(), SlopesPlot()
        self.caption, self.table = FittingWords(), TableItem()
        self.views, self.entries = self.choice("view", SegmentedItem()), self.choice("selected", SegmentedItem())
        self.table.row_clicked.connect(self._row_clicked)
        self.valley.cursor.grabbed.connect(self._step_grabbed)
        self.valley.cursor.released.connect(self.gesture_ended)
        self.probe_plot(self.valley, "valley")
        self.probe_plot(self.function)
        self.probe_plot(self.microscope, "microscope")
        self.probe_plot(self.slice, "slice")
        self._compact = False
        self._rows = tuple(range(len(ENTRIES)))
        self._widest: dict[str, float] = {}

    def layout_for(self, params: DifferentiationParams, wide: bool, compact: bool) -> Layout:
        if params.view == "integer":
            cells = ("caption entries views", "slice slice slice", "table table table")
            return Layout(cells, (0, 1, 0), (1, 0, 0), _ALIGN)
        if compact and self._narrow:
            return Layout(("caption views views", "valley valley valley"), (0, 1), (1, 0, 0), _ALIGN)
        if wide and compact:
            cells = ("caption views views", "valley function function")
            return Layout(cells, (0, 50), (58, 21, 21), _ALIGN)
        if wide:
            cells = ("caption views views", "valley function function", "valley microscope microscope")
            return Layout(cells, (0, 55, 45), (58, 21, 21), _ALIGN)
        cells = ("caption views views", "valley valley valley", "function microscope microscope")
        return Layout(cells, (0, 60, 40), (50, 25, 25), _ALIGN)

    @property
    def _narrow(self) -> bool:
        """Whether there is room for one plot only."""
        return self.width() < scaled(_ONE_PLOT)

    def arrange(self, wide: bool, compact: bool) -> None:
        self._compact = compact
        self._name_axes()

    def _name_axes(self) -> None:
        """The axes' names, which take room of their own and stay away where there is little."""
        self.valley.set_compact(self._compact)
        shown = not self._compact
        self.function.set_names("x" if shown else "", "f(x)" if shown else "", "\N{MINUS SIGN}0.5")
        self.microscope.set_names("", show(labels.CHANGE) if shown else "", "\N{MINUS SIGN}0.5")
        entry = self.current.params.selected if self.current else ENTRIES[0]
        across = show(labels.ENTRY(name=entry)) if shown else ""
        self.slice.set_names(across, "f" if shown else "", "\N{MINUS SIGN}1000")

    def restyle(self) -> None:
        self.valley.restyle(show(labels.H), show(labels.ERROR))
        self._name_axes()
        self.caption.restyle()
        self.table.restyle()
    def show_snapshot(self, current: Snapshot, ghost: Snapshot | None) -> None:
        params, frame = current.params, current.frame
        if ghost is not None and ghost.params.view != params.view:
            ghost = None
        if params.view == "integer":
            self._show_integers(params, frame, ghost)
        else:
            self.caption.show_words(*(show(words) for words in labels.TITLE), color=theme().muted_text)
            self._show_valley(params, frame, ghost)
            self._show_function(params, frame, ghost)
            self._show_microscope(params, frame)

    # The valley, the function, the microscope

    def _show_valley(self, params: DifferentiationParams, frame: DifferentiationFrame, ghost: Snapshot | None) -> None:
        plot, across = self.valley, np.log10(frame.steps)
        plot.show_top(self._widened("top", frame.top))
        curves = [
            ErrorCurve(
                powers_of(frame.errors[i, j], NO_ERROR),
                curve_color(_INKS[difference]),
                dtype == "float32",
                (i, j) == params.row,
                show(labels.CURVE(difference=labels.NAMES[difference], dtype=dtype)),
                error_words(float(frame.errors_here[i, j])),
            )
            for i, difference in enumerate(DIFFERENCES)
            for j, dtype in enumerate(DTYPES)
        ]
        plot.show_errors(across, curves, show(labels.HEADING(h=tiny(params.h, 3))), show(labels.THEORY))
        plot.show_guides(across, [powers_of(row, 2 * NO_ERROR) for row in (frame.rounding, frame.truncation)])
        powers = before = None
        if ghost is not None:
            old = powers_of(ghost.frame.errors[ghost.params.row], NO_ERROR)
            same_curve = np.array_equal(old, powers_of(frame.errors[params.row], NO_ERROR), equal_nan=True)
            powers = None if same_curve else old
            before = math.log10(ghost.params.h) if ghost.params.h != params.h else None
        plot.show_ghost(across, powers, before)
        plot.show_step(math.log10(params.h), float(powers_of(np.array([frame.error]), NO_ERROR)[0]))
        plot.show_mark(math.log10(BOOK_H), show(labels.BOOK))
        plot.show_message(show(labels.NOTHING[frame.state]) if frame.state in labels.NOTHING else "")
        zones = [
            Zone(zone.low, zone.high, tuple(show(one) for one in zone.names), zone.here, zone.good)
            for zone in labels.zones(params, frame)
        ]
        best = None
        if math.isfinite(frame.best_h):
            best = (math.log10(frame.best_h), float(powers_of(np.array([frame.best_error]), NO_ERROR)[0]))
        plot.show_zones(zones, best)

    def _show_function(
        self, params: DifferentiationParams, frame: DifferentiationFrame, ghost: Snapshot | None
    ) -> None:
        plot, colors = self.function, theme()
        held = self.axes_of.frame
        plot.show_range(held.x_range.tolist(), held.y_range.tolist())
        old = (ghost.frame.curve_x, ghost.frame.curve_y) if ghost and ghost.frame.text != frame.text else None
        plot.show_curve(frame.curve_x, frame.curve_y, old)
        ink = curve_color(_INKS[params.difference])
        lines, words = [], []
        if math.isfinite(frame.exact):
            lines.append(Straight(params.x, frame.value, frame.exact, colors.right))
            words.append((show(labels.TANGENT(slope=_short(frame.exact))), colors.right))
        if math.isfinite(frame.slope):
            lines.append(Straight(float(frame.ends_x[0]), float(frame.ends_y[0]), frame.slope, ink, dashed=True))
            words.append((show(labels.SECANT(slope=_short(frame.slope))), ink))
        plot.show_straights(lines)
        plot.show_words(words)
        plot.show_dots(_dots(frame.ends_x, frame.ends_y, ink) if math.isfinite(frame.value) else ())

    def _show_microscope(self, params: DifferentiationParams, frame: DifferentiationFrame) -> None:
        plot, colors = self.microscope, theme()
        reach = self._widened("rise_reach", frame.rise_reach)
        plot.show_range((-1.5, 1.5), (-1.15 * reach, 1.55 * reach))
        plot.show_ticks([(-1.0, "x − h"), (0.0, "x"), (1.0, "x + h")])
        plot.show_grid((-1.0, 0.0, 1.0))
        plot.show_curve(frame.near, frame.rise)
        ink = curve_color(_INKS[params.difference])
        lines = [Straight(0.0, 0.0, frame.exact, colors.right)] if math.isfinite(frame.exact) else []
        if math.isfinite(frame.slope):
            at, height = float(frame.ends_near[0]), float(frame.ends_rise[0])
            lines.append(Straight(at, height, frame.slope, ink, dashed=True))
        plot.show_straights(lines)
        plot.show_dots(_dots(frame.ends_near, frame.ends_rise, ink))
        plot.show_words([(show(labels.MICROSCOPE(dtype=params.dtype)), colors.muted_text)])

    # Whole numbers

    def _show_integers(
        self, params: DifferentiationParams, frame: DifferentiationFrame, ghost: Snapshot | None
    ) -> None:
        colors, i = theme(), params.entry
        written = (f"{format_real(part)}.0" if params.pitfall == "none" and part == round(part) else format_real(part)
                   for part in params.point)  # fmt: skip
        self.caption.show_words(show(labels.CALL(point=", ".join(written))))
        self._name_axes()
        low, high, bottom, top = self.axes_of.frame.slice_ranges[i].tolist()
        self.slice.show_range((low, high), (bottom, top))
        whole = range(math.ceil(low), math.floor(high) + 1)
        self.slice.show_grid([float(place) for place in whole])
        self.slice.show_ticks([(float(place), format_real(place)) for place in whole])
        old = None
        if ghost is not None and ghost.params.point != params.point:
            old = (ghost.frame.slice_x, ghost.frame.slices[i])
        self.slice.show_curve(frame.slice_x, frame.slices[i], old)
        ink = colors.accent if frame.is_right[i] else colors.wrong
        above, below = frame.kept[i].tolist()
        middle = (float(frame.stored[i]), frame.f_stored)
        self.slice.show_straights(
            [
                Straight(*middle, float(frame.exact_gradient[i]), colors.right),
                Straight(*middle, float(frame.cut_gradient[i]), ink, dashed=True),
            ]
        )
        self.slice.show_dots([Dot(x, y, ink) for x, y in zip((above, below), frame.f_kept[i].tolist(), strict=True)])
        self.slice.show_words(
            [
                (show(labels.RIGHT(slope=_short(frame.exact_gradient[i]))), colors.right),
                (show(labels.RETURNED(slope=_short(frame.cut_gradient[i]))), ink),
                (show(labels.READ(above=format_real(above), below=format_real(below))), colors.muted_text),
            ]
        )
        self.table.set_headings(["", *(show(heading) for heading in labels.COLUMNS)], (9, 2, 4, 6, 3, 6, 1, 8, 8))
        # Where there is room for little, the selected entry alone.
        self._rows = (i,) if self._compact and self._narrow else tuple(range(len(ENTRIES)))
        self.table.show_rows([_row(frame, row) for row in self._rows], self._rows.index(i))

    # The hand

    def _row_clicked(self, row: int) -> None:
        self.change({"selected": ENTRIES[self._rows[row]]})

    def _step_grabbed(self, x: float, y: float) -> None:
        self.move_handle("h", (x, y))

    def _widened(self, name: str, value: float) -> float:
        """A frame field that an axis ends at; while something is dragged, the largest that it has been meanwhile."""
        if self.axes_of is self.current:
            self._widest.clear()
            return value
        self._widest[name] = max(value, self._widest.get(name, getattr(self.axes_of.frame, name)))
        return self._widest[name]


def _dots(x: np.ndarray, y: np.ndarray, ink: str) -> list[Dot]:
    return [Dot(at, height, ink) for at, height in zip(x.tolist(), y.tolist(), strict=True) if math.isfinite(height)]


def _short(slope: float) -> str:
    """A slope in four digits, or as a whole number where it is large."""
    return format_real(float(slope), 4) if abs(slope) < 1e4 else tiny(round(float(slope)), 5)


def _row(frame: DifferentiationFrame, row: int) -> list[Cell]:
    """One entry's way through the code; what was cut off is marked."""
    colors = theme()
    cells = [Cell(ENTRIES[row], strong=True), Cell(format_real(float(frame.stored[row])))]
    for asked, kept in zip(frame.asked[row].tolist(), frame.kept[row].tolist(), strict=True):
        cut = asked != kept
        cells += [Cell(format_real(asked)), Cell(format_real(kept), colors.wrong if cut else None, strong=cut)]
    found, exact = float(frame.cut_gradient[row]), float(frame.exact_gradient[row])
    return [
        *cells,
        Cell(format_real(float(frame.change[row]), 4)),
        Cell(format_real(found), colors.right if frame.is_right[row] else colors.wrong, strong=True),
        Cell(format_real(exact), colors.right),
    ]


