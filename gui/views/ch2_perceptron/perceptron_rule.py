"""Draws `perceptron_rule`: the samples with the turning line, the sum of arrows that turns it, and the mistakes."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QResizeEvent

from engine.contract.numerals import format_real
from engine.contract.text import Text
from engine.experiments.ch2_perceptron.perceptron_rule import LIMIT, PerceptronRuleFrame
from gui.plots.arrow import ArrowItem
from gui.plots.class_legend import ClassLegend
from gui.plots.class_points import ClassPointsItem
from gui.plots.count_bars import CountBars
from gui.plots.fitting_words import FittingWords
from gui.plots.half_planes import HalfPlanesItem
from gui.plots.ink import sign_color
from gui.plots.plain_line import PlainLine
from gui.plots.plane import Plane
from gui.plots.side_labels import SideLabels
from gui.plots.swept_item import SweptItem
from gui.plots.table_item import Cell, TableItem
from gui.plots.vector_sum import VectorSum
from gui.plots.view import Snapshot, View
from gui.style.language import show
from gui.style.theme import theme
from gui.style.typography import scaled

_CLASSES = (Text("class 0", "类别 0"), Text("class 1", "类别 1"))
_SIDES = (Text("answer 0", "回答 0"), Text("answer 1", "回答 1"))
_HINT = Text("click: other class · double click: new point", "点一下换类别，双击空白处加点")
_BEST = Text("best so far", "目前最好")
_EPOCH = Text("epoch", "轮（epoch）")
_MISTAKES = Text("mistakes", "错误数")
_START = Text("w before the first sample", "第一个样本之前的 w")
_RIGHT = (
    Text("Point {number}: y = t = {target}, right: w stays", "第 {number} 个点：y = t = {target}，答对，w 不变"),
    Text("Right: w stays", "答对，w 不变"),
)
_WRONG = (
    Text("Point {number}: t − y = {target} − {output} = {error}: one mistake, one arrow", "第 {number} 个点：t − y = {target} − {output} = {error}，错一次，加一个箭头"),
    Text("One mistake adds one arrow", "错一次，加一个箭头"),
    Text("w + arrow = w′", "w + 箭头 = w′"),
)
_ADDED = Text("+ {rate}·({error})·x", "+ {rate}·({error})·x")


class PerceptronRuleView(View):
    """The plane takes the larger part; beside it the sum w + η·error·x, its numbers, and the mistakes of every epoch."""

    def build(self) -> None:
        self._short: bool | None = None
        reach = LIMIT + 0.2
        self.plane = Plane(QRectF(-reach, -reach, 2 * reach, 2 * reach), "x1", "x2")
        self.halves, self.swept = HalfPlanesItem(), SweptItem()
        self.halves.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.line_before, self.best_line, self.ghost_line = PlainLine(), PlainLine(), PlainLine(-40)
        self.w_before, self.added, self.w_now = ArrowItem(11), ArrowItem(13), ArrowItem(12)
        self.ghost_points, self.points = ClassPointsItem(), ClassPointsItem()
        self.sides = SideLabels(self.plane)
        for item in (self.halves, self.swept, self.ghost_line, self.best_line, self.line_before, self.w_before, self.w_now,
                     self.added, self.ghost_points, self.points):  # fmt: skip
            self.plane.addItem(item)
        self.legend = ClassLegend()
        self.caption = FittingWords()
        self.sum = VectorSum()
        self.table = TableItem()
        self.bars = CountBars()
        self.stage.scene().sigMouseClicked.connect(self._scene_clicked)
        self.probe_plot(self.plane)

    def plot_of_handle(self, handle_id: str) -> Plane:
        return self.plane

    def arrange(self, wide: bool) -> None:
        place = self.stage.place
        self.table.setVisible(not self._short)
        if wide:
            place(self.legend, 0, 0)
            place(self.plane, 1, 0, rows=3)
            place(self.caption, 0, 1)
            place(self.sum, 1, 1)
            place(self.table, 2, 1)
            place(self.bars, 3, 1)
            self.stage.set_stretch(rows=(0, 52, 0, 48), columns=(58, 42))
        else:
            place(self.legend, 0, 0, columns=2)
            place(self.plane, 1, 0, columns=2)
            place(self.caption, 2, 0, columns=2)
            place(self.sum, 3, 0)
            place(self.table, 4, 0)
            place(self.bars, 3, 1, rows=2)
            self.stage.set_stretch(rows=(0, 62, 0, 38, 0), columns=(55, 45))

    def resizeEvent(self, event: QResizeEvent) -> None:
        short = self.height() < scaled(420)
        if short != self._short:
            self._short, self._wide = short, None  # arranged anew
        super().resizeEvent(event)

    def restyle(self) -> None:
        self.plane.restyle()
        self.sides.restyle()
        self.legend.restyle()
        self.legend.show_words([show(text) for text in _CLASSES], show(_HINT))
        self.caption.restyle()
        self.sum.restyle()
        self.table.set_headings(["", "w1", "w2", "b"], (9, 8, 8, 7))
        self.table.restyle()
        self.bars.set_words(show(_EPOCH), show(_MISTAKES))

    def show_snapshot(self, current: Snapshot, ghost: Snapshot | None) -> None:
        frame: PerceptronRuleFrame = current.frame
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
        )

    def _show_lines(self, current: Snapshot, ghost: Snapshot | None) -> None:
        frame, colors = current.frame, theme()
        self.halves.show_line(frame.w, frame.b)
        self.halves.unsetCursor()
        self.sides.show_sides([show(text) for text in _SIDES], frame.w, frame.b)
        if frame.error:
            self.swept.show_change((frame.w_before, frame.b_before), (frame.w, frame.b))
            self.line_before.show_line(frame.w_before, frame.b_before, colors.muted_text, Qt.PenStyle.DashLine)
        else:
            self.swept.hide()
            self.line_before.hide()
        if current.params.show_best:
            style = Qt.PenStyle.DashDotLine
            self.best_line.show_line(frame.best_w, frame.best_b, colors.right, style, name=show(_BEST))
        else:
            self.best_line.hide()
        if ghost is not None:
            self.ghost_line.show_line(ghost.frame.w, ghost.frame.b, colors.text, opacity=colors.ghost_opacity)
        else:
            self.ghost_line.hide()

    def _show_arrows(self, frame: PerceptronRuleFrame) -> None:
        colors = theme()
        tip = tuple(frame.w.tolist())
        self.w_now.show_arrow((0.0, 0.0), tip, colors.text, "w′" if frame.error else "w", width=3)
        if frame.error:
            foot = tuple(frame.w_before.tolist())
            self.w_before.show_arrow((0.0, 0.0), foot, colors.muted_text, width=2)
            self.added.show_arrow(foot, tip, sign_color(frame.error), width=3.5)
        else:
            self.w_before.hide()
            self.added.hide()

    def _show_points(self, current: Snapshot, ghost: Snapshot | None) -> None:
        frame = current.frame
        self.points.show_points(frame.points, frame.labels.tolist(), (), frame.right, frame.sample)
        kept = set(current.params.points)
        gone = [point for point in ghost.params.points if point not in kept] if ghost else []
        places = np.array([point[:2] for point in gone]).reshape(-1, 2)
        self.ghost_points.setOpacity(theme().ghost_opacity)
        self.ghost_points.show_points(places, [point[2] for point in gone])

    def _show_sum(self, frame: PerceptronRuleFrame) -> None:
        colors = theme()
        color = sign_color(frame.error or 0)
        self.sum.show_box(np.floor(frame.low * 4) / 4, np.ceil(frame.high * 4) / 4 + (frame.high == frame.low) * 0.25)
        before = frame.w if frame.sample is None else frame.w_before
        self.sum.show_sum(before, frame.w, color, ("w", _digits("η·({})·x", frame.error), "w′" if frame.error else "w"))
        values = {"number": (frame.sample or 0) + 1, "target": frame.target, "output": frame.output, "error": frame.error}
        wordings = (_START,) if frame.sample is None else _WRONG if frame.error else _RIGHT
        self.caption.show_words(
            *(show(text.with_values(**values)) for text in wordings), color=color if frame.error else colors.text
        )
        b_before = frame.b if frame.sample is None else frame.b_before
        added = "+ 0" if not frame.error else f"+ {format_real(frame.used_rate, 3)}·({format_real(frame.error)})·(x, 1)"
        self.table.show_rows(
            [
                [Cell("w, b", colors.muted_text), *_cells([*before, b_before], colors.muted_text)],
                [Cell(added, color, strong=True), *_cells(frame.addition, color, strong=True)],
                [Cell("w′, b′", strong=True), *_cells([*frame.w, frame.b], colors.text, strong=True)],
            ]
        )

    def _scene_clicked(self, event: object) -> None:
        if event.double() and event.button() == Qt.MouseButton.LeftButton:
            if self.plane.vb.sceneBoundingRect().contains(event.scenePos()):
                self.add_at(self.plane.vb.mapSceneToView(event.scenePos()).toTuple())


def _cells(values: object, color: str, strong: bool = False) -> list[Cell]:
    return [Cell(format_real(float(value), 3), color, strong) for value in values]


def _digits(template: str, error: int | None) -> str:
    return template.format(format_real(error or 0))
