"""Draws `gradient_check`: backpropagated gradients over numerical ones, the error over h, or the time that both ways
take.
"""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np

from engine.contract.api import Text, format_real, format_short, in_powers, notation, required, untranslated
from engine.contract.numerals import duration
from engine.experiments.ch5_backpropagation.gradient_check import LEAST, GradientCheck
from engine.experiments.ch5_backpropagation.gradient_check.params import (
    DTYPES,
    LARGEST,
    SMALLEST,
    TOLERANCE,
    GradientCheckFrame,
    GradientCheckParams,
)
from engine.experiments.ch5_backpropagation.gradient_check.words import entry_name
from gui.plots.bars.log_bars import LogBar, LogBars
from gui.plots.board.read_outs import ReadOut, ReadOuts
from gui.plots.board.table import Cell, TableItem
from gui.plots.curves.time import TimePlot
from gui.plots.curves.valley import ErrorCurve, ValleyPlot, ValleyWords, Zone, powers_of, zones_between
from gui.plots.plane.agreement import AgreeingGroup, AgreementPlane, Through
from gui.stage.api import RIGHT, FittingWords, Layout, SegmentedItem, Snapshot, View, curve_color, theme, translate

_INKS = {"W1": 1, "b1": 4, "W2": 2, "b2": 5, "W3": 3, "b3": 6}
_FLOOR = math.log10(LEAST)
_ENDS = (SMALLEST - 0.3, LARGEST + 0.3)
"""The ends of the axis of h, as powers of ten."""
_ALIGN = MappingProxyType({"views": RIGHT})
_PLATEAU, _SAME_SLOPE = 1e-3, 1e-3
"""If even the smallest error is larger than the first value, no step h helps. Slopes that differ from 1 by no more than
the second one count as the diagonal's.
"""
_BESIDE = 0.5
"""The valley's floor extends by this power of ten to both sides of the best h."""

_TITLE = (Text("Each point is one gradient, computed twice"), Text("Gradients"))
_ACROSS, _UP = Text("numerical n"), Text("backpropagation a")
_DIAGONAL, _SLOPE = untranslated("a = n"), notation("a = {factor}n")
_RIGHT, _WRONG = Text("agree"), Text("differ")
_BARS = (Text("Relative error of each array"), Text("Relative error"))
_OUTS = (Text("backprop a"), Text("numerical n"), untranslated("a / n"))
_AT_CORNER = Text("over ReLU's corner")
_SWEEP_TITLE = (Text("Relative error for every h"),)
_H, _ERROR = Text("step h"), Text("relative error")
_HEADING, _WITHOUT = Text("at h = {h}"), Text("without the mistake")
_ZONES = (
    (Text("rounding: worse to the left"), Text("rounding")),
    (Text("best"), untranslated("")),
    (Text("truncation: worse to the right"), Text("truncation")),
)
_NO_H = Text("no h makes it small")
_COST_TITLE = (Text("Time of one gradient, in larger and larger networks"),)
_COUNT, _TIME = Text("parameters", context="number"), Text("time")
_COLUMNS = (
    (Text("parameters", context="number"), 5),
    (Text("forward passes"), 2),
    (Text("numerical"), 4),
    (Text("backpropagation"), 4),
    (Text("ratio"), 5),
)
_TIMES_AS_LONG = Text("numerical: {ratio} times as long")
_Shown = Snapshot[GradientCheckParams, GradientCheckFrame]


class GradientCheckView(View[GradientCheckParams, GradientCheckFrame]):
    """The scatter plot takes most of the stage; beside it stand the errors of the arrays, and the selected gradient."""

    experiment: GradientCheck

    compact_below = 340
    handle_plots = MappingProxyType({"h": "valley"})

    def build(self) -> None:
        self.plane = AgreementPlane()
        self.valley = ValleyPlot(*_ENDS, _FLOOR)
        self.time = TimePlot((1, 4), (-5, -1))
        self.bars = LogBars(LEAST, 10.0, TOLERANCE)
        self.caption, self.bars_words, self.entry = FittingWords(), FittingWords(), FittingWords()
        self.outs, self.table = ReadOuts(), TableItem()
        self.views = self.choice("view", SegmentedItem())
        self.bars.chosen.connect(self._array_chosen)
        self.add_control(self.bars)
        self.grips(self.valley.cursor, "h")
        self.probe_plot(self.plane)
        self.probe_plot(self.valley, "sweep")
        self._compact = False
        self.dress(self._name_axes)

    def layout_for(self, params: GradientCheckParams, wide: bool, compact: bool) -> Layout:
        if params.view == "sweep":
            return Layout(("caption views", "valley valley"), (0, 1), (1, 0), _ALIGN)
        if params.view == "cost":
            rows = ("caption views", "time time", "table table")
            return Layout(rows[:2], (0, 1), (1, 0), _ALIGN) if compact else Layout(rows, (0, 1, 0), (1, 0), _ALIGN)
        if wide and compact:
            return Layout(("caption views", "plane bars"), (0, 1), (60, 40), _ALIGN)
        if wide:
            cells: tuple[str, ...] = ("caption views", "plane bars_words", "plane bars", "plane entry", "plane outs")
            return Layout(cells, (0, 0, 1, 0, 0), (60, 40), _ALIGN)
        cells = ("caption views", "plane plane", "bars_words bars_words", "bars bars", "entry entry", "outs outs")
        if compact:
            return Layout((cells[0], cells[1], cells[3]), (0, 62, 38), (1, 0), _ALIGN)
        return Layout(cells, (0, 62, 0, 38, 0, 0), (1, 0), _ALIGN)

    def arrange(self, wide: bool, compact: bool) -> None:
        self._compact = compact
        self._name_axes()

    def _name_axes(self) -> None:
        self.plane.set_names(translate(_ACROSS), translate(_UP))
        across, up = ("" if self._compact else translate(name) for name in (_H, _ERROR))
        self.valley.set_names(across, up, not self._compact)
        self.time.set_words(translate(_COUNT), translate(_TIME))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        if ghost is not None and ghost.params.view != params.view:
            ghost = None
        titles = {"sweep": _SWEEP_TITLE, "cost": _COST_TITLE}.get(params.view, _TITLE)
        self.caption.show_words(*titles, color="muted_text")
        if params.view == "sweep":
            self._show_sweep(params, frame, ghost)
        elif params.view == "cost":
            self._show_cost(frame)
        else:
            self._show_scatter(params, frame, ghost)
            self._show_bars(params, frame, ghost)
            self._show_entry(params, frame)

    # Both gradients against each other

    def _show_scatter(self, params: GradientCheckParams, frame: GradientCheckFrame, ghost: _Shown | None) -> None:
        colors, points = theme(), _points(frame)
        groups = [
            AgreeingGroup(_INKS[name], "o" if name.startswith("W") else "d", points[frame.array_of == i])
            for i, name in enumerate(frame.arrays)
        ]
        lines = [Through(1.0, translate(_DIAGONAL), colors.right)]
        if frame.on_line and abs(frame.slope - 1) > _SAME_SLOPE:
            factor = format_real(frame.slope, 3) + " "
            words = _SLOPE(factor="\N{MINUS SIGN}" if factor == "\N{MINUS SIGN}1 " else factor)
            lines.append(Through(frame.slope, translate(words), colors.wrong, strong=True))
        self.plane.show_reach(frame.reach)
        self.plane.show_points(groups, lines, tuple(points[params.entry]), _points(ghost.frame) if ghost else None)

    def _show_bars(self, params: GradientCheckParams, frame: GradientCheckFrame, ghost: _Shown | None) -> None:
        before = dict(zip(ghost.frame.arrays, ghost.frame.errors.tolist(), strict=True)) if ghost else {}
        bars = [
            LogBar(error, in_powers(error, 2), _INKS[name], name.startswith("b"), before.get(name))
            for name, error in zip(frame.arrays, frame.errors.tolist(), strict=True)
        ]
        self.bars_words.show_words(*_BARS, color="muted_text")
        self.bars.set_options([(name, name) for name in frame.arrays])
        self.bars.show_value(params.shown_array)
        self.bars.show_bars(bars, translate(_RIGHT), translate(_WRONG))

    def _show_entry(self, params: GradientCheckParams, frame: GradientCheckFrame) -> None:
        entry = params.entry
        a, n = float(frame.backward[entry]), float(frame.numerical[entry])
        at_corner = frame.crossed[entry] and frame.status is not None and frame.status.kind == "corner"
        notes = ["", translate(_AT_CORNER) if at_corner else "", ""]
        values = [in_powers(a, 3), in_powers(n, 3), in_powers(a / n, 3) if n else "–"]
        inks = (curve_color(_INKS[params.shown_array]), theme().muted_text, theme().accent)
        self.entry.show_words(entry_name(frame, entry))
        self.outs.show_values(
            [
                ReadOut(translate(name), value, note, ink, stressed=bool(note))
                for name, value, note, ink in zip(_OUTS, values, notes, inks, strict=True)
            ]
        )

    # The error over h

    def _show_sweep(self, params: GradientCheckParams, frame: GradientCheckFrame, ghost: _Shown | None) -> None:
        chosen = DTYPES.index(params.dtype)
        at = int(np.argmin(np.abs(np.log10(frame.steps) - math.log10(params.h))))
        curves = [
            ErrorCurve(
                powers_of(frame.sweep[i], _FLOOR),
                curve_color((1, 2)[i]),
                i == 1,
                i == chosen,
                dtype,
                format_real(float(frame.error if i == chosen else frame.sweep[i, at]), 2),
            )
            for i, dtype in enumerate(DTYPES)
        ]
        has_mistake = not np.array_equal(frame.sweep, frame.sweep_right)
        guides = [powers_of(frame.sweep_right[chosen], _FLOOR)] if has_mistake else []
        old = None
        if ghost is not None and len(ghost.frame.steps) and not np.array_equal(ghost.frame.sweep, frame.sweep):
            old = powers_of(ghost.frame.sweep[chosen], _FLOOR)
        words = ValleyWords(
            zones=_zones(params, frame, frame.sweep[chosen]),
            step=(math.log10(params.h), max(math.log10(max(frame.error, LEAST)), _FLOOR)),
            mark=(math.log10(params.h), ""),
            heading=translate(_HEADING(h=in_powers(params.h))),
            guides=translate(_WITHOUT) if has_mistake else "",
        )
        self.valley.show_top(0.6)
        self.valley.show_errors(np.log10(frame.steps), curves, guides, old, words)
        before = math.log10(ghost.params.h) if ghost and ghost.params.h != params.h else None
        self.valley.cursor.show_cursor(math.log10(params.h), before)

    # The time

    def _show_cost(self, frame: GradientCheckFrame) -> None:
        counts = frame.cost_parameters.astype(int)
        ratios = frame.cost_numerical / frame.cost_backward
        words = translate(_TIMES_AS_LONG(ratio=format_short(float(ratios[-1]), 2)))
        self.time.show_times(counts, frame.cost_numerical, int(counts[-1]), words, frame.cost_backward)
        self.table.set_headings(*zip(*((translate(name), need) for name, need in _COLUMNS), strict=True))
        numerical, back = theme().accent, curve_color(2)
        self.table.show_rows(
            [
                [
                    Cell(f"{counts[i]:,}"),
                    Cell(f"{2 * counts[i]:,}"),
                    Cell(translate(duration(float(frame.cost_numerical[i]))), numerical),
                    Cell(translate(duration(float(frame.cost_backward[i]))), back),
                    Cell(f"× {format_short(float(ratios[i]), 2)}", strong=True),
                ]
                for i in range(len(counts))
            ]
        )

    # The hand

    def _array_chosen(self, name: str) -> None:
        """Select the entry with the largest error in the chosen array."""
        frame = required(self.current).frame
        worst = int(frame.worst[frame.arrays.index(name)])
        self.change(frame.looking_at(worst))


def _points(frame: GradientCheckFrame) -> np.ndarray:
    """The points (P, 2) of the scatter plot: x is the numerical gradient, y that of backpropagation."""
    return np.column_stack([frame.numerical, frame.backward])


def _zones(params: GradientCheckParams, frame: GradientCheckFrame, errors: np.ndarray) -> tuple[Zone, ...]:
    """The zones of step sizes in which one cause of error dominates; a single zone if no h helps."""
    step, best = math.log10(params.h), math.log10(frame.steps[int(np.argmin(errors))])
    if errors.min() > _PLATEAU:
        return zones_between(_ENDS, [(translate(_NO_H),)], step)
    borders = (_ENDS[0], best - _BESIDE, best + _BESIDE, _ENDS[1])
    return zones_between(borders, [tuple(translate(words) for words in wordings) for wordings in _ZONES], step, good=1)
