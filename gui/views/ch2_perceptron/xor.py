"""Draws `xor`: two planes with every point joined to its image, or the best of all single lines and their map."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt

from engine.contract.api import Text, format_real, required, untranslated
from engine.experiments.ch2_perceptron.xor.params import (
    INPUTS,
    NEURONS,
    REGION,
    ROWS,
    XorFrame,
    XorParams,
    gate_text,
)
from gui.plots.axes.axis import steady
from gui.plots.bars.count_bars import CountPlot
from gui.plots.board.strip import StripItem
from gui.plots.board.table import Cell, TableItem
from gui.plots.plane.arrow import ArrowItem
from gui.plots.plane.class_points import ClassLegend, ClassPointsItem
from gui.plots.plane.joins import Join, JoinsItem
from gui.plots.plane.line_geometry import HalfPlanesItem, SideLabels
from gui.plots.plane.named_line import NamedLine
from gui.plots.plane.plane import Plane
from gui.plots.plane.region import RegionItem
from gui.stage.api import Layout, SegmentedItem, Snapshot, View, px, theme, translate
from gui.stage.rings import ring_places

_SQUARE = QRectF(-0.5, -0.5, 2.0, 2.0)
_MIDDLE = (0.5, 0.5)
_GATES = 700
"""The width of the stage in pixels below which lines have no room for the names of their gates."""
_LEAST_WIDTH = 190
_RING, _GRIPPED = 19, 10
"""Pixels around a point, and around a handle, that names leave free."""
_WANTED = (Text("wanted 0"), Text("wanted 1"))
_WRONG = Text("wrong", context="points on the wrong side")
_TINT = Text("background: output y")
_SIDES = (untranslated("y = 0"), untranslated("y = 1"))
_TITLES = (Text("Inputs"), Text("After the hidden layer"))
_MAP = (
    Text("direction of w (°)"),
    Text("best count"),
    Text("4 of 4"),
)
_TWO = (untranslated("x1 x2"), untranslated("s1 s2"), untranslated("y"), Text("wanted t"))
_SINGLE = (untranslated("x1 x2"), Text("sum a"), untranslated("y"), Text("wanted t"))
_SIDE_TWO = (untranslated("x1 x2"), untranslated("s1 s2"), untranslated("y"))
_SIDE_SINGLE = (untranslated("x1 x2"), untranslated("a"), untranslated("y"))
_Shown = Snapshot[XorParams, XorFrame]


class XorView(View[XorParams, XorFrame]):
    """Two planes of equal size over the truth table; a click on a point, an image or a column shows its working."""

    compact_below = 430
    handle_plots = MappingProxyType({"": "inputs", "y.": "hidden", "direction.map": "map"})

    def build(self) -> None:
        self.inputs = Plane(_SQUARE, "x1", "x2")
        self.hidden = Plane(_SQUARE, "s1", "s2")
        self.map = CountPlot((0, 360), (0, 90, 180, 270, 360), 4)
        self.points = ClassPointsItem()
        self._build_two()
        self._build_single()
        self.inputs.addItem(self.points)
        self.legend, self.views = ClassLegend(), self.choice("view", SegmentedItem())
        self.strip, self.table = StripItem(), TableItem()
        self.points.clicked.connect(self._row_clicked)
        self.images.clicked.connect(self._image_clicked)
        self.strip.column_clicked.connect(self._row_clicked)
        self.table.row_clicked.connect(self._row_clicked)
        self.probe_plot(self.inputs)
        self.probe_plot(self.hidden, "hidden")
        self.probe_plot(self.map, "map")
        self._compact = False
        self._image_rows: list[int] = []
        self.dress(self._name_planes)
        for plane in (self.inputs, self.hidden):
            self.dress(steady, plane, "\N{MINUS SIGN}0.5")

    def _build_two(self) -> None:
        self.region = RegionItem()
        self.halves = HalfPlanesItem()
        self.halves.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.lines = tuple(NamedLine(-20, end, gripped=True) for end in (-1, -1, 1))
        self.arrows = tuple(ArrowItem() for _ in NEURONS)
        self.sides = SideLabels(self.hidden)
        self.ghost_images, self.images = ClassPointsItem(labelled=False), ClassPointsItem()
        self.inputs.addItem(self.region)
        for item in (self.halves, self.ghost_images, self.images):
            self.hidden.addItem(item)
        for number, (line, arrow) in enumerate(zip(self.lines, self.arrows, strict=True)):
            plane = self._plane_of(number)
            plane.addItem(line)
            plane.addItem(arrow)
            self.grips(line, f"{NEURONS[number]}.line")
            line.words_beside = self.images.label_boxes if number == 2 else self.taken_on_inputs
        first, second, _ = self.lines
        first.lines_beside = lambda: [second.seen_line(), *self._joined_places()]
        second.lines_beside = lambda: [first.seen_line(), *self._joined_places()]
        self.inputs.vb.sigRangeChanged.connect(self._range_changed)
        self.joins = JoinsItem(self.inputs, self.hidden)
        self.sides.lines_beside = self.joins.passed
        self.inputs.vb.sigResized.connect(self.sides.follow)
        self.stage.scene().addItem(self.joins)

    def taken_on_inputs(self) -> list[QRectF]:
        """The scene boxes of labels, of points with their rings, and of handles, which names avoid."""
        places = [self.inputs.vb.mapViewToScene(QPointF(*place)) for place in INPUTS.tolist()]
        gripped = [self.inputs.vb.mapViewToScene(QPointF(*place)) for place in ring_places(self, "inputs")]
        around = [(place, px(_RING)) for place in places] + [(place, px(_GRIPPED)) for place in gripped]
        boxes = [QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach) for place, reach in around]
        return [*self.points.label_boxes(), *boxes]

    def _joined_places(self) -> list[QLineF]:
        return [QLineF(place, place) for place in self.joins.passed()]

    def _build_single(self) -> None:
        self.best = HalfPlanesItem()
        self.best.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.dial = ArrowItem()
        self.best_sides = SideLabels(self.inputs)
        for item in (self.best, self.dial):
            self.inputs.addItem(item)

    def _range_changed(self, *_: object) -> None:
        # The name of s2 stands below the points, or beside them where the plane shows more of its width.
        shown = self.inputs.vb.viewRect()
        self.lines[1].set_name_end(1 if shown.width() > 1.3 * shown.height() else -1)

    def _plane_of(self, number: int) -> Plane:
        return self.hidden if number == 2 else self.inputs

    def layout_for(self, params: XorParams, wide: bool, compact: bool) -> Layout:
        second = "map" if params.view == "single" else "hidden"
        if wide and compact:
            return Layout(("legend views views", f"inputs {second} table"), (0, 1), (1, 1, 0))
        if wide:
            return Layout(("legend views", f"inputs {second}", "strip strip"), (0, 1, 0), (40, 40))
        cells = ("legend views", "inputs inputs", f"{second} {second}", "strip strip")
        return Layout(cells, (0, 1, 1, 0), (1, 0))

    def arrange(self, wide: bool, compact: bool) -> None:
        self._compact = compact
        self._name_planes()
        grid = self.stage.ci.layout
        for column in range(2):
            # Equal planes, whatever stands above them.
            grid.setColumnPreferredWidth(column, 400 if wide else -1)
            grid.setColumnMinimumWidth(column, _LEAST_WIDTH if wide and compact else 0)
        room = px(136) if wide and compact else 0
        grid.setColumnMinimumWidth(2, room)
        grid.setColumnMaximumWidth(2, room)

    def _name_planes(self) -> None:
        for plane, title in zip((self.inputs, self.hidden), _TITLES, strict=True):
            plane.show_title("" if self._compact else translate(title))

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        view = current.params.view
        is_two = view == "two"
        self.joins.setVisible(is_two)
        parts: tuple[pg.GraphicsObject, ...] = (self.region, *self.lines[:2], *self.arrows[:2])
        for item in parts:
            item.setVisible(is_two)
        self.best.setVisible(not is_two)
        self.legend.show_words([translate(text) for text in _WANTED], translate(_TINT), translate(_WRONG))
        if is_two:
            self._show_two(current, ghost)
        else:
            self._show_single(current.params, current.frame, ghost)
        self._show_table(current.params, current.frame)

    # Two layers

    def _show_two(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        lines = [(np.array(neuron[:2]), neuron[2]) for neuron in params.neurons]
        if frame.cells is not None:
            self.region.show_cells((lines[0], lines[1]), frame.cells)
        else:
            self.region.show_values(required(frame.region), QRectF(*REGION))
        together = _is_one_line(*params.neurons[:2])
        for number, (w, b) in enumerate(lines):
            before = ghost.params.neurons[number] if ghost else None
            moved = before is not None and before != params.neurons[number]
            was = (np.array(before[:2]), before[2]) if before is not None and moved else None
            # Where there is little room, the gates stand in the headline only.
            gate = (
                ""
                if self._compact or self.width() < px(_GATES)
                else "  " + translate(gate_text(frame.gates[number], params.activation))
            )
            name = NEURONS[number] + gate
            if together and number < 2:  # the line of s1 lies below that of s2, which has both names
                name = f"{NEURONS[0]}, {name}" if number else ""
            style = Qt.PenStyle.DashLine if number == 1 else Qt.PenStyle.SolidLine
            self.lines[number].show_line(w, b, theme().text, style, 2.5, name=name, before=was)
            self._show_arrow(number, frame.feet[number], params.arrow_tips()[number])
        self.halves.show_line(*lines[2])
        self.best_sides.show_sides(("", ""), *lines[0])
        self.dial.hide()
        self.points.show_points(INPUTS, _classes(frame), ROWS, frame.right, clear_of=ring_places(self, "inputs"))
        self._show_images(frame, ghost)
        lit = {row for group in frame.meeting() for row in group}
        self.joins.show_joins(
            [
                Join(tuple(start), tuple(end), row in lit)
                for row, (start, end) in enumerate(zip(INPUTS.tolist(), frame.hidden.tolist(), strict=True))
            ]
        )
        self.sides.show_sides([translate(text) for text in _SIDES], *lines[2], ring_places(self, "hidden"))

    def _show_arrow(self, number: int, foot: np.ndarray, tip: np.ndarray) -> None:
        if np.isnan(foot).any():
            self.arrows[number].hide()
        else:
            self.arrows[number].show_arrow(tuple(foot), tuple(tip), theme().muted_text, width=1.6, gap=self.handle_gap)

    def _show_images(self, frame: XorFrame, ghost: _Shown | None) -> None:
        """Show the images of the inputs, with one symbol for each position and class; points with the same image share
        a label.
        """
        named, rest = [], []
        for place in range(frame.distinct):
            rows = np.flatnonzero(frame.places == place).tolist()
            of_class = {int(frame.wanted[row]): row for row in reversed(rows)}
            kinds = sorted(of_class.values(), key=lambda row: frame.right[row])
            named.append((kinds[0], ", ".join(ROWS[row] for row in rows)))
            rest += kinds[1:]
        self._image_rows = [row for row, _ in named] + rest
        classes = [_classes(frame)[row] for row in self._image_rows]
        labels = [label for _, label in named]
        right, rings = frame.right[self._image_rows], ring_places(self, "hidden")
        self.images.show_points(frame.hidden[self._image_rows], classes, labels, right, clear_of=rings)
        moved = ghost is not None and not np.array_equal(ghost.frame.hidden, frame.hidden)
        self.ghost_images.setVisible(moved)
        if ghost is not None and moved:
            self.ghost_images.setOpacity(theme().ghost_opacity)
            self.ghost_images.show_points(ghost.frame.hidden, _classes(frame))

    # One perceptron

    def _show_single(self, params: XorParams, frame: XorFrame, ghost: _Shown | None) -> None:
        before = (ghost.frame.single_w, ghost.frame.best_b) if ghost else None
        self.best.show_line(frame.single_w, frame.best_b, before)
        sides = ("", "") if self._compact else [translate(text) for text in _SIDES]
        self.best_sides.show_sides(sides, frame.single_w, frame.best_b)
        handle = next(one for one in self.experiment.handles(params, frame) if one.id == "direction.w")
        self.dial.show_arrow(_MIDDLE, handle.place, theme().text, "w")
        self.points.show_points(INPUTS, _classes(frame), ROWS, frame.single_right)
        across, up, ceiling = _MAP
        self.map.set_words(translate(across), translate(up), translate(ceiling))
        self.map.show_counts(frame.directions, frame.best_counts, params.direction)

    # The table

    def _show_table(self, params: XorParams, frame: XorFrame) -> None:
        selected = ROWS.index(params.selected)
        is_two = params.view == "two"
        self.strip.set_headings([translate(heading) for heading in (_TWO if is_two else _SINGLE)])
        self.strip.show_columns([_column(frame, row, is_two) for row in range(4)], selected)
        self.table.set_headings([translate(heading) for heading in (_SIDE_TWO if is_two else _SIDE_SINGLE)], (8, 7, 9))
        self.table.show_rows([_row(frame, row, is_two) for row in range(4)], selected)

    # The hand

    def _row_clicked(self, row: int) -> None:
        self.change({"selected": ROWS[row]})

    def _image_clicked(self, number: int) -> None:
        self._row_clicked(self._image_rows[number])


def _is_one_line(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two neurons have the same line with the same sides."""
    lengths = [math.hypot(neuron[0], neuron[1]) for neuron in (one, other)]
    if min(lengths) == 0:
        return False
    return bool(np.allclose(np.array(one) / lengths[0], np.array(other) / lengths[1]))


def _classes(frame: XorFrame) -> list[int]:
    return [int(t) for t in frame.wanted]


def _short(value: float) -> str:
    return format_real(round(float(value), 2))


def _mark(right: bool) -> str:
    return "✓" if right else "×"


def _column(frame: XorFrame, row: int, is_two: bool) -> list[Cell]:
    """The cells of one input's column in the transposed table: inputs, intermediate values, output, target."""
    colors = theme()
    output = float(frame.outputs[row] if is_two else frame.single_outputs[row])
    right = bool(frame.right[row] if is_two else frame.single_right[row])
    between = "  ".join(map(_short, frame.hidden[row])) if is_two else format_real(frame.single_sums[row], 3)
    return [
        Cell("  ".join(map(_short, frame.inputs[row]))),
        Cell(between),
        Cell(_short(output), colors.class_inks[int(output >= 0.5)], strong=True),
        Cell(f"{int(frame.wanted[row])}  {_mark(right)}", colors.right if right else colors.wrong, strong=not right),
    ]


def _row(frame: XorFrame, row: int, is_two: bool) -> list[Cell]:
    """The cells of one input's row in a narrow table, with ✓ or × after the output."""
    inputs, between, output, _ = _column(frame, row, is_two)
    right = bool(frame.right[row] if is_two else frame.single_right[row])
    return [inputs, between, Cell(f"{output.text} {_mark(right)}", output.color, strong=True)]
