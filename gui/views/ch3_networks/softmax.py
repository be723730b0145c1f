"""Draws `softmax`: scores above probabilities with the four stages of the computation between them, the limits of e^x,
or a batch of rows.
"""

from __future__ import annotations

import math
from types import MappingProxyType

from engine.contract.api import Text, format_real, untranslated
from engine.experiments.ch3_networks.softmax.params import (
    EXPONENTS,
    STOPS,
    NumberFormat,
    SoftmaxFrame,
    SoftmaxParams,
)
from gui.plots.bars.bar_plot import Bar, BarPlot, Bracket
from gui.plots.board.choosing import ChipsItem
from gui.plots.board.table import Cell, TableItem
from gui.plots.curves.limits import Limit, LimitsPlot
from gui.stage.api import FittingWords, SegmentedItem, Snapshot, View, theme, translate
from gui.stage.rings import arrow_upwards
from gui.stage.snapshot import RIGHT, TOP, Layout

_WIDEST = "\N{MINUS SIGN}1000"
_SCORE = (Text("score a"), Text("score a + c"))
_HINT = Text("double click in the upper plot: one more score")
_STOP_NAMES = {
    "shift": (untranslated("a − max"), untranslated("(a − max) / T")),
    "exponentiate": (untranslated("e^(a − max)"), untranslated("e^((a − max)/T)")),
    "sum": (Text("running sum"),) * 2,
    "divide": (Text("probability p"),) * 2,
}
_LETTERS = {"shift": "a", "exponentiate": "e", "sum": "e", "divide": "p"}
_SHIFTED = Text("max = {m}")
_SHIFTED_T = Text("max = {m}, T = {t}")
_LIMIT = Text("{format}: {x:.1f}")
_BEYOND = Text("Dots outside of a box: e^x does not fit that format")
_BEYOND_SHORT = Text("outside its box: overflow")
_ACROSS = {
    (False, False): Text("exponent x = a"),
    (False, True): Text("exponent x = a / T"),
    (True, False): Text("exponent x = a + c"),
    (True, True): Text("exponent x = (a + c) / T"),
}
"""The name of the exponents' axis, by whether a constant is added to all scores and whether they are divided by T."""
_FORMS = (
    untranslated("x"),
    Text("naive float32"),
    Text("naive float64"),
    Text("shifted"),
)
_STAYS = Text("shifted: p")
_OVERFLOW = {"overflow": Text("overflow"), "underflow": untranslated("0/0")}
_BATCH = (
    Text("row"),
    Text("scores"),
    Text("sum with axis=1"),
    Text("sum without axis"),
)
_ROW = Text("row {number}")
_CALLS = {"none": untranslated("softmax(x, axis=1)"), "no_axis": Text("softmax(x), axis left out")}
_LEVELS = (1.0, 2.0, 5.0, 10.0)
_DEPTHS = (5.0, 10.0, 20.0, 50.0, 100.0, 200.0)
_ROOM, _LOW_ROOM = 0.2, 0.45
"""Free room above the highest bar for its value, as a share of the axis: usually, and on a low stage."""
_MOST_ROWS = 6
_ALIGN = MappingProxyType({"views": RIGHT, "table": TOP})
_Shown = Snapshot[SoftmaxParams, SoftmaxFrame]


class SoftmaxView(View[SoftmaxParams, SoftmaxFrame]):
    """Bars are dragged at their tops; chips choose up to which stage the lower bars are computed."""

    compact_below = 420
    handle_plots = MappingProxyType({"offset": "limits", "": "scores"})
    adds_on = "scores"

    def build(self) -> None:
        self.scores, self.results, self.groups = BarPlot(_WIDEST), BarPlot(_WIDEST), BarPlot(_WIDEST)
        self.limits = LimitsPlot(EXPONENTS)
        self.views = self.choice("view", SegmentedItem())
        self.chips = self.choice("stop", ChipsItem())
        self.caption, self.table = FittingWords(), TableItem()
        for plot, part in ((self.scores, ""), (self.results, ""), (self.limits, "overflow"), (self.groups, "batch")):
            self.probe_plot(plot, part)
        self.dress(self.groups.set_name, _STOP_NAMES["divide"][0])
        self.dress(self.limits.set_names, _ACROSS[False, False], "e^x")

    def layout_for(self, params: SoftmaxParams, wide: bool, compact: bool) -> Layout:
        if params.view == "bars":
            cells: tuple[str, ...] = ("caption views", "scores scores", "chips chips", "results results")
            return Layout(cells, (0, 42, 0, 58), (1, 0))
        if params.view == "overflow" and wide:
            cells = ("caption views", "limits table", f"limits {'.' if compact else 'results'}")
            return Layout(cells, (0, 0, 1), (60, 0 if compact else 40), _ALIGN)
        plot = "limits" if params.view == "overflow" else "groups"
        return Layout(("caption views", f"{plot} {plot}", "table table"), (0, 1, 0), (1, 0), _ALIGN)

    def arrange(self, wide: bool, compact: bool) -> None:
        self._compact = compact
        self.chips.set_low(compact)
        self.scores.showAxis("bottom", not compact)

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        if params.view == "bars":
            self._show_scores(params, frame, ghost)
            self._show_results(params, frame, ghost)
            self._show_chips(params, frame)
        elif params.view == "overflow":
            self._show_limits(params, frame, ghost)
        else:
            self._show_batch(params, frame, ghost)

    # Scores and what becomes of them

    def _show_scores(self, params: SoftmaxParams, frame: SoftmaxFrame, ghost: _Shown | None) -> None:
        self.caption.show_words("" if self._exporting else _HINT, color="muted_text")
        low, high = self.axes_of.frame.score_range
        color = theme().muted_text
        found = zip(frame.scores.tolist(), frame.a.tolist(), frame.leaders, strict=True)
        bars = [
            Bar(i, score, format_real(a), color, strong=leads, lifted=True) for i, (score, a, leads) in enumerate(found)
        ]
        step, room = 3 if high - low < 10 else 5, _LOW_ROOM if self._compact else _ROOM
        ticks = [tick for tick in range(-5 * step, 6 * step, step) if low <= tick <= high]
        self.scores.set_name(translate(_SCORE[bool(params.offset)]))
        self.scores.show_bars(
            bars,
            _names("a", frame),
            (low - _ROOM / 3 * (high - low), high + room * (high - low)),
            ticks,
            _outlines(ghost.frame.scores.tolist()) if ghost else (),
            shift=params.offset,
            arrow=arrow_upwards(self, "scores"),
        )

    def _show_results(self, params: SoftmaxParams, frame: SoftmaxFrame, ghost: _Shown | None) -> None:
        stop = params.stop
        spans = frame.spans(stop)
        bars = [
            Bar(i, value, text, theme().forward, base, strong=leads)
            for i, ((base, value), text, leads) in enumerate(zip(spans, frame.texts(stop), frame.leaders, strict=True))
        ]
        outlines = []
        if ghost is not None:
            outlines = [(i, base, value) for i, (base, value) in enumerate(ghost.frame.spans(stop))]
        if stop == "shift":
            depth = next(depth for depth in _DEPTHS if min(value for _, value in spans) >= -depth)
            ends, ticks = (-depth * (1 + _ROOM), depth * _ROOM / 2), (-depth, -depth / 2, 0.0)
        else:
            top = next(level for level in _LEVELS if frame.total <= level + 1e-9) if stop == "sum" else 1.0
            ends, ticks = (0.0, top * (1 + _ROOM)), (0.0, top / 2, top)
        level = (frame.total, f"Σ = {format_real(frame.total, 4)}") if stop == "sum" else None
        self.results.set_name(translate(_STOP_NAMES[stop][params.temperature != 1]))
        self.results.show_bars(bars, _names(_LETTERS[stop], frame), ends, ticks, outlines, level=level)

    def _show_chips(self, params: SoftmaxParams, frame: SoftmaxFrame) -> None:
        most = format_real(float(frame.a[frame.leader]))
        words = _SHIFTED if params.temperature == 1 else _SHIFTED_T
        total = format_real(frame.total, 4)
        notes = [
            translate(words(m=most, t=format_real(params.temperature, 3))),
            translate(_STOP_NAMES["exponentiate"][params.temperature != 1]),
            f"Σ = {total}",
            f"÷ {total}",
        ]
        # What has not been computed yet is not told.
        reached = STOPS.index(params.stop)
        self.chips.show_notes([note if i <= reached else "" for i, note in enumerate(notes)])

    # Overflow

    def _show_limits(self, params: SoftmaxParams, frame: SoftmaxFrame, ghost: _Shown | None) -> None:
        self.caption.show_words(_BEYOND, _BEYOND_SHORT, color="muted_text")
        self.limits.set_names(translate(_ACROSS[bool(params.offset), params.temperature != 1]), "e^x")
        forms = (frame.float32, frame.float64)
        self.limits.show_limits(
            tuple(
                Limit(
                    translate(_LIMIT(format=form.name, x=form.threshold)),
                    form.lowest,
                    form.threshold,
                    form.name == params.dtype,
                )
                for form in forms
            )
        )
        self.limits.show_exponents(frame.exponents.tolist(), ghost.frame.exponents.tolist() if ghost else ())
        self.table.set_headings([translate(heading) for heading in _FORMS], (7, 8, 8, 9))
        chosen = frame.of_format(params.dtype)
        rows = [
            [
                Cell(format_real(x, 5)),
                *(_naive_cell(form, i, form is chosen) for form in forms),
                Cell(f"{chosen.shifted[i]:.3f}", theme().right, strong=True),
            ]
            for i, x in enumerate(frame.exponents.tolist())
        ]
        self.table.show_rows(self._few(rows))
        bars = [
            Bar(i, p, f"{p:.3f}", theme().forward, strong=leads)
            for i, (p, leads) in enumerate(zip(chosen.shifted.tolist(), frame.leaders, strict=True))
        ]
        before = ghost.frame.of_format(params.dtype).shifted.tolist() if ghost else []
        self.results.set_name(translate(_STAYS))
        self.results.show_bars(bars, _names("p", frame), (0.0, 1 + _ROOM), (0.0, 0.5, 1.0), _outlines(before))

    # A batch

    def _show_batch(self, params: SoftmaxParams, frame: SoftmaxFrame, ghost: _Shown | None) -> None:
        colors = theme()
        self.caption.show_words(_CALLS[params.pitfall])
        shown, sums = frame.of_batch(params.pitfall)
        rows, columns = shown.shape
        slots = columns + 1
        bars = [
            Bar(r * slots + c, float(shown[r, c]), f"{shown[r, c]:.3f}", colors.forward, strong=True)
            for r in range(rows)
            for c in range(columns)
        ]
        outlines = []
        if ghost is not None and ghost.frame.batch.shape == frame.batch.shape:
            before, _ = ghost.frame.of_batch(ghost.params.pitfall)
            outlines = [(r * slots + c, 0.0, float(before[r, c])) for r in range(rows) for c in range(columns)]
        brackets = [
            Bracket(r * slots, r * slots + columns - 1, f"Σ = {_short(total)}", _judged(total))
            for r, total in enumerate(sums.tolist())
        ]
        names = [(r * slots + (columns - 1) / 2, translate(_ROW(number=r + 1))) for r in range(rows)]
        self.groups.show_bars(bars, names, (0.0, 1.35), (0.0, 0.5, 1.0), outlines, brackets)
        self.table.set_headings([translate(heading) for heading in _BATCH], (7, 6, 9, 9))
        per_row = params.pitfall == "none"
        self.table.show_rows(
            [
                [
                    Cell(str(r + 1)),
                    Cell(", ".join(format_real(a, 4) for a in frame.batch[r].tolist())),
                    Cell(_short(right), _judged(right), strong=per_row),
                    Cell(_short(wrong), _judged(wrong), strong=not per_row),
                ]
                for r, (right, wrong) in enumerate(zip(frame.sums_per_row, frame.sums_at_once, strict=True))
            ]
        )

    def _few(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        """On a low stage, cut the rows off; a last row then says that there are more."""
        if not self._compact or len(rows) <= _MOST_ROWS:
            return rows
        return [*rows[: _MOST_ROWS - 1], [Cell("…")] * len(rows[0])]


def _names(letter: str, frame: SoftmaxFrame) -> list[tuple[float, str]]:
    return [(float(i), f"{letter}{i + 1}") for i in range(len(frame.scores))]


def _outlines(values: list[float]) -> list[tuple[float, float, float]]:
    return [(float(i), 0.0, value) for i, value in enumerate(values)]


def _naive_cell(form: NumberFormat, index: int, chosen: bool) -> Cell:
    """A cell with a probability from the naive formula, or with the result of an overflow; marked if it is wrong."""
    value = float(form.naive[index])
    colors = theme()
    if math.isnan(value):
        return Cell(translate(_OVERFLOW.get(form.state, _OVERFLOW["overflow"])), colors.wrong, strong=chosen)
    return Cell(f"{value:.3f}", None if form.state == "fine" else colors.wrong, strong=chosen)


def _short(total: float) -> str:
    return format_real(round(float(total), 3))


def _judged(total: float) -> str:
    """The theme colour for the sum of a row of probabilities: that of a right answer if it is 1, otherwise of a wrong
    one.
    """
    return theme().right if abs(total - 1) < 1e-6 else theme().wrong
