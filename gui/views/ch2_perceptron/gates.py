"""Draws `gates`: the input plane with its line, the neuron, and the truth table."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtCore import QRectF

from engine.contract.api import Text, format_real, untranslated
from engine.experiments.ch2_perceptron.gates import ROWS, GatesFrame, GatesParams
from gui.plots.board.table import Cell, TableItem
from gui.plots.network.neuron import NeuronItem, Signals
from gui.plots.plane.arrow import ArrowItem
from gui.plots.plane.class_points import ClassLegend, ClassPointsItem
from gui.plots.plane.line_geometry import HalfPlanesItem, SideLabels
from gui.plots.plane.plane import Plane
from gui.stage.api import Layout, Snapshot, View, theme, translate
from gui.stage.rings import ring_places

_HEADINGS = (
    untranslated("x1"),
    untranslated("x2"),
    Text("sum a"),
    Text("output y"),
    Text("wanted t"),
    Text("right?"),
    Text("to line"),
)
_PRIORITY = (9, 9, 5, 7, 6, 8, 4)
_SIDES = (Text("output 0"), Text("output 1"))
_WANTED = (Text("wanted 0"), Text("wanted 1"))
_TINT = Text("background: the neuron's output")
_WRONG = Text("wrong", context="points on the wrong side")
_STEP = Text("step", context="function")
_NEURON = Text("Neuron at ({x1}, {x2})")
_THRESHOLD = Text("θ = −b = {threshold}")
_Shown = Snapshot[GatesParams, GatesFrame]


class GatesView(View[GatesParams, GatesFrame]):
    """The input plane takes most of the stage; a click on a table row or a point sends its inputs through the
    neuron.
    """

    handle_plots = MappingProxyType({"": "plane"})

    def build(self) -> None:
        self.plane = Plane(QRectF(-0.5, -0.5, 2.0, 2.0), "x1", "x2")
        self.halves = HalfPlanesItem()
        self.ghost_arrow, self.arrow = ArrowItem(), ArrowItem()
        self.points = ClassPointsItem()
        self.arrow.words_beside = self.points.label_boxes
        self.sides = SideLabels(self.plane)
        for item in (self.halves, self.ghost_arrow, self.arrow, self.points):
            self.plane.addItem(item)
        self.legend = ClassLegend()
        self.neuron = NeuronItem()
        self.table = TableItem()
        self.grips(self.halves, "line")
        self.table.row_clicked.connect(self._row_clicked)
        self.table.row_hovered.connect(self._row_hovered)
        self.points.clicked.connect(self._row_clicked)
        self.points.hovered.connect(self._row_hovered)
        self.probe_plot(self.plane)
        self.dress(self.legend.show_words, _WANTED, _TINT, _WRONG)
        self.dress(self.table.set_headings, _HEADINGS, _PRIORITY)

    def layout_for(self, params: GatesParams, wide: bool, compact: bool) -> Layout:
        if wide and compact:
            return Layout(("legend .", "plane table"), (0, 1), (64, 36))
        if wide:
            return Layout(("legend neuron", "plane neuron", "plane table"), (0, 1, 0), (64, 36))
        if compact:
            return Layout(("legend", "plane", "table"), (0, 1, 0), (1,))
        return Layout(("legend", "plane", "neuron", "table"), (0, 82, 18, 0), (1,))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        before = ghost.params if ghost else None
        self.halves.show_line(params.w, params.b, (before.w, before.b) if before else None)
        self._show_arrow(self.arrow, current, "w", 1.0)
        if ghost is not None and ghost.params.differing(params) != ("selected",):
            self._show_arrow(self.ghost_arrow, ghost, "", theme().ghost_opacity)
        else:
            self.ghost_arrow.hide()
        row = ROWS.index(params.selected)
        labels = [f"({name[0]}, {name[1]})" for name in ROWS]
        rings = ring_places(self)
        self.points.show_points(frame.inputs, [int(t) for t in frame.wanted], labels, frame.right, row, rings)
        self.sides.show_sides([translate(text) for text in _SIDES], params.w, params.b, rings)
        self.neuron.show_signals(
            Signals(
                inputs=tuple(frame.inputs[row].tolist()),
                weights=(params.w1, params.w2),
                bias=params.b,
                weighted_sum=float(frame.weighted_sums[row]),
                output=float(frame.outputs[row]),
                right=bool(frame.right[row]),
            ),
            translate(_STEP),
            translate(_NEURON(x1=params.selected[0], x2=params.selected[1])),
            translate(_THRESHOLD(threshold=frame.threshold)),
        )
        self.table.show_rows([self._cells(frame, number) for number in range(4)], row)

    def _show_arrow(self, arrow: ArrowItem, of: _Shown, name: str, opacity: float) -> None:
        pivot = of.frame.pivot
        if pivot is None:
            arrow.hide()
            return
        start = tuple(pivot.tolist())
        end = (start[0] + of.params.w1, start[1] + of.params.w2)
        arrow.show_arrow(
            start, end, theme().text, name, opacity=opacity, gap=self.handle_gap if arrow is self.arrow else 0
        )

    def _cells(self, frame: GatesFrame, row: int) -> list[Cell]:
        colors = theme()
        right = bool(frame.right[row])
        output, wanted = int(frame.outputs[row]), int(frame.wanted[row])
        return [
            Cell(format_real(frame.inputs[row, 0])),
            Cell(format_real(frame.inputs[row, 1])),
            Cell(format_real(frame.weighted_sums[row], 4)),
            Cell(str(output), colors.class_inks[output], strong=True),
            Cell(str(wanted), colors.class_inks[wanted]),
            Cell("✓" if right else "×", colors.right if right else colors.wrong, strong=True),
            Cell("–" if frame.pivot is None else f"{abs(frame.distances[row]):.3f}"),
        ]

    def _row_clicked(self, row: int) -> None:
        self.change({"selected": ROWS[row]})

    def _row_hovered(self, row: int | None) -> None:
        self.preview(None if row is None else {"selected": ROWS[row]})
