"""Draws `differentiation`: the valley of errors over h with the secant and a magnified detail of it, or a gradient of
integers.
"""

from __future__ import annotations

import math
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from engine.contract.api import Text, format_real, notation, untranslated
from engine.experiments.ch4_training.differentiation.params import (
    BESIDE,
    BOOK_H,
    DIFFERENCES,
    DTYPES,
    ENTRIES,
    LARGEST,
    NO_ERROR,
    SMALLEST,
    DifferentiationFrame,
    DifferentiationParams,
)
from engine.experiments.ch4_training.differentiation.words import error_words, tiny
from gui.plots.board.table import Cell, TableItem
from gui.plots.curves.slopes import SlopesPlot, Straight
from gui.plots.curves.valley import ErrorCurve, ValleyPlot, ValleyWords, Zone, powers_of
from gui.stage.api import RIGHT, FittingWords, Layout, SegmentedItem, Snapshot, View, curve_color, theme, translate
from gui.stage.rings import ring_places
from gui.style.typography import px

_ONE_PLOT = 480
"""The width in pixels below which a low stage shows the valley alone."""
_ENDS = (SMALLEST - 0.4, LARGEST + 0.35)
"""The ends of the axis of h, as powers of ten."""
_ALIGN = MappingProxyType({"views": RIGHT, "shown": RIGHT, "entries": RIGHT})
_INKS = {"forward": 1, "central": 2}

_TITLE = (
    Text("How far off is the secant's slope? The error for every h"),
    Text("Error of the slope for every h"),
    Text("Error over h"),
)
_H, _ERROR = Text("step h"), Text("error of the slope")
_NAMES = {"forward": Text("forward", context="short"), "central": Text("central", context="short")}
_CURVE = notation("{difference} {dtype}")
_HEADING, _THEORY, _BEFORE = Text("error at h = {h}"), Text("theory"), Text("before")
_ZONES = (
    (Text("rounding: worse to the left"), Text("rounding")),
    (Text("valley"), Text("best")),
    (Text("truncation: worse to the right"), Text("truncation")),
)
_BOOK = Text("the book's 10⁻⁴")
_TANGENT, _SECANT = Text("tangent {slope}"), Text("secant {slope}")
_MICROSCOPE = Text("microscope: x ± 1.5 h, {dtype}")
_CHANGE = Text("change of f ÷ h")
_NOTHING = {
    "no_value": Text("no value here"),
    "corner": Text("a corner: no tangent, so no error is defined"),
    "no_slope": Text("no derivative here"),
}
_CALL = (
    notation("f = (x0 − 1)² + (x1 − 2)³ + x2²  ·  x = np.array([{point}])"),
    notation("x = np.array([{point}])"),
)
_ENTRY = Text("{name}, the others stay")
_RIGHT = Text("right slope {slope}")
_RETURNED = Text("returned: {slope}")
_READ = Text("read at {above} and {below}, divided by 0.0002")
_COLUMNS = (
    (untranslated(""), 9),
    (untranslated("x"), 2),
    (untranslated("x + h"), 4),
    (Text("stored as"), 6),
    (untranslated("x − h"), 3),
    (Text("stored as"), 6),
    (Text("difference of f"), 1),
    (untranslated("÷ 2h"), 8),
    (Text("right", context="right value"), 8),
)
"""The table's columns as (heading, priority); the lowest priorities are left out first."""
_Shown = Snapshot[DifferentiationParams, DifferentiationFrame]


class DifferentiationView(View[DifferentiationParams, DifferentiationFrame]):
    """The valley takes most of the stage; h is dragged along it, or as the secant's second point."""

    compact_below = 380
    handle_plots = MappingProxyType({"h": "valley", "point": "slice", "": "function"})

    def build(self) -> None:
        self.valley = ValleyPlot(*_ENDS, NO_ERROR)
        self.function, self.microscope, self.slice = SlopesPlot(), SlopesPlot(), SlopesPlot()
        self.caption, self.table = FittingWords(), TableItem()
        self.views, self.shown = self.choice("view", SegmentedItem()), self.choice("shown", SegmentedItem())
        self.entries = self.choice("selected", SegmentedItem())
        self.table.row_clicked.connect(self._row_clicked)
        self.grips(self.valley.cursor, "h")
        self.probe_plot(self.function)
        for part in ("valley", "microscope", "slice"):
            self.probe_plot(getattr(self, part), part)
        self._compact = False
        self._rows: tuple[int, ...] = ()
        self._widest: dict[str, float] = {}
        self.dress(self._name_axes)

    def layout_for(self, params: DifferentiationParams, wide: bool, compact: bool) -> Layout:
        if params.view == "integer":
            cells = ("caption entries views", "slice slice slice", "table table table")
            return Layout(cells, (0, 1, 0), (1, 0, 0), _ALIGN)
        above = "caption shown views"
        if compact and self._is_narrow:
            return Layout((above, "valley valley valley"), (0, 1), (1, 0, 0), _ALIGN)
        if not wide:
            below = "function function microscope" if params.shows_causes else "function function function"
            return Layout((above, "valley valley valley", below), (0, 60, 40), (25, 25, 50), _ALIGN)
        cells = (above, "valley valley function", "valley valley microscope")
        rows = 3 if params.shows_causes and not compact else 2
        return Layout(cells[:rows], (0, 55, 45)[:rows], (30, 30, 40), _ALIGN)

    @property
    def _is_narrow(self) -> bool:
        """Whether the stage has room for only one plot."""
        return self.width() < px(_ONE_PLOT)

    def arrange(self, wide: bool, compact: bool) -> None:
        self._compact = compact
        self._name_axes()

    def _name_axes(self) -> None:
        """Set the names of the axes; they are empty if there is too little room."""
        entry = self.current.params.selected if self.current else ENTRIES[0]
        for plot, across, up, widest in (
            (self.function, untranslated("x"), untranslated("f(x)"), "−0.5"),
            (self.microscope, untranslated(""), _CHANGE, "−0.5"),
            (self.slice, _ENTRY(name=entry), untranslated("f"), "−1000"),
        ):
            plot.name_axes(*("" if self._compact else translate(name) for name in (across, up)))
            plot.set_room(widest)
        h, error = ("" if self._compact else translate(name) for name in (_H, _ERROR))
        self.valley.set_names(h, error, not self._compact)

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        if ghost is not None and ghost.params.view != params.view:
            ghost = None
        if params.view == "integer":
            self._show_integers(params, frame, ghost)
        else:
            self.caption.show_words(*_TITLE, color="muted_text")
            self._show_valley(params, frame, ghost)
            self._show_function(params, frame, ghost)
            self._show_microscope(params, frame)

    # The valley, the function, the microscope

    def _show_valley(self, params: DifferentiationParams, frame: DifferentiationFrame, ghost: _Shown | None) -> None:
        curves = [
            ErrorCurve(
                powers_of(frame.errors[i, j], NO_ERROR),
                curve_color(_INKS[difference]),
                dtype == "float32",
                (i, j) == params.row,
                translate(_CURVE(difference=_NAMES[difference], dtype=dtype)),
                error_words(float(frame.errors_here[i, j])),
            )
            for i, difference in enumerate(DIFFERENCES)
            for j, dtype in enumerate(DTYPES)
            if params.shows_curve((i, j))
        ]
        powers = before = None
        if ghost is not None:
            old = powers_of(ghost.frame.errors[ghost.params.row], NO_ERROR)
            chosen = powers_of(frame.errors[params.row], NO_ERROR)
            powers = None if np.array_equal(old, chosen, equal_nan=True) else old
            before = math.log10(ghost.params.h) if ghost.params.h != params.h else None
        words = ValleyWords(
            zones=_zones(params, frame) if params.shows_causes else (),
            best=_place(frame.best_h, frame.best_error) if params.shows_causes else None,
            step=_place(params.h, frame.error),
            mark=(math.log10(BOOK_H), translate(_BOOK)),
            heading=translate(_HEADING(h=tiny(params.h, 3))),
            before=translate(_BEFORE) if powers is not None else "",
            guides=translate(_THEORY) if params.shows_causes else "",
            message=translate(_NOTHING[frame.state]) if frame.state in _NOTHING else "",
        )
        theory = (frame.rounding, frame.truncation) if params.shows_causes else ()
        guides = [powers_of(row, 2 * NO_ERROR) for row in theory]
        self.valley.show_top(self._widened("top", frame.top))
        self.valley.show_errors(np.log10(frame.steps), curves, guides, powers, words)
        self.valley.cursor.show_cursor(math.log10(params.h), before)

    def _show_function(self, params: DifferentiationParams, frame: DifferentiationFrame, ghost: _Shown | None) -> None:
        held = self.axes_of.frame
        self.function.show_range(held.x_range.tolist(), held.y_range.tolist())
        old = (ghost.frame.curve_x, ghost.frame.curve_y) if ghost and ghost.params.text != params.text else None
        self.function.show_curve(frame.curve_x, frame.curve_y, old)
        lines = self._lines(params, frame, (params.x, frame.value), (frame.ends_x[0], frame.ends_y[0]))
        dots = _dots(frame.ends_x, frame.ends_y, self._ink(params)) if math.isfinite(frame.value) else ()
        self.function.show_marks(lines, dots, clear_of=ring_places(self, "function"))

    def _show_microscope(self, params: DifferentiationParams, frame: DifferentiationFrame) -> None:
        plot, reach = self.microscope, self._widened("rise_reach", frame.rise_reach)
        plot.show_range((-1.5, 1.5), (-1.15 * reach, 1.55 * reach))
        plot.show_grid([(-1.0, "x − h"), (0.0, "x"), (1.0, "x + h")])
        plot.show_curve(frame.near, frame.rise)
        lines = self._lines(params, frame, (0.0, 0.0), (frame.ends_near[0], frame.ends_rise[0]), named=False)
        dots = _dots(frame.ends_near, frame.ends_rise, self._ink(params))
        plot.show_marks(lines, dots, (translate(_MICROSCOPE(dtype=params.dtype)), theme().muted_text))

    def _lines(
        self,
        params: DifferentiationParams,
        frame: DifferentiationFrame,
        here: tuple[float, float],
        end: tuple[float, float],
        named: bool = True,
    ) -> list[Straight]:
        """The tangent through ``here`` and the secant through ``end``, if they exist."""
        return [
            Straight(float(x), float(y), slope, color, dashed, translate(words(slope=_short(slope))) if named else "")
            for (x, y), slope, color, dashed, words in (
                (here, frame.exact, theme().right, False, _TANGENT),
                (end, frame.slope, self._ink(params), True, _SECANT),
            )
            if math.isfinite(slope) and math.isfinite(y)
        ]

    def _ink(self, params: DifferentiationParams) -> str:
        return curve_color(_INKS[params.difference])

    # Whole numbers

    def _show_integers(self, params: DifferentiationParams, frame: DifferentiationFrame, ghost: _Shown | None) -> None:
        colors, i, plot = theme(), params.entry, self.slice
        written = (f"{format_real(part)}.0" if params.pitfall == "none" and part == round(part) else format_real(part)
                   for part in params.point)  # fmt: skip
        self.caption.show_words(*_CALL, point=", ".join(written))
        self._name_axes()
        low, high, bottom, top = self.axes_of.frame.slice_ranges[i].tolist()
        plot.show_range((low, high), (bottom, top))
        plot.show_grid([(float(place), format_real(place)) for place in range(math.ceil(low), math.floor(high) + 1)])
        old = None
        if ghost is not None and ghost.params.point != params.point:
            old = (ghost.frame.slice_x, ghost.frame.slices[i])
        plot.show_curve(frame.slice_x, frame.slices[i], old)
        ink = colors.accent if frame.is_right[i] else colors.wrong
        above, below = frame.kept[i].tolist()
        lines = [
            Straight(
                float(frame.stored[i]), frame.f_stored, slope, color, dashed, translate(words(slope=_short(slope)))
            )
            for slope, color, dashed, words in (
                (float(frame.exact_gradient[i]), colors.right, False, _RIGHT),
                (float(frame.cut_gradient[i]), ink, True, _RETURNED),
            )
        ]
        read = translate(_READ(above=format_real(above), below=format_real(below)))
        dots, rings = _dots(frame.kept[i], frame.f_kept[i], ink), ring_places(self, "slice")
        plot.show_marks(lines, dots, (read, colors.muted_text), clear_of=rings)
        headings, needed = zip(*_COLUMNS, strict=True)
        self.table.set_headings([translate(heading) for heading in headings], needed)
        # Where there is room for little, the selected entry alone.
        self._rows = (i,) if self._compact and self._is_narrow else tuple(range(len(ENTRIES)))
        self.table.show_rows([_row(frame, row) for row in self._rows], self._rows.index(i))

    # The hand

    def _row_clicked(self, row: int) -> None:
        self.change({"selected": ENTRIES[self._rows[row]]})

    def _widened(self, name: str, value: float) -> float:
        """The end of an axis, from the frame's attribute ``name``. During a drag it is the largest value so far, so
        that the axis does not jump.
        """
        if self.axes_of is self.current:
            self._widest.clear()
            return value
        held: float = getattr(self.axes_of.frame, name)
        self._widest[name] = max(value, self._widest.get(name, held))
        return self._widest[name]


def _zones(params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[Zone, ...]:
    """The zones of step sizes left of the valley, at its floor and right of it, by cause of error; none if there are no
    errors.
    """
    if not math.isfinite(frame.best_h):
        return ()
    here = math.log10(params.h)
    borders = pairwise((_ENDS[0], *_floor(params, frame), _ENDS[1]))
    return tuple(
        Zone(low, high, tuple(translate(words) for words in wordings), low <= here < high, wordings is _ZONES[1])
        for (low, high), wordings in zip(borders, _ZONES, strict=True)
        if high > low
    )


def _floor(params: DifferentiationParams, frame: DifferentiationFrame) -> tuple[float, float]:
    """The two powers of ten between which the valley's floor lies: steps around the best h with errors as small as its
    own.
    """
    middle, powers = math.log10(frame.best_h), np.log10(frame.steps)
    if middle <= powers[0] + BESIDE and frame.best_error > 0:
        # Without rounding errors it goes down to the smallest h there is: no valley has been reached.
        return _ENDS[0], _ENDS[0]
    worse = powers[~(frame.errors[params.row] <= frame.best_error)]
    low, high = (worse[worse < middle].max(initial=_ENDS[0]), worse[worse > middle].min(initial=_ENDS[1]))
    return min(middle - BESIDE, float(low)), min(max(middle + BESIDE, float(high)), _ENDS[1])


def _place(h: float, error: float) -> tuple[float, float] | None:
    """(log10 of h, log10 of the error), the point in the plot; None if one of them is not finite."""
    if not (math.isfinite(h) and math.isfinite(error)):
        return None
    return math.log10(h), float(powers_of(np.array([error]), NO_ERROR)[0])


def _dots(x: np.ndarray, y: np.ndarray, ink: str) -> list[tuple[float, float, str]]:
    return [(at, height, ink) for at, height in zip(x.tolist(), y.tolist(), strict=True) if math.isfinite(height)]


def _short(slope: float) -> str:
    """A slope with four digits, or as a whole number if large."""
    return format_real(slope, 4) if abs(slope) < 1e4 else tiny(round(slope), 5)


def _row(frame: DifferentiationFrame, row: int) -> list[Cell]:
    """The table's cells for one entry, as the code changes it step by step; truncated numbers are marked."""
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
