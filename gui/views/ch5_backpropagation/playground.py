"""Draws `playground`: the network with a map in every neuron, the map of its answers with the data points, and the
loss.
"""

from __future__ import annotations

from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor

from engine.contract.api import ProbePoint, Text, in_powers, percent, required, untranslated
from engine.data.plane_sets import REACH
from engine.experiments.ch5_backpropagation.playground import Playground
from engine.experiments.ch5_backpropagation.playground.params import (
    MOST_NEURONS,
    OWN,
    PlaygroundFrame,
    PlaygroundParams,
)
from engine.experiments.ch5_backpropagation.playground.words import brief_name, name_of, parameter_name
from engine.nn.activation_registry import ACTIVATIONS
from engine.nn.schedules import CONSTANT
from gui.plots.board.choosing import ButtonsItem
from gui.plots.drawing.curve_ink import TEST, TRAIN, curve_pen, data_pen
from gui.plots.drawing.ink import brush, mixed, pen
from gui.plots.drawing.long_lines import LinePieces
from gui.plots.learning.run_plot import RunPlot, Series
from gui.plots.learning.schedule_plot import RATE, SchedulePlot
from gui.plots.network.network_maps import MapNode, NetworkMaps
from gui.plots.network.network_walk import Part
from gui.plots.plane.class_points import ClassLegend, ClassPointsItem
from gui.plots.plane.plane import Plane
from gui.plots.plane.region import RegionItem, RegionNames
from gui.plots.surface.shades import LEVELS, Table, answer_table, class_table, signed_table
from gui.plots.surface.signed import map_of
from gui.stage.api import FittingWords, Layout, Snapshot, font, px, theme, translate
from gui.stage.keys import TypedNumber
from gui.stage.run_view import RunView

_TOPS = (0.8, 1.6, 4.0, 16.0)
_SHORTEST = 50
_STEPS = {"\N{MINUS SIGN}1": -1.0, "\N{MINUS SIGN}0.1": -0.1, "+0.1": 0.1, "+1": 1.0}
_PENALTY_INK = 3
_NUMBERED = 0.94 * REACH
"""The largest coordinate at which the neuron numbers of lines stand, so that none is cut off."""
_APART = 0.4
"""The smallest distance between two of these neuron numbers, in plot units."""
_LOSS, _EPOCHS = Text("loss"), Text("epochs", context="with the term")
_TRAIN, _TEST, _PENALTY = Text("training"), Text("test"), Text("penalty")
_CLASS = Text("class {number}")
_SHARES = Text("correct: training {train}, test {test}")
_SHARES_HOLLOW = Text("correct: training {train}, test (hollow) {test}")
_HEIGHTS = Text("height from −1 (striped, squares) to 1 (plain, circles)")
_HINT = (
    Text("click a connection or a neuron to set its weight or bias"),
    Text("click a connection or a neuron"),
)
_OWN_HINT = (
    Text("double click: a new point · click a point: its next class"),
    Text("double click: new point"),
)
_SECTION = (
    Text("the map is a section: inputs that are not drawn stand at their means"),
    Text("section, other inputs at their means"),
)
_PULLED = Text("drag up or down, or click to type")
_SELECTED = Text("{name}: {value}")
_FEWER = Text("hidden layer {layer}: one neuron fewer")
_MORE = Text("hidden layer {layer}: one neuron more")
_NAMINGS = (parameter_name, brief_name)
_Shown = Snapshot[PlaygroundParams, PlaygroundFrame]


class PlaygroundView(RunView[PlaygroundParams, PlaygroundFrame]):
    """The map of the output takes most of the stage; beside it stand the network, the selected weight, and the loss."""

    experiment: Playground

    compact_below = 430
    handle_plots = MappingProxyType({"": "plane"})
    adds_on = "plane"

    def build(self) -> None:
        square = QRectF(-REACH, -REACH, 2 * REACH, 2 * REACH)
        self.plane = Plane(square, "x1", "x2")
        self.answers, self.names, self.lines = RegionItem(), RegionNames(), LinePieces()
        self.lines.setZValue(-19)
        self.border = pg.PlotCurveItem(connect="finite")
        self.border.setZValue(-18)
        self.numbers = [pg.TextItem(anchor=(0.5, 0.5)) for _ in range(MOST_NEURONS)]
        self.points, self.tested = ClassPointsItem(10, labelled=False), ClassPointsItem(8, labelled=False, hollow=True)
        self.heights = pg.ScatterPlotItem()
        drawn = (self.answers, self.names, self.lines, self.border, self.tested, self.points, self.heights)
        for item in (*drawn, *self.numbers):
            self.plane.addItem(item, ignoreBounds=True)
        self.network, self.legend = NetworkMaps(), ClassLegend()
        self.loss = RunPlot(_TOPS, "0.00000", key_at=0.04, shortest=_SHORTEST)
        self.pinned.behind(self.loss, "curves.train_loss", dashed=("curves.test_loss",))
        self.go_on = self.invite_to_run(self.loss)
        self.rate = SchedulePlot()
        self.rate_words = self.rate.words
        self.words, self.buttons = FittingWords(), ButtonsItem()
        self.buttons.pressed.connect(self._nudge)
        self.network.walked.connect(self._walked)
        self.network.entered.connect(self._enter)
        self.add_control(self.network)
        self.add_control(self.buttons)
        self._pulled_from: float | None = None
        self.network.pull.pulled.connect(self._pull)
        self.network.pull.released.connect(self._end_pull)
        self.network.pull.clicked.connect(self._line_clicked)
        self.typed = TypedNumber(self.stage.viewport())
        self.typed.given.connect(self._type)
        self.probe_plot(self.plane)
        self.probe_plot(self.network, "network")
        self._points_shown: tuple | None = None
        self._axes = (untranslated("x1"), untranslated("x2"))
        # Else the axis would take its room anew after the first painting, and the plane with it.
        self.dress(self._name_axes)
        self.dress(self.plane.set_room, "\N{MINUS SIGN}3")
        self.dress(self.loss.set_names, _EPOCHS, _LOSS)
        self.dress(self.loss.set_room, "0.00")
        self.dress(self.rate.name, "0.00")
        self.dress(self.network.fit)
        self.dress(lambda: self.network.pull.setToolTip(translate(_PULLED)))
        self.dress(self.buttons.set_options, [(name, name) for name in _STEPS])

    def layout_for(self, params: PlaygroundParams, wide: bool, compact: bool) -> Layout:
        if wide and compact:
            return Layout(("network legend", "network plane"), (0, 100), (48, 52))
        if wide:
            cells: tuple[str, ...] = ("network legend", "network plane", "words plane", "buttons plane", "loss plane")
            # With a schedule two plots share the lower part.
            heights = (0, 60, 0, 0, 40) if params.schedule == CONSTANT else (0, 48, 0, 0, 52)
            layout = Layout(cells, heights, (46, 54))
        else:
            cells = ("legend legend", "plane plane", "network loss", "words buttons")
            layout = Layout(cells, (0, 60, 40, 0), (60, 40))
        return layout if params.schedule == CONSTANT else layout.below("loss", RATE, 33)

    def restyle(self) -> None:
        self.lines.setPen(pen(mixed(theme().text, 0.75), 1.6))
        self.border.setPen(pen(theme().text, 1.2, Qt.PenStyle.DashLine))
        for number, words in enumerate(self.numbers, start=1):
            words.setFont(font("notes"))
            words.setText(f" {number} ", color=theme().text)
            words.fill, words.border = brush(theme().surface), pen(theme().control_outline)
        self._points_shown = None

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        if frame.axis_names(params) != self._axes:
            self._axes = frame.axis_names(params)
            self._name_axes()
        self._show_map(params, frame)
        self.border.setData(*(frame.border.T if frame.border is not None else ([], [])))
        self._show_points(params, frame)
        self._show_network(params, frame)
        self._show_loss(current, ghost)
        self.rate.show_rates(frame.rates, frame.update, params.planned)
        self._show_words(params, frame)

    def probe(self, spot: ProbePoint | None) -> None:
        """Show the map of the neuron under the pointer in place of the output's."""
        super().probe(spot)
        hovered: Any = None
        if self.current is not None and spot is not None and spot.part == "network":
            changes = self.experiment.click_at(self.current.params, self.current.frame, spot)
            # Where a click would put a neuron back, it still lies under the pointer.
            hovered = self.current.params.enlarged if changes.get("selected") == 0 else changes.get("enlarged")
        if hovered != self._hovered:
            self._hovered = hovered
            self.preview(None if hovered is None else {"enlarged": hovered})

    _hovered: int | None = None

    # Parts

    def _name_axes(self) -> None:
        self.plane.name_axes(*(translate(name) for name in self._axes))

    def _show_map(self, params: PlaygroundParams, frame: PlaygroundFrame) -> None:
        number = params.enlarged
        if 0 < number <= len(frame.hidden_maps):
            layer, index = frame.enlarged(params)
            self.legend.show_words([], translate(name_of(params, frame, layer, index)))
            self.names.show_none()
            shades = frame.hidden_maps[number - 1]
            lines = frame.lines[frame.line_of == index] if layer == 1 else frame.lines[:0]
            self._show_lines(lines, np.full(len(lines), index))
            self.answers.show_shades(shades, self._table(params, layer), self.plane.square)
            return
        self._show_legend(params, frame)
        shades = frame.answer_map
        if params.is_regression:
            table = None
            shades = np.where(shades > 128, 255, 1).astype(np.uint8) if params.discrete else shades
            self.names.show_none()
        else:
            table = answer_table(params.discrete)
            names = [translate(_CLASS(number=number)) for number in range(frame.outputs)]
            points = frame.points[: frame.shown(params)]
            self.names.show_regions(shades // LEVELS, names, self.plane.square, points)
        self._show_lines(frame.lines, frame.line_of)
        self.answers.show_shades(shades, table, self.plane.square)

    def _show_lines(self, lines: np.ndarray, line_of: np.ndarray) -> None:
        """Show the lines on which the weighted sums of the first layer's neurons are 0. Each has its neuron's number,
        as far to the right as other numbers allow.
        """
        self.lines.show_pieces(lines)
        taken = np.empty((0, 2))
        for number, words in enumerate(self.numbers):
            ends = lines[line_of == number].reshape(-1, 2)
            words.setVisible(bool(len(ends)))
            if not len(ends):
                continue
            places = np.clip(ends[np.argsort(-ends[:, 0], kind="stable")], -_NUMBERED, _NUMBERED)
            away = np.abs(places[:, None] - taken).max(axis=2).min(axis=1, initial=2 * REACH)
            free = away >= _APART
            at = places[free.argmax() if free.any() else away.argmax()]
            taken = np.vstack([taken, at])
            words.setPos(*at.tolist())

    def _table(self, params: PlaygroundParams, layer: int) -> Table | None:
        """The colour table for a layer's maps: from pale to the colour of class 1 if all outputs lie between 0 and 1;
        otherwise None, for a colour for each sign.
        """
        is_share = layer and ACTIVATIONS[params.activations[layer - 1]].limits == (0.0, 1.0)
        return class_table(1) if is_share else None

    def _show_points(self, params: PlaygroundParams, frame: PlaygroundFrame) -> None:
        """Show the data points; since there may be five hundred, they are drawn again only if they have changed."""
        shown = (id(frame.points), frame.training, frame.shown(params), params.is_regression)
        if shown == self._points_shown:
            return
        self._points_shown = shown
        self._kept = frame.points
        n, heights = frame.training, params.is_regression
        last = frame.shown(params)
        for item, first, end in ((self.points, 0, n), (self.tested, n, last)):
            end = first if heights else end
            item.show_points(frame.points[first:end], frame.targets[first:end].astype(int).tolist())
        last = last if heights else 0
        table, at = signed_table(), frame.points[:last]
        shades = np.rint(128 + 127 * frame.targets[:last]).astype(int)
        colors = [QColor(color) for color in table[shades].tolist()]
        sizes = [px(9 if number < n else 6) for number in range(len(colors))]
        symbols = np.where(frame.targets[:last] < 0, "s", "o").tolist()
        self.heights.setData(at[:, 0], at[:, 1], brush=colors, size=sizes, symbol=symbols, pen=pen(theme().text, 0.8))

    def _show_network(self, params: PlaygroundParams, frame: PlaygroundFrame) -> None:
        sizes, number = frame.sizes, 0
        starts = np.cumsum([0, *((n + 1) * m for n, m in pairwise(sizes))]).tolist()
        blocks = [frame.parameters[a:b].reshape(-1, m) for (a, b), m in zip(pairwise(starts), sizes[1:], strict=True)]
        at = frame.selected_place(params)
        bias = (at[0] + 1, at[2]) if at and at[1] == sizes[at[0]] else None
        layers = [[
            MapNode(map_of(shades), translate(name))
            for shades, name in zip(frame.input_maps, frame.input_names(params), strict=True)
        ]]  # fmt: skip
        for layer, count in enumerate(sizes[1:-1], start=1):
            table, nodes = self._table(params, layer), []
            for index in range(count):
                number += 1
                image = map_of(frame.hidden_maps[number - 1], table)
                name, value = str(index + 1) if layer == 1 else "", float(blocks[layer - 1][-1, index])
                nodes.append(MapNode(image, name, "", value, params.enlarged == number, bias == (layer, index)))
            layers.append(nodes)
        last = []
        for index, shades in enumerate(frame.output_maps):
            image = map_of(shades, None if params.is_regression else class_table(index))
            name, color = ("y", "") if params.is_regression else (str(index), theme().class_inks[index])
            last.append(MapNode(image, name, color, float(blocks[-1][-1, index]), lit=bias == (len(sizes) - 1, index)))
        headings = [
            (str(count), translate(ACTIVATIONS[name].name))
            for count, name in zip(sizes[1:-1], params.activations, strict=True)
        ]
        weights, weight = [block[:-1] for block in blocks], at if bias is None else None
        self.network.show_network([*layers, last], weights, weight, headings, for_hand=not self._exporting)
        self.network.words = translate(self._words_of(params, frame, self.network.part))

    def _show_loss(self, current: _Shown, ghost: _Shown | None) -> None:
        frame: PlaygroundFrame = current.frame
        whole: PlaygroundFrame = self.farthest.frame
        self.loss.show_span(whole.counts[1], 1)
        self.loss.show_series(_losses(current.params, frame))
        self.loss.show_ghost(_losses(ghost.params, ghost.frame)[-1] if ghost else None)
        self.loss.show_later(None if whole is frame else frame.counts[1], _losses(current.params, whole))
        self.loss.show_top(np.concatenate([whole.train_loss_curve, whole.test_loss_curve]))
        waits = frame.counts[1] == required(self.experiment.opening).count
        self.invite_at(frame.counts[1], frame.train_loss if waits else None)

    def _show_legend(self, params: PlaygroundParams, frame: PlaygroundFrame) -> None:
        if params.is_regression:
            self.legend.show_words([], translate(_HEIGHTS))
            return
        values = {"train": percent(frame.train_accuracy, 1), "test": percent(frame.test_accuracy, 1)}
        names = [translate(_CLASS(number=number)) for number in range(frame.outputs)]
        for number, name in enumerate(frame.table.classes if frame.table else ()):
            if name != str(number):
                names[number] = f"{number}: {name}"
        shares = _SHARES_HOLLOW if frame.shown(params) > frame.training else _SHARES
        self.legend.show_words(names, translate(_SECTION[1] if params.is_section else shares(**values)))

    def _show_words(self, params: PlaygroundParams, frame: PlaygroundFrame) -> None:
        # They keep their place, so that nothing moves when they are needed.
        self.buttons.setOpacity(1.0 if params.selected else 0.4)
        self.buttons.setEnabled(bool(params.selected))
        if not params.selected and params.is_section:
            self.words.show_words(*(translate(words) for words in _SECTION), color="muted_text")
            return
        if not params.selected and self._exporting:
            self.words.show_words("")
            return
        if not params.selected:
            self.words.show_words(*(_OWN_HINT if params.data == OWN else _HINT), color="muted_text")
            return
        index = min(params.selected, len(frame.parameters)) - 1
        value = in_powers(float(frame.parameters[index]), 3)
        names = (naming(params, frame, index) for naming in _NAMINGS)
        self.words.show_words(*(translate(_SELECTED(name=name, value=value)) for name in names), value)

    # The hand

    def _nudge(self, name: str) -> None:
        value = self._selected_value()
        if value is not None:
            self._place(value + _STEPS[name])
            self.gesture_ended.emit()

    def _pull(self, by: float) -> None:
        """Set the selected weight to the value that it had when its line was pressed, plus ``by``."""
        if self._pulled_from is None:
            self._pulled_from = self._selected_value()
        if self._pulled_from is not None:
            self._place(self._pulled_from + by)

    def _end_pull(self) -> None:
        self._pulled_from = None
        self.gesture_ended.emit()

    def _line_clicked(self, scene_place: QPointF) -> None:
        """Open a line edit for the selected weight; if the click is nearer to another weight's line, select that one
        instead.
        """
        value, line = self._selected_value(), self.network.selected_line()
        if self.current is None or value is None or line is None:
            return
        place = self.network.vb.mapSceneToView(scene_place)
        changes = self.experiment.click_at(
            self.current.params, self.current.frame, ProbePoint(place.x(), place.y(), part="network")
        )
        if changes.get("selected", self.current.params.selected) != self.current.params.selected:
            self.change(changes)
        else:
            self._ask_for_weight()

    def _ask_for_weight(self) -> None:
        """Open a line edit for the selected weight at its line."""
        value, line = self._selected_value(), self.network.selected_line()
        if self.current is None or value is None or line is None:
            return
        index = required(self.current.frame.selected(self.current.params))
        name = translate(parameter_name(self.current.params, self.current.frame, index))
        self.typed.ask(self.stage.mapFromScene(line.center()), value, name)

    def _walked(self) -> None:
        if self.current is not None:
            self.network.words = translate(self._words_of(self.current.params, self.current.frame, self.network.part))
            self._voice.drawn()

    def _enter(self, part: Part) -> None:
        """Do what a click on this part of the network does."""
        if self.current is None:
            return
        params, frame = self.current.params, self.current.frame
        if part.kind != "weight":
            self._do(self.experiment.click_at, _spot_of(frame, part))
        elif params.selected == (selected := frame.weight_index(part.layer, part.number, part.target) + 1):
            self._ask_for_weight()
        else:
            self.change({"selected": selected})

    def _words_of(self, params: PlaygroundParams, frame: PlaygroundFrame, part: Part) -> Text:
        """A part of the network and its value as words, for screen readers."""
        if part.kind == "count":
            return (_MORE if part.number == 1 else _FEWER)(layer=part.layer)
        if part.kind == "neuron":
            return required(self.experiment.probe(params, frame, _spot_of(frame, part))).text
        index = frame.weight_index(part.layer, part.number, part.target)
        value = in_powers(float(frame.parameters[index]), 3)
        return _SELECTED(name=parameter_name(params, frame, index), value=value)

    def _type(self, value: float) -> None:
        self._place(value)
        self.gesture_ended.emit()

    def _selected_value(self) -> float | None:
        if self.current is None:
            return None
        index = self.current.frame.selected(self.current.params)
        return None if index is None else float(self.current.frame.parameters[index])

    def _place(self, value: float) -> None:
        placed = self.current and self.current.frame.placed(self.current.params, value)
        if placed:
            self.placed.emit(*placed)


def _spot_of(frame: PlaygroundFrame, part: Part) -> ProbePoint:
    """The probe point of a neuron, or of the button − or + above a layer."""
    if part.kind == "count":
        return ProbePoint(part.layer + 0.2 * part.number, 1.1, part="network")
    return ProbePoint(*frame.neuron_place(part.layer, part.number), part="network")


def _losses(params: PlaygroundParams, frame: PlaygroundFrame) -> list[Series]:
    """The curves of the loss on training and test points, and of the penalty if any; training comes last, on top."""
    at = frame.epochs
    series = [
        Series(translate(_TEST), data_pen(TEST), at, frame.test_loss_curve, in_powers(frame.test_loss, 3)),
        Series(translate(_TRAIN), data_pen(TRAIN), at, frame.train_loss_curve, in_powers(frame.train_loss, 3)),
    ]
    if frame.penalty_curve.any() or params.l1 or params.l2:
        ink = curve_pen(_PENALTY_INK, 1.6)
        series.insert(0, Series(translate(_PENALTY), ink, at, frame.penalty_curve, in_powers(frame.penalty, 3)))
    return series
