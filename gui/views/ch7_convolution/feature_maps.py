"""Draws `feature_maps`: a digit under one of its feature maps, with a cover, all maps of the layer, and ten
probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from engine.contract.api import ProbePoint, Text, field_of, format_real, notation, percent, required
from engine.contract.fields import Drawing
from engine.data.plain_digits import LID, OPEN_FOUR
from engine.experiments.ch7_convolution.feature_maps import FeatureMaps
from engine.experiments.ch7_convolution.feature_maps.params import (
    BRUSH,
    FeatureMapsFrame,
    FeatureMapsParams,
)
from engine.experiments.ch7_convolution.feature_maps.whole import WHOLE
from engine.experiments.ch7_convolution.feature_maps.words import MAPS, line_of_whole, off_words
from engine.experiments.shared.networks.layer_points import POINTS
from gui.plots.bars.chance_bars import ChanceBars
from gui.plots.board.choosing import ButtonsItem
from gui.plots.drawing.pixel_painter import LEFT
from gui.plots.pictures.drawing_canvas import DrawingCanvas
from gui.plots.pictures.map_plot import MapPlot
from gui.plots.pictures.panels_plot import PanelsPlot
from gui.plots.pictures.piece_sheet import PieceSheet
from gui.plots.pictures.pixel_picture import PixelPicture
from gui.plots.pictures.tinted_picture import TintedPicture
from gui.plots.plane.digit_points import DigitPoints
from gui.stage.api import RIGHT, FittingWords, Layout, SegmentedItem, Snapshot, View, px, translate

_DIGITS = [str(digit) for digit in range(10)]
_CLEAR = Text("Clear")
_ZOOMS = (("+", "+"), ("-", "\N{MINUS SIGN}"), ("0", Text("Show all")))
"""The buttons for magnifying as (key, text); each does what its key does."""
_ROOM_OF_CONTROLS = 780
"""The width in pixels from which both choices, of layer and of view, stand in one row."""
_CLOSE = Text("close the top")
_DRAWN = (
    Text("Your drawing under map {map}"),
    Text("Drawing, map {map}"),
)
_TEST = (
    Text("Test image {index}, a {label}, under map {map}"),
    Text("{label} under map {map}"),
)
_NEURONS = (
    Text("Hidden neuron {map} sees the whole picture"),
    Text("Neuron {map} sees it all"),
)
_OCCLUSION = (
    Text("Tint: what a cover with its middle there takes from {answer}"),
    Text("Tint: what the cover takes from {answer}"),
    Text("What {answer} loses"),
)
_PIECES = (
    Text("What map {map} answers to most strongly, in the box"),
    Text("Strongest for map {map}"),
)
_NEURON_PIECES = (
    Text("The digits to which neuron {map} answers most strongly"),
    Text("Strongest for neuron {map}"),
)
_SHEET = (
    Text("{count} maps of {side}×{side}: ±{most}"),
    Text("{count} × {side}×{side}"),
)
_SHEET_EACH = (
    Text("{count} maps of {side}×{side}, each scaled by itself"),
    Text("{count} × {side}×{side}"),
)
_NEURON_SHEET = (
    Text("{count} neurons: 0 to {most}"),
    Text("{count} neurons"),
)
_PIECE = (
    Text("No. {image} ({label}): {value}"),
    Text("{image} ({label})"),
)
_FILTER = (Text("The filter: ±{most}"), Text("Filter"))
_PICKED = (Text("test digit {index}"), notation("{index}"))
_MEAN = (Text("mean of the twelve"), Text("mean", context="short"))

_ALIGN = MappingProxyType({"layers": LEFT, "views": RIGHT, "traced": LEFT, "zooms": RIGHT})
_LEAST = 1e-12
_LOWEST_SHEET = 150
"""The smallest height of the sheet of maps, in pixels at 100 % zoom; on a lower stage 30 maps must be scrolled."""
_Shown = Snapshot[FeatureMapsParams, FeatureMapsFrame]


class FeatureMapsView(View[FeatureMapsParams, FeatureMapsFrame]):
    """Hovering over a cell of the digit frames the part of the digit from which it is computed, a click selects it. A
    click on a map of the sheet selects that map.
    """

    experiment: FeatureMaps

    handle_plots = MappingProxyType({"": "digit", "window": "network"})
    drags_from_start = True
    wide_from = 1.0

    def build(self) -> None:
        drawing = field_of(FeatureMapsParams, "drawing", Drawing)
        self.digit, self.maps, self.filter, self.pieces = TintedPicture(), MapPlot(), MapPlot(), PieceSheet()
        self.canvas = DrawingCanvas(drawing.most_points, drawing.most_strokes)
        self.bars, self.mean, self.tools = ChanceBars(), PixelPicture(grid=False), ButtonsItem()
        self.digit_words, self.maps_words, self.filter_words = FittingWords(), FittingWords(), FittingWords()
        self.layers = self.choice("layer", SegmentedItem())
        self.views = self.choice("view", SegmentedItem())
        self.traced = self.choice("traced", SegmentedItem())
        self.network, self.network_words, self.zooms = PanelsPlot(), FittingWords(), ButtonsItem()
        self.points, self.picked = DigitPoints(), PixelPicture()
        for control in (self.digit, self.maps, self.canvas, self.tools, self.network, self.zooms, self.points):
            self.add_control(control)
        self.probe_plot(self.digit)
        self.probe_plot(self.maps, MAPS)
        self.probe_plot(self.network, WHOLE)
        self.probe_plot(self.points, POINTS)
        self.points.stepped.connect(self._step_to_point)
        self.network.stepped.connect(self._step_on_network)
        self.zooms.pressed.connect(lambda key: self.network.magnify_by_key(key, self.network.middle_of_chosen()))
        self.digit.stepped.connect(self._step_cell)
        self.maps.chosen.connect(self._step_map)
        self.canvas.drawn.connect(lambda strokes: self._drawn(strokes, f"stroke {len(strokes)}"))
        self.canvas.stroke_ended.connect(self.gesture_ended)
        self.canvas.cleared.connect(lambda: self.click_handle("clear"))
        self.canvas.turned.connect(self._voice.drawn)
        self.tools.pressed.connect(self.click_handle)
        self.dress(self.tools.set_options, [("clear", _CLEAR)])
        self.dress(self.zooms.set_options, _ZOOMS)

    def restyle(self) -> None:
        self.maps.setMinimumHeight(px(_LOWEST_SHEET))

    def layout_for(self, params: FeatureMapsParams, wide: bool, compact: bool) -> Layout:
        if params.view == "whole":
            network, words = "network network network", "network_words network_words"
            is_roomy = self.width() >= px(_ROOM_OF_CONTROLS)
            if compact:
                # Keys and the wheel do what the buttons do, and arrow keys lead to every layer.
                return Layout(("traced . views" if is_roomy else ". . views", network), (0, 1), (0, 1, 0), _ALIGN)
            above = ("traced . views",) if is_roomy else ("views views views", "traced traced traced")
            lines = (*above, network, f"{words} zooms")
            return Layout(lines, (*(0 for _ in above), 1, 0), (0, 1, 0), _ALIGN)
        if params.view == "points":
            rows = [("points", "picked", 40), ("points", "bars", 60)]
            if wide:
                return self._side_by_side([("points", "picked", 1)] if compact else rows)
            return Layout(
                ("layers layers", "views views", "points points", "picked bars"), (0, 0, 60, 40), (50, 50), _ALIGN
            )
        bold = {"strongest": "pieces", "draw": "canvas"}.get(params.view, "digit")
        below = "bars"
        if params.view == "strongest":
            below = "mean" if params.layer == "hidden" else "filter"
        title = "tools" if params.view == "draw" else "digit_words"
        if wide and compact:
            # Ten bars need more height than there is; the headline tells the answer.
            return self._side_by_side([(bold, "maps", 1)])
        if wide:
            between = [(bold, "filter_words", 0)] if below == "filter" else []
            return self._side_by_side([(title, "maps_words", 0), (bold, "maps", 58), *between, (bold, below, 42)])
        cells = ("layers layers", "views views", f"{title} {title}", f"{bold} {bold}", f"maps {below}")
        return Layout(cells, (0, 0, 0, 60, 40), (50, 50), _ALIGN)

    def _side_by_side(self, rows: Sequence[tuple[str, str, int]]) -> Layout:
        """A layout of rows, each with a left item, a right item and their share of the height. The two choices stand
        above, in one row if there is room.
        """
        heights = [height for *_, height in rows]
        if self.width() < px(_ROOM_OF_CONTROLS):
            cells = ("layers layers", "views views", *(f"{left} {right}" for left, right, _ in rows))
            return Layout(cells, (0, 0, *heights), (57, 43), _ALIGN)
        cells = ("layers views views", *(f"{left} {left} {right}" for left, right, _ in rows))
        return Layout(cells, (0, *heights), (44, 22, 34), _ALIGN)

    def show_snapshot(self, current: _Shown, ghost: _Shown | None) -> None:
        params, frame = current.params, current.frame
        if params.view == "whole":
            self.network.show_panels(frame.network_picture(params))
            self.network_words.show_words(*line_of_whole(params, frame))
            return
        if params.view != "points":
            self._show_sheet(params, frame)
        shows = {"strongest": self._show_pieces, "draw": self._show_canvas, "points": self._show_points}
        shows.get(params.view, self._show_digit)(params, frame)
        values = frame.probabilities.tolist()
        earlier = ghost.frame.probabilities.tolist() if ghost else None
        wanted = frame.label if frame.label >= 0 else None
        self.bars.show_shares(_DIGITS, values, [percent(share) for share in values], wanted, earlier)

    def probe(self, spot: ProbePoint | None) -> None:
        """Show the words for the point under the pointer, and preview the stage with the cell there selected."""
        super().probe(spot)
        if self.current is not None and self.current.params.view != "whole":
            params, frame = self.current.params, self.current.frame
            # While the cover is dragged, and until the pointer moves again, what lies under it is not meant.
            meant = spot if self._begun is None and self._held is None else None
            self.preview(self.experiment.pointed_at(params, frame, meant) or None if meant is not None else None)

    def _show_sheet(self, params: FeatureMapsParams, frame: FeatureMapsFrame) -> None:
        layer = params.at
        top, left = layer.corner(params.map)
        row, column = frame.cell(params)
        size = layer.side * layer.scale
        cell = (top + row, left + column) if layer.side > 1 else (top + size // 2, left + size // 2)
        each = params.scales_each
        sheet = _each_scaled(required(frame.sheet), params) if each else required(frame.sheet)
        self.maps.show_map(sheet, signed=True, selected=cell, window=(top, left, size, size))
        values: dict[str, Any] = {"count": frame.count, "side": frame.side, "most": format_real(frame.full, 2)}
        texts = _NEURON_SHEET if params.layer == "hidden" else _SHEET_EACH if each else _SHEET
        self.maps_words.show_words(*texts, **values)

    def _show_digit(self, params: FeatureMapsParams, frame: FeatureMapsFrame) -> None:
        cover = (*params.cover, params.size)
        values: dict[str, Any] = {
            "index": params.index,
            "label": frame.label,
            "map": params.map,
            "answer": frame.whole_answer,
        }
        if params.view == "occlusion":
            start = (params.size - 1) / 2
            tint: np.ndarray | None = required(frame.chances) - frame.whole_confidence
            box: tuple[int, int, int] | None = None
            fill: str | None = None
            texts: tuple[Text, ...] = _OCCLUSION
            tinted = (start, start, params.places)
        else:
            field, fill = params.at.field, params.fill
            row, column = frame.cell(params)
            box = (field.start(row), field.start(column), field.side)
            start = (field.side - field.jump) / 2
            tinted = (start, start, params.side * field.jump)
            has_places = params.layer != "hidden"
            shown = frame.maps[params.map]
            full = max(float(np.abs(shown).max()), _LEAST) if params.scales_each else frame.full
            off = off_words(params)
            tint = shown / full if has_places and off is None else None
            texts = (off,) if off else _NEURONS if not has_places else _DRAWN if params.is_drawn else _TEST
        self.digit.show_picture(frame.picture, tint, tinted, box, cover, fill)
        self.digit_words.show_words(*texts, **values)

    def _show_canvas(self, params: FeatureMapsParams, frame: FeatureMapsFrame) -> None:
        self.canvas.show_drawing(params.drawing, frame.canvas, BRUSH)
        self.canvas.invite(LID if self.is_inviting and params.drawing == OPEN_FOUR else None, translate(_CLOSE))

    def _show_points(self, params: FeatureMapsParams, frame: FeatureMapsFrame) -> None:
        points = required(frame.points)
        self.points.show_points(points.places, points.labels, params.shown_point, points.shares)
        self.picked.show_picture(frame.picture, *(translate(text(index=params.index)) for text in _PICKED))

    def _show_pieces(self, params: FeatureMapsParams, frame: FeatureMapsFrame) -> None:
        columns = frame.piece_images, frame.piece_labels, frame.piece_values
        rows = zip(*(required(column).tolist() for column in columns), strict=True)
        wordings = [
            [translate(text(image=image, label=label, value=format_real(value, 3))) for text in _PIECE]
            for image, label, value in rows
        ]
        self.pieces.show_pieces(required(frame.pieces), frame.piece_frame, wordings)
        texts = _NEURON_PIECES if params.layer == "hidden" else _PIECES
        self.digit_words.show_words(*texts, map=params.map)
        if params.layer == "hidden":
            self.mean.show_picture(required(frame.piece_mean), *(translate(text) for text in _MEAN))
        else:
            weights = required(frame.filter)
            most = float(np.abs(weights).max())
            self.filter.show_map(weights / most, signed=True)
            self.filter_words.show_words(*_FILTER, most=format_real(most, 2))

    # The hand

    def _drawn(self, strokes: tuple, gesture: str) -> None:
        self.invites = False
        self.change({"drawing": strokes}, gesture)

    def _step_cell(self, down: int, across: int) -> None:
        """Move the selection by (rows, columns) on the map, for an arrow key on the digit."""
        params, frame = required(self.current).params, required(self.current).frame
        place = tuple(one + step for one, step in zip(frame.cell(params), (down, across), strict=True))
        if params.view == "maps" and all(0 <= one < params.side for one in place):
            self.change({"selected": place, "follow": False})

    def _step_map(self, place: tuple[int, int]) -> None:
        """Select a neighbouring map, for an arrow key on the sheet; ``place`` is the cell to which the arrow key leads,
        just beside the present map's mark.
        """
        layer, number = required(self.current).params.at, required(self.current).params.map
        down, across = (one - marked for one, marked in zip(place, required(self.maps.selected), strict=True))
        row, column = number // layer.columns + down, number % layer.columns + across
        if 0 <= column < layer.columns and 0 <= row * layer.columns + column < layer.count:
            self.change({"map": row * layer.columns + column, "follow": True})

    def _step_to_point(self, right: int, up: int) -> None:
        """Select the next point in a direction, for an arrow key on the plane."""
        current = required(self.current)
        number = current.params.shown_point
        if number is not None:
            self.change({"index": required(current.frame.points).beside(number, right, up)})

    def _step_on_network(self, x: float, y: float) -> None:
        """Select what a click at (x, y) on the whole network would select, for an arrow key there."""
        current = required(self.current)
        self.change(self.experiment.click_at(current.params, current.frame, ProbePoint(x, y, WHOLE)))


def _each_scaled(sheet: np.ndarray, params: FeatureMapsParams) -> np.ndarray:
    """A copy of the sheet (rows, columns) in which every map is divided by its largest absolute value."""
    layer, scaled_sheet = params.at, sheet.copy()
    size = layer.side * layer.scale
    for number in range(layer.count):
        top, left = layer.corner(number)
        tile = scaled_sheet[top : top + size, left : left + size]
        tile /= max(float(np.abs(tile).max()), _LEAST)
    return scaled_sheet
