"""Draws `losses`: the curve of −log y with its point, draggable bars and three results; the curve near 0; or a
mini-batch.
"""

from __future__ import annotations

import math
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from engine.contract.api import Text, format_real, in_powers, notation, required, untranslated
from engine.experiments.ch4_training.losses import NEAR, POINT
from engine.experiments.ch4_training.losses.frame import NEAR_TOP, NEAREST, TOP, ZERO_PLACE, LossesFrame
from engine.experiments.ch4_training.losses.params import LossesParams
from engine.experiments.ch4_training.losses.words import SAME, guard_name, share_text, short
from gui.plots.axes.axis import raised_power
from gui.plots.bars.bar_plot import Bar, BarPlot
from gui.plots.board.read_outs import ReadOut, ReadOuts
from gui.plots.board.table import Cell, TableItem
from gui.plots.curves.curves import Curve, CurvesPlot, ReadPoint, Remark
from gui.plots.curves.touch_points import Touch
from gui.stage.api import (
    GRID,
    RIGHT,
    FittingWords,
    Layout,
    SegmentedItem,
    Snapshot,
    View,
    curve_color,
    theme,
    translate,
)
from gui.stage.rings import arrow_upwards

_LOG, _SQUARE, _GUARD = 1, 2, 4
"""The curve styles of −log y, of the squared error and of −log(y + ε) in all plots."""
_ACROSS = Text("y of the right class")
_UP = Text("loss")
_OUTPUT = Text("output y")
_HINT = Text("Click a bar to make its class the right one")
_HINT_SHORT = Text("click: right class")
_LOG_WORDS = (
    Text("−log y sees only the right class; → ∞ at 0"),
    Text("−log y → ∞ at 0"),
    untranslated("−log y"),
)
_SQUARE_WORDS = (
    Text("½(y − 1)², the right class's term alone: at most ½"),
    Text("a term of ½Σ: ½(y − 1)² ≤ ½"),
    Text("½(y − 1)², a term of ½Σ"),
    untranslated("½(y − 1)² ≤ ½"),
)
_NEAR_WORDS = (Text("−log y → ∞: nothing added"), untranslated("−log y → ∞"))
_CEILING = (
    Text("−log(y + {guard}) stops at {most}"),
    Text("at most {most}"),
)
_ROW = Text("row {number}, t = {label} {sign}")
_ROW_SHORT = notation("t = {label} {sign}")
_ALL, _ONLY = Text("sees all {n}"), Text("sees only y{k}")
_RESULTS = (
    (_LOG, Text("cross entropy"), "cross_entropy", _ONLY),
    (_SQUARE, Text("½ sum of squares", context="with its sign"), "half_sum", _ALL),
    (_SQUARE, Text("mean square 1/n Σ"), "mean_square", _ALL),
)
_DIFFERENCE = Text("difference", context="of two losses")
_UNCHANGED, _BEFORE = Text("unchanged"), Text("before: {before}")
_CALLS = {
    "none": "−np.log(y[np.arange(N), t]).mean()",
    "class_numbers": "−np.sum(t * np.log(y)) / N",
    "half_sum_as_mean": "0.5 * np.sum((y − t)**2) / N",
    "not_divided": "−np.log(y[np.arange(N), t]).sum()",
}
"""The NumPy expression that computes the loss of the batch, without a guard against log 0, by the id of the pitfall."""
_WRONG = {
    "class_numbers": untranslated("−Σ t·log y"),
    "half_sum_as_mean": Text("½ Σ as mean"),
    "not_divided": Text("not divided"),
}
_NUMBER, _MEAN, _NO_RESULT = Text("row"), Text("mean", context="short"), Text("error", context="exception")
_WHOLE = Text("batch", context="all of it")
"""The name of the batch's loss if it was not divided by N: it is not a mean."""
_BROADCAST = Text("t as broadcast")
_UNLIMITED = 16_777_215
_TABLE_SHARE = 0.44
_ALIGN = MappingProxyType({"views": RIGHT, "table": Qt.AlignmentFlag.AlignTop})
_Shown = Snapshot[LossesParams, LossesFrame]


class LossesView(View[LossesParams, LossesFrame]):
    """Bars are dragged at their tops, the point along its curve; a click on a bar makes its class the right one."""

    compact_below = 400
    handle_plots = MappingProxyType({POINT: "curve", NEAR: "near", "r": "groups", "": "bars"})
    drags_from_start = True

    def build(self) -> None:
        self.curve = CurvesPlot(-0.03, 1.03, with_cursor=True)
        self.near = CurvesPlot(ZERO_PLACE - 1.2, 1.3, with_cursor=True)
        self.bars, self.groups = BarPlot("0.5"), BarPlot("0.5")
        self.read_outs, self.table = ReadOuts(), TableItem()
        self.caption = FittingWords()
        self.views = self.choice("view", SegmentedItem())
        self.curve.show_range(-0.2, TOP + 0.25)
        self.near.show_range(-1.2, NEAR_TOP + 1.5)
        for plot, handle in ((self.curve, POINT), (self.near, NEAR)):
            self.grips(plot.cursor, handle)
        for plot, part in ((self.bars, ""), (self.curve, "curve"), (self.near, "near"), (self.groups, "batch")):
            self.probe_plot(plot, part)
        self._compact = False
        for plot in (self.curve, self.near):
            self.dress(plot.set_names, _ACROSS, _UP)
        self.dress(self._name_bars)

    def layout_for(self, params: LossesParams, wide: bool, compact: bool) -> Layout:
        plot = {"one": "curve", "guard": "near"}.get(params.view)
        if plot is None:
            if compact:
                return Layout(("caption caption", "views views", "groups table"), (0, 0, 1), (1, 0), _ALIGN)
            return Layout(("caption views", "groups groups", "table table"), (0, 1, 0), (1, 0), _ALIGN)
        if compact:
            cells: tuple[str, ...] = ("caption views views", "bars bars bars", f"{plot} {plot} read_outs")
            return Layout(cells, (0, 40, 60), (1, 0, 0))
        if wide:
            return Layout(("caption views", f"{plot} bars", f"{plot} read_outs"), (0, 1, 0), (51, 49))
        cells = ("caption views", f"{plot} {plot}", "read_outs read_outs", "bars bars")
        return Layout(cells, (0, 62, 0, 38), (1, 0))

    def arrange(self, wide: bool, compact: bool) -> None:
        self._compact = compact
        self.read_outs.set_upright(compact)
        for plot in (self.curve, self.near):
            plot.getAxis("bottom").showLabel(not compact)
        # In a narrow plot words beside the right end need more room.
        self.near.setXRange(ZERO_PLACE - 1.2, 3.0 if compact else 1.3, padding=0)
        powers = [(power, raised_power(power)) for power in range(-8 if compact else -12, 1, 4)]
        self.near.set_ticks([(ZERO_PLACE, "0"), *powers], [(loss, str(loss)) for loss in range(0, 31, 10)])
        steps = 2 if compact else 5
        self.curve.set_ticks(
            [(y / steps, f"{y / steps:g}") for y in range(steps + 1)], [(loss, str(loss)) for loss in range(6)]
        )
        self._name_bars()
        self._leave_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_room()

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        if ghost is not None and ghost.params.view != params.view:
            ghost = None
        if params.view == "batch":
            self._show_batch(params, frame, ghost)
            self._leave_room()
            return
        hints = ("",) if self._exporting else (translate(_HINT), translate(_HINT_SHORT))
        self.caption.show_words(*hints, color="muted_text")
        self._show_bars(frame, ghost)
        if params.view == "one":
            self._show_curve(frame, ghost)
        else:
            self._show_near(params, frame, ghost)
        self._show_results(params, frame, ghost)
        self._leave_room()

    def _name_bars(self) -> None:
        """Name the vertical axis, unless the stage is too low."""
        for plot in (self.bars, self.groups):
            plot.set_name("" if self._compact else translate(_OUTPUT))

    def _heights(self) -> tuple[float, float]:
        """The range of the bars' axis, with room below 0 and above 1 for handles and values."""
        return (-0.16, 1.8) if self._compact and not self._shows_batch else (-0.09, 1.24)

    @property
    def _shows_batch(self) -> bool:
        return self.current is not None and self.current.params.view == "batch"

    def _leave_room(self) -> None:
        """On a low stage, reserve room for the results beside the plot, or a share of the width for the table."""
        widths: dict[int, float] = {}
        if self._compact and self._shows_batch:
            widths[1] = _TABLE_SHARE * self.width()
        elif self._compact:
            widths[2] = self.read_outs.needed_width()
            widths[1] = max(1.0, self.views.minimumWidth() - widths[2] - GRID)
        grid = self.stage.ci.layout
        for column in (1, 2):
            grid.setColumnMinimumWidth(column, widths.get(column, 0))
            grid.setColumnMaximumWidth(column, widths.get(column, _UNLIMITED))

    # One output

    def _show_bars(self, frame: LossesFrame, ghost: _Shown | None) -> None:
        bars = [
            Bar(k, y, share_text(y), _ink(k == frame.target), strong=k == frame.target, lifted=True)
            for k, y in enumerate(frame.y.tolist())
        ]
        names = [(float(k), f"t = {k}" if k == frame.target else str(k)) for k in range(len(bars))]
        outlines = [(float(k), 0.0, y) for k, y in enumerate(ghost.frame.y.tolist())] if ghost else []
        wanted = [(float(frame.target), 0.0, 1.0)]
        arrow = arrow_upwards(self, "bars")
        self.bars.show_bars(bars, names, self._heights(), (0.0, 0.5, 1.0), outlines, wanted=wanted, arrow=arrow)

    def _show_curve(self, frame: LossesFrame, ghost: _Shown | None) -> None:
        self.curve.show_curves(
            [Curve(_LOG, frame.curve_y, frame.curve_log), Curve(_SQUARE, frame.curve_y, frame.curve_square, 1.4)]
        )
        before = ghost.frame if ghost else frame
        self.curve.cursor.show_cursor(frame.right, before.right if before.right != frame.right else None)
        self.curve.touches.show_touches(
            [
                Touch(_LOG, frame.right, min(frame.cross_entropy, TOP)),
                Touch(_SQUARE, frame.right, frame.right_half_square),
            ],
            [Touch(_LOG, before.right, min(before.cross_entropy, TOP))] if ghost else [],
        )
        remarks = [
            Remark(_LOG, tuple(translate(words) for words in _LOG_WORDS), 0.2, 4.1, 1.03),
            Remark(
                _SQUARE, tuple(translate(words) for words in _SQUARE_WORDS), 0.015, 0.5, 0.25 if self._compact else 0.42
            ),
        ]
        self.curve.show_marks(remarks, _read(frame.right, frame.cross_entropy, TOP))

    def _show_results(self, params: LossesParams, frame: LossesFrame, ghost: _Shown | None) -> None:
        """Show the losses of one output, or with and without a guard, and how they changed."""
        if params.view == "one":
            found = [(ink, name, field, note(n=len(frame.y), k=frame.target)) for ink, name, field, note in _RESULTS]
        else:
            output = untranslated(f"y = {format_real(frame.right, 4)}")
            epsilon = untranslated(f"ε = {guard_name(params)}") if frame.epsilon else Text("ε: none")
            found = [
                (_LOG, untranslated("−log y"), "unguarded", output),
                (_GUARD, untranslated("−log(y + ε)"), "cross_entropy", epsilon),
            ]
        values = [
            ReadOut(
                translate(name),
                translate(short(getattr(frame, field))),
                translate(_became(field, frame, ghost.frame) if ghost else note),
                curve_color(ink),
                stressed=bool(ghost),
            )
            for ink, name, field, note in found
        ]
        if params.view == "guard":
            # A difference may be tiny and is then no 0: 1.67×10⁻⁷.
            shift = frame.guard_shift
            text = in_powers(shift, 3) if 0 < shift < 1e-3 else translate(short(shift))
            values.append(ReadOut(translate(_DIFFERENCE), text, "", theme().muted_text))
        self.read_outs.show_values(values)

    # Near 0

    def _show_near(self, params: LossesParams, frame: LossesFrame, ghost: _Shown | None) -> None:
        curves = [Curve(_LOG, frame.near_power[1:], frame.near_unguarded[1:], 1.6 if frame.epsilon else 2.6)]
        remarks = [Remark(_LOG, tuple(translate(words) for words in _NEAR_WORDS), -7.4, 18.0, 1.3)]
        if frame.epsilon:
            curves.append(Curve(_GUARD, frame.near_power, frame.near_guarded))
            values = {"guard": guard_name(params), "most": short(frame.ceiling)}
            words = tuple(translate(wording(**values)) for wording in _CEILING)
            remarks.append(Remark(_GUARD, words, NEAREST + 0.3, frame.ceiling, math.log10(frame.epsilon), below=True))
        ghosts = []
        if ghost is not None and ghost.frame.epsilon and ghost.frame.epsilon != frame.epsilon:
            ghosts = [Curve(_GUARD, ghost.frame.near_power, ghost.frame.near_guarded)]
        self.near.show_curves(curves, ghosts)
        power, before = frame.right_power, ghost.frame.right_power if ghost else frame.right_power
        self.near.cursor.show_cursor(power, before if before != power else None)
        touches = [Touch(_GUARD if frame.epsilon else _LOG, power, min(frame.cross_entropy, NEAR_TOP))]
        if frame.epsilon:
            touches.append(Touch(_LOG, power, min(frame.unguarded, NEAR_TOP)))
        self.near.touches.show_touches(touches)
        number = _GUARD if frame.epsilon else _LOG
        self.near.show_marks(remarks, _read(power, frame.cross_entropy, NEAR_TOP, number))

    # A batch

    def _show_batch(self, params: LossesParams, frame: LossesFrame, ghost: _Shown | None) -> None:
        call = _CALLS[params.pitfall]
        refusal = (frame.naive_error,) if params.pitfall == "class_numbers" and frame.naive_error else ()
        self.caption.show_words(*refusal, call, color="wrong" if params.pitfall != "none" else None)
        c = frame.rows.shape[1]
        labels = frame.labels.tolist()
        bars = [
            Bar(params.slot(r, k), y, share_text(y), _ink(k == labels[r]), strong=k == labels[r], lifted=True)
            for r, row in enumerate(frame.rows.tolist())
            for k, y in enumerate(row)
        ]
        words = _ROW_SHORT if self._compact else _ROW
        names = [
            (params.slot(r, 0) + (c - 1) / 2, translate(words(number=r + 1, label=label, sign="✓" if right else "×")))
            for r, (label, right) in enumerate(zip(labels, frame.row_is_right.tolist(), strict=True))
        ]
        outlines = []
        if ghost is not None and ghost.frame.rows.shape == frame.rows.shape:
            before = ghost.frame.rows.tolist()
            outlines = [(params.slot(r, k), 0.0, y) for r, row in enumerate(before) for k, y in enumerate(row)]
        wanted = [(params.slot(r, label), 0.0, 1.0) for r, label in enumerate(labels)]
        arrow = arrow_upwards(self, "groups")
        self.groups.show_bars(bars, names, self._heights(), (0.0, 0.5, 1.0), outlines, wanted=wanted, arrow=arrow)
        self._show_table(params, frame)

    def _show_table(self, params: LossesParams, frame: LossesFrame) -> None:
        """Show a table of the batch, with class numbers beside one-hot labels, right losses beside wrong ones, and both
        losses of the whole batch.
        """
        colors, lit, blank = theme(), curve_color(_LOG), Cell("")
        found, labels, count = frame.compared(params.pitfall), frame.labels.tolist(), len(frame.labels)
        laid, whole = params.pitfall == "class_numbers", _WHOLE if params.pitfall == "not_divided" else _MEAN
        losses = [Cell(translate(short(loss))) for loss in found.rows.tolist()]
        # Heading, how much the column is needed, its cells, and the one in the row of the mean.
        columns = [
            (_NUMBER, 7, [Cell(str(n)) for n in range(1, count + 1)], Cell(translate(whole), strong=True)),
            (untranslated("t"), 6, [Cell(str(label), lit, strong=True) for label in labels], blank),
            (untranslated("one-hot"), 5, [Cell(_spaced(one)) for one in frame.one_hot.astype(int).tolist()], blank),
            *(
                [(_BROADCAST, 3, [Cell(_spaced(labels), colors.wrong)] * count, blank)]
                if laid and not frame.naive_error
                else []
            ),
            (
                untranslated("y[n, t]"),
                4,
                [Cell(format_real(y, 4), lit, strong=True) for y in frame.picked.tolist()],
                blank,
            ),
            (
                untranslated("(1/n) Σ" if params.pitfall == "half_sum_as_mean" else "−log y"),
                9,
                losses,
                Cell(translate(short(found.loss)), colors.right, strong=True),
            ),
        ]
        if found.wrong_loss is not None:
            texts = [_NO_RESULT] * (count + 1)
            if not (laid and frame.naive_error):
                texts = [short(loss) for loss in (*required(found.wrong_rows).tolist(), found.wrong_loss)]
            *rows, mean = (translate(text) for text in texts)
            cells = [Cell(text, colors.wrong) for text in rows]
            columns.append((_WRONG[params.pitfall], 8, cells, Cell(mean, colors.wrong, strong=True)))
        headings, needed, bodies, means = zip(*columns, strict=True)
        self.table.set_headings([translate(heading) for heading in headings], needed)
        self.table.show_rows([*zip(*bodies, strict=True), means])


def _ink(right: bool) -> str:
    """The colour of a bar: that of the curve of −log y if its class is the right one, otherwise muted."""
    return curve_color(_LOG) if right else theme().muted_text


def _read(x: float, loss: float, top: float, number: int = _LOG) -> ReadPoint:
    text = translate(short(loss))
    leaves = loss > top
    return ReadPoint(number, x, min(loss, top), f"↑ {text}" if leaves else text, leaves, number == _LOG and top == TOP)


def _became(field: str, frame: LossesFrame, before: LossesFrame) -> Text:
    """'unchanged', or the earlier value of the loss in the frame's attribute ``field``."""
    now, then = getattr(frame, field), getattr(before, field)
    return _UNCHANGED if now == then or abs(now - then) < SAME else _BEFORE(before=short(then))


def _spaced(numbers: list[int]) -> str:
    return " ".join(str(number) for number in numbers)
