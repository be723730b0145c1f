"""Draws `perceptron_rule`: the samples with the turning line, the sum of arrows that turns it, and the mistakes."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from engine.contract.api import Text, format_real, required
from engine.experiments.ch2_perceptron.perceptron_rule.params import PerceptronRuleFrame, PerceptronRuleParams
from gui.plots.bars.count_bars import CountBars
from gui.plots.board.table import Cell, TableItem
from gui.plots.drawing.api import PlotOverlay, brush, theme
from gui.plots.drawing.ink import pen, sign_color, sign_ink
from gui.plots.plane.arrow import ArrowItem
from gui.plots.plane.class_points import ClassLegend, ClassPointsItem
from gui.plots.plane.line_geometry import HalfPlanesItem, Line, SideLabels, positive_part
from gui.plots.plane.named_line import NamedLine
from gui.plots.plane.plane import Plane
from gui.plots.plane.vector_sum import VectorSum
from gui.stage.api import FittingWords, Layout, Snapshot, View, font, px, translate
from gui.style.painting import tells_faults


class SweptItem(PlotOverlay):
    """Shades the area where w·x + b > 0 holds for exactly one of two lines."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, Line] | None = None
        self.setZValue(-45)
        self.hide()

    def show_change(self, before: Line, now: Line) -> None:
        """Show the earlier and the present line, each as (w, b) with w (2,)."""
        self._lines = (before, now)
        self.show()
        self.redraw()

    @tells_faults
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._lines is None:
            return
        both = QPainterPath()
        both.setFillRule(Qt.FillRule.OddEvenFill)  # what both lines hold positive is filled twice, that is, not at all
        for w, b in self._lines:
            polygon = positive_part(self.boundingRect(), w, b)
            if polygon.size():
                both.addPolygon(polygon)
                both.closeSubpath()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush(theme().text, 0.13))
        painter.drawPath(both)


_CLASSES = (Text("class 0"), Text("class 1"))
_SIDES = (Text("answer 0"), Text("answer 1"))
_HINT = Text("click: other class · double click: new point")
_WRONG_NOW = Text("wrong now")
_BEST = Text("best so far")
_EPOCH = Text("epoch", context="with the term")
_MISTAKES = Text("mistakes")
_START = Text("w before the first sample")
_RIGHT = (
    Text("Point {number}: y = t = {target}, right: w stays"),
    Text("Right: w stays"),
)
_WRONG = (
    Text("Point {number}: t − y = {target} − {output} = {error}: one mistake, one arrow"),
    Text("One mistake adds one arrow"),
    Text("w + arrow = w′"),
)
_BEFORE, _OTHERWISE = Text("before", context="correction"), Text("before the change")
_TABLE_WIDTH = 310
"""The width in pixels in which the table shows all its columns."""
_USUAL = 42
"""The usual share of the stage's width, in percent, for what stands beside the plane."""
# The magnified square, in lengths of the longest addition; below the smallest side an arrow's direction would be noise.
_SIDE = 1.6
_SMALLEST_SIDE = 1e-6
_REACHES = (2.2, 2.75, 3.4, 4.3)
"""How far the plane reaches on either side of 0: at first, and in steps, to beyond the farthest possible point."""
_Shown = Snapshot[PerceptronRuleParams, PerceptronRuleFrame]


class PerceptronRuleView(View[PerceptronRuleParams, PerceptronRuleFrame]):
    """The plane takes most of the stage; beside it stand the sum w + η·error·x, its values, and the mistakes of each
    epoch.
    """

    compact_below = 420
    handle_plots = MappingProxyType({"": "plane"})
    adds_on = "plane"

    def build(self) -> None:
        self.plane = Plane(_square(_REACHES[0]), "x1", "x2")
        self.halves, self.swept = HalfPlanesItem(), SweptItem()
        self.halves.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.line_before, self.best_line, self.ghost_line = (
            NamedLine(),
            NamedLine(name_end=1),
            NamedLine(-40, name_end=1),
        )
        self.w_before, self.added, self.w_now = ArrowItem(11), ArrowItem(13), ArrowItem(12)
        self.piece_of = ArrowItem(9)
        self.lens = QGraphicsRectItem()
        self.lens_name = pg.TextItem(anchor=(0.5, 1))
        for item in (self.lens, self.lens_name):
            item.setZValue(14)
        self.ghost_points, self.points = ClassPointsItem(), ClassPointsItem()
        self.sides = SideLabels(self.plane)
        for item in (
            *(self.halves, self.swept, self.ghost_line, self.best_line, self.line_before, self.ghost_points),
            *(self.points, self.piece_of, self.w_before, self.w_now, self.added, self.lens, self.lens_name),
        ):
            self.plane.addItem(item)
        self.legend = ClassLegend()
        self.caption = FittingWords()
        self.sum = VectorSum()
        self.table = TableItem()
        self.bars = CountBars()
        self.probe_plot(self.plane)
        self.dress(self.table.set_headings, ("", "w1", "w2", "b"), (9, 8, 8, 7))
        self.dress(self.bars.set_words, _EPOCH, _MISTAKES)

    def layout_for(self, params: PerceptronRuleParams, wide: bool, compact: bool) -> Layout:
        table = "sum" if compact else "table"
        if wide:
            cells: tuple[str, ...] = ("legend caption", "plane sum", f"plane {table}", "plane bars")
            right = min(58, round(100 * px(_TABLE_WIDTH) / max(1, self.width())))
            if compact or right <= _USUAL:
                return Layout(cells, (0, 52, 0, 48), (100 - _USUAL, _USUAL))
            return Layout(("legend legend", "plane caption", *cells[1:]), (0, 0, 52, 0, 48), (100 - right, right))
        cells = ("legend legend", "plane plane", "caption caption", "sum bars", f"{table} bars")
        return Layout(cells, (0, 62, 0, 38, 0), (55, 45))

    def restyle(self) -> None:
        self.lens.setPen(pen(theme().control_outline, 1))
        self.lens_name.setFont(font("strong"))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        frame: PerceptronRuleFrame = current.frame
        hint = "" if self._exporting else translate(_HINT)
        self.legend.show_words([translate(text) for text in _CLASSES], hint, translate(_WRONG_NOW))
        self._show_all_points_in_sight()
        self._show_lines(current, ghost)
        self._show_arrows(frame)
        self._show_points(current, ghost)
        self._show_sum(frame)
        self.bars.show_counts(
            frame.first_epoch,
            frame.mistakes.tolist(),
            None if frame.finished else frame.running_mistakes,
            len(frame.labels),
            (ghost.frame.first_epoch, ghost.frame.mistakes.tolist()) if ghost else None,
            _all_counts(self.newest.frame) if self.newest else None,
        )

    def _show_all_points_in_sight(self) -> None:
        """Show the smallest of several squares that contains all points, so that the axes rarely change."""
        farthest = max(max(abs(x1), abs(x2)) for x1, x2, _ in self.axes_of.params.points)
        square = _square(next(reach for reach in _REACHES if farthest <= reach))
        if square != self.plane.square:
            self.plane.set_square(square)

    def _show_lines(self, current: _Shown, ghost: _Shown | None) -> None:
        frame, colors = current.frame, theme()
        self.halves.show_line(frame.w, frame.b)
        self.halves.unsetCursor()
        self.sides.show_sides([translate(text) for text in _SIDES], frame.w, frame.b)
        if frame.error:
            w, b = required(frame.w_before), required(frame.b_before)
            self.swept.show_change((w, b), (frame.w, frame.b))
            dashed = Qt.PenStyle.DashLine
            self.line_before.show_line(w, b, colors.muted_text, dashed, name=translate(_BEFORE))
        else:
            self.swept.hide()
            self.line_before.hide()
        if current.params.show_best:
            style = Qt.PenStyle.DashDotLine
            self.best_line.show_line(frame.best_w, frame.best_b, colors.right, style, name=translate(_BEST))
        else:
            self.best_line.hide()
        if ghost is not None:
            w, b = ghost.frame.w, ghost.frame.b
            is_other = not (np.array_equal(w, frame.w) and b == frame.b)
            # The best line has its name at the same end.
            name = translate(_OTHERWISE) if is_other and not current.params.show_best else ""
            self.ghost_line.show_line(w, b, colors.text, opacity=colors.ghost_opacity, name=name)
        else:
            self.ghost_line.hide()

    def _show_arrows(self, frame: PerceptronRuleFrame) -> None:
        colors = theme()
        tip = tuple(frame.w.tolist())
        self.w_now.show_arrow((0.0, 0.0), tip, colors.text, width=3)
        if frame.error:
            foot = tuple(required(frame.w_before).tolist())
            self.w_before.show_arrow((0.0, 0.0), foot, colors.muted_text, width=2)
            self.added.show_arrow(foot, tip, sign_color(frame.error), width=3.5)
            sample = tuple(required(frame.x).tolist())
            color = sign_color(frame.error)
            self.piece_of.show_arrow((0.0, 0.0), sample, color, "x", width=1.5, dashed=True, gap=14)
        else:
            self.piece_of.hide()
            self.w_before.hide()
            self.added.hide()

    def _show_points(self, current: _Shown, ghost: _Shown | None) -> None:
        frame = current.frame
        self.points.show_points(frame.points, frame.labels.tolist(), (), frame.right, frame.sample)
        kept = set(current.params.points)
        gone = [point for point in ghost.params.points if point not in kept] if ghost else []
        places = np.array([point[:2] for point in gone]).reshape(-1, 2)
        self.ghost_points.setOpacity(theme().ghost_opacity)
        self.ghost_points.show_points(places, [point[2] for point in gone])

    def _show_sum(self, frame: PerceptronRuleFrame) -> None:
        colors = theme()
        color = sign_ink(frame.error or 0)
        before = frame.w if frame.sample is None else required(frame.w_before)
        names = (
            "w",
            f"{format_real(frame.error * required(frame.used_rate), 3)}·x" if frame.error else "",
            "w′" if frame.error else "w",
        )
        longest = max(self.farthest.frame.longest_addition, float(np.hypot(*frame.addition[:2])))
        side = max(_SMALLEST_SIDE, _SIDE * longest)
        self.sum.show_sum(before, frame.w, side, color, names)
        self.lens.setRect(self.sum.square)
        self.lens_name.setText("w → w′" if frame.error else "w", color=colors.text)
        self.lens_name.setPos(self.sum.square.center().x(), self.sum.square.bottom())
        number = (frame.sample or 0) + 1
        values = {"number": number, "target": frame.target, "output": frame.output, "error": frame.error}
        wordings = (_START,) if frame.sample is None else _WRONG if frame.error else _RIGHT
        self.caption.show_words(*wordings, color=color if frame.error else colors.text, **values)
        b_before = frame.b if frame.sample is None else required(frame.b_before)
        added = "+ 0"
        if frame.error:
            added = f"+ {format_real(required(frame.used_rate), 3)}·({format_real(frame.error)})·(x, 1)"
        self.table.show_rows(
            [
                [Cell("w, b", colors.muted_text), *_cells([*before, b_before], colors.muted_text)],
                [Cell(added, color, strong=True), *_cells(frame.addition, color, strong=True)],
                [Cell("w′, b′", strong=True), *_cells([*frame.w, frame.b], colors.text, strong=True)],
            ]
        )


def _all_counts(frame: PerceptronRuleFrame) -> tuple[int, list[int]]:
    """The number of the first stored epoch, and the mistakes of each epoch from there on, including the current one."""
    running = [] if frame.finished else [frame.running_mistakes]
    return frame.first_epoch, [*frame.mistakes.tolist(), *running]


def _cells(values: Iterable[float], color: str, strong: bool = False) -> list[Cell]:
    return [Cell(format_real(float(value), 3), color, strong) for value in values]


def _square(reach: float) -> QRectF:
    return QRectF(-reach, -reach, 2 * reach, 2 * reach)
