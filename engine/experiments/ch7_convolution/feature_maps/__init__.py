"""Feature maps: each layer's output of a trained network for a digit, and the pixels that its answer depends on."""

from __future__ import annotations

from collections.abc import Generator, Mapping

import numpy as np

from engine.contract.api import (
    Handle,
    Picture,
    Position,
    Preset,
    Probe,
    ProbePoint,
    Progress,
    RandomStreams,
    Text,
    WorkingStep,
)
from engine.contract.frame import required
from engine.contract.handle import DRAG_ME
from engine.contract.table import Table, grid_table, table_of
from engine.experiments.ch7_convolution.feature_maps import words as feature_maps_words
from engine.experiments.ch7_convolution.feature_maps.layers import POOL
from engine.experiments.ch7_convolution.feature_maps.params import PARKED, FeatureMapsFrame, FeatureMapsParams
from engine.experiments.ch7_convolution.feature_maps.process import INK, framing
from engine.experiments.ch7_convolution.feature_maps.whole import WHOLE, click_on_whole, window_handle, window_moved
from engine.experiments.ch7_convolution.feature_maps.words import MAPS, cell_around, cover_around
from engine.experiments.shared.networks.conv_network_words import lines_of, tables_of
from engine.experiments.shared.networks.layer_points import COUNT, POINTS, table_of_points
from engine.experiments.shared.networks.softmax_working import softmax_lines
from engine.networks.chosen import with_origin
from engine.nn import Affine, Convolution, MaxPooling, ReLU, conv_network, softmax
from engine.nn.conv_network import covered, covered_everywhere, receptive_field
from engine.nn.conv_trace import parts_of_sum, strongest_parts, whole_network
from engine.nn.principal_components import principal_components

_COVER = Text("cover: drag it over the digit")
_DRAG = Text("drag over the top stroke")
_ROW_SUM = Text("row w[{row}] over its pixels")
_WHOLE = Text("the rows and the bias together")
_RELU = Text("what is below 0 becomes 0")
_LARGEST_OF_WINDOW = Text("the largest of the window")
_MAP, _VALUE, _LABEL = Text("map"), Text("value"), Text("label")
_ROW, _COLUMN = Text("row"), Text("column")


class FeatureMaps(Picture[FeatureMapsParams, FeatureMapsFrame]):
    """The layers of a network Convolution – ReLU – MaxPool – FC – ReLU – FC for one image."""

    order = 5
    title = Text("Feature maps: what each layer sees")
    presets = (
        Preset("occlusion", Text("What makes a 4 a 4?"), {"view": "occlusion", "index": 4}),
        Preset("neuron", Text("A hidden neuron"), {"view": "strongest", "layer": "hidden", "map": 11}),
        Preset("untrained", Text("Before learning"), {"weights": "untrained", "layer": "relu", "map": 13}),
        Preset("whole", Text("The whole network"), {"view": "whole"}),
        Preset("draw", Text("Write one"), {"view": "draw", "source": "drawing", "layer": "relu"}),
    )
    code = (
        Convolution, ReLU, MaxPooling, Affine, softmax, conv_network, receptive_field, covered, covered_everywhere,
        whole_network, parts_of_sum, strongest_parts, principal_components,
    )  # fmt: skip

    def compute(self, params: FeatureMapsParams, streams: RandomStreams) -> Generator[Progress, None, FeatureMapsFrame]:
        return framing(params)

    def headline(self, params: FeatureMapsParams, frame: FeatureMapsFrame) -> Text:
        return with_origin(feature_maps_words.headline(params, frame), frame.origin)

    def probe(self, params: FeatureMapsParams, frame: FeatureMapsFrame, spot: ProbePoint) -> Probe | None:
        return feature_maps_words.probe(params, frame, spot)

    def working(self, params: FeatureMapsParams, frame: FeatureMapsFrame) -> tuple[WorkingStep, ...]:
        """The calculation of the selected cell, or in the view "strongest" of the strongest one, and of the answer's
        probability.
        """
        if params.view == "strongest":
            if params.layer != "conv":
                return ()
            inner = slice(frame.piece_frame, frame.piece_frame + params.at.field.side)
            return _convolved(frame, required(frame.pieces)[0, inner, inner] / INK)
        if params.view == "points":
            return softmax_lines(frame.scores, [frame.answer])
        if params.view == "whole":
            return lines_of(required(frame.whole), frame.lit(params), params.traced)
        return (*_cell_lines(params, frame), *softmax_lines(frame.scores, [frame.answer]))

    def main_tables(self, params: FeatureMapsParams, frame: FeatureMapsFrame) -> tuple[Table, ...]:
        row, column = frame.cell(params)
        answers = table_of(
            "answers",
            Text("answers"),
            digit=(range(10), Text("digit")),
            probability=(frame.probabilities, Text("probability")),
            score=(frame.scores, Text("score")),
        )
        maps = table_of(
            "maps",
            Text("all maps"),
            map=(np.arange(frame.count), _MAP),
            strongest=(frame.peaks, Text("largest number")),
            row=(frame.peak_places[:, 0], _ROW),
            column=(frame.peak_places[:, 1], _COLUMN),
        )
        cell = table_of(
            "cell",
            Text("the cell that is looked at"),
            map=(params.map, _MAP),
            row=(row, _ROW),
            column=(column, _COLUMN),
            value=(float(frame.maps[params.map, row, column]), _VALUE),
            first_row=(params.at.field.start(row), Text("first row it sees")),
            first_column=(params.at.field.start(column), Text("first column it sees")),
            sees=(frame.field_side, Text("rows it sees")),
        )
        chosen = frame.maps[params.map], _VALUE
        values = grid_table("values", Text("the chosen map"), value=chosen)
        first = {"occlusion": _occlusion_table, "strongest": _pieces_table}.get(params.view)
        whole = tables_of(required(frame.whole)) if params.view == "whole" else ()
        points = (table_of_points(required(frame.points)),) if params.view == "points" else ()
        return (*([first(frame)] if first else []), *points, *whole, answers, maps, cell, values)

    def handles(self, params: FeatureMapsParams, frame: FeatureMapsFrame) -> tuple[Handle, ...]:
        """The handle of the cover, or in the view of the whole network of the window; y goes up, from 0 at the image's
        upper edge.
        """
        if params.view == "whole":
            return (window_handle(params, frame),)
        if not params.is_covered:
            return ()
        (top, left), size = params.cover, params.size
        body = ((left, -top), (left + size, -top - size))
        middle, is_7 = (left + size / 2, -top - size / 2), frame.whole_answer == 7 and params.cover == PARKED
        words = _DRAG if is_7 else DRAG_ME
        return (Handle("cover", middle, 1.0, _COVER, hint=(0.8, 1.0), invitation=words, body=body),)

    def drag(
        self, params: FeatureMapsParams, frame: FeatureMapsFrame, handle: str, place: Position
    ) -> Mapping[str, object]:
        if handle == "window":
            return window_moved(params, frame, place)
        return {"cover": cover_around(params, -place[1], place[0])}

    def click(self, params: FeatureMapsParams, frame: FeatureMapsFrame, handle: str) -> Mapping[str, object]:
        """The parameter change of the button ``clear``, which empties the canvas."""
        return {"drawing": ()} if handle == "clear" and params.drawing else {}

    def click_at(self, params: FeatureMapsParams, frame: FeatureMapsFrame, spot: ProbePoint) -> Mapping[str, object]:
        """The parameter changes of a click.

        On the sheet of maps it selects the map and its strongest cell, on the digit the cell whose receptive field is
        centred there. In the occlusion view it moves the cover, among the points it shows the point's digit.
        """
        if spot.part == WHOLE:
            return click_on_whole(params, frame, spot)
        if spot.part == POINTS:
            image = required(frame.points).point_at(spot.x, spot.y)
            return {} if image is None else {"index": image, "source": "test"}
        if spot.part == MAPS:
            found = params.at.cell_at(spot.row, spot.column)
            return {"map": found[0], "follow": True} if found else {}
        row, column = -1 - spot.row, spot.column
        if not (0 <= row < len(frame.seen) and 0 <= column < len(frame.seen)):
            return {}
        if params.view == "occlusion":
            return {"cover": cover_around(params, -spot.y, spot.x)}
        if params.view != "maps" or params.layer == "hidden":
            return {}
        return {"selected": cell_around(params, row, column), "follow": False}

    def pointed_at(self, params: FeatureMapsParams, frame: FeatureMapsFrame, spot: ProbePoint) -> Mapping[str, object]:
        """While the pointer is on a map or on the sheet of all maps, the cell under it is shown as if
        it were selected.
        """
        if spot.part == MAPS and params.view in ("maps", "draw"):
            found = params.at.cell_at(spot.row, spot.column)
            return {"map": found[0], "selected": found[1:], "follow": False} if found else {}
        changes = self.click_at(params, frame, spot)
        return changes if "selected" in changes else {}

    def settle(self, params: FeatureMapsParams, changes: Mapping[str, object]) -> Mapping[str, object]:
        """Choosing the drawing view selects the drawing as image, and choosing a test digit there returns to the maps.

        Choosing the view of points selects one of the digits that are shown as points.
        """
        if changes.get("view") == "draw":
            return {**changes, "source": "drawing"}
        if changes.get("view") == "points" and params.view != "points":
            return {"source": "test", "index": params.index % COUNT, **changes}
        if changes.get("source") == "test" and params.view == "draw":
            return {**changes, "view": "maps"}
        return changes


def _convolved(frame: FeatureMapsFrame, window: np.ndarray) -> tuple[WorkingStep, ...]:
    """The calculation of a convolution's cell: the window times the filter, (side, side) each, row by row, and the
    bias.
    """
    lines = []
    for number, (weights, pixels) in enumerate(zip(required(frame.filter), window, strict=True)):
        series = {"w": weights.tolist(), "x": pixels.tolist()}
        result = float(np.dot(weights.astype(float), pixels.astype(float)))
        lines.append(WorkingStep.over(f"s{number}", "…", "{w}·{x}", series, result, _ROW_SUM(row=number), first=0))
    sums = {"s": [line.result for line in lines]}
    return (
        *lines,
        WorkingStep.over(
            "a", "… + {b}", "{s}", sums, sum(sums["s"]) + required(frame.bias), _WHOLE, first=0, b=required(frame.bias)
        ),
    )


def _cell_lines(params: FeatureMapsParams, frame: FeatureMapsFrame) -> tuple[WorkingStep, ...]:
    """The calculation of the selected cell of a map; empty for the hidden layer."""
    row, column = frame.cell(params)
    if params.layer == "conv":
        side = params.at.field.side
        return _convolved(frame, required(frame.incoming)[row : row + side, column : column + side])
    result = float(frame.maps[params.map, row, column])
    if params.layer == "relu":
        return (WorkingStep("z", "max(0, {a})", {"a": float(required(frame.incoming)[row, column])}, result, _RELU),)
    if params.layer == "pool":
        side = POOL[0]
        window = (
            required(frame.incoming)[side * row : side * (row + 1), side * column : side * (column + 1)]
            .ravel()
            .tolist()
        )
        return (WorkingStep.over("m", "max(…)", "{z}", {"z": window}, result, _LARGEST_OF_WINDOW),)
    return ()


def _occlusion_table(frame: FeatureMapsFrame) -> Table:
    """The table of the remaining probability and the answer for each place of the cover."""
    return grid_table(
        "occlusion",
        Text("every place of the cover"),
        left=(required(frame.chances), Text("probability that is left")),
        answer=(required(frame.answers), Text("answer")),
    )


def _pieces_table(frame: FeatureMapsFrame) -> Table:
    """The table of the patches of test digits to which the map responds most strongly."""
    return table_of(
        "pieces",
        Text("strongest pieces"),
        image=(frame.piece_images, Text("test digit")),
        label=(frame.piece_labels, _LABEL),
        row=(required(frame.piece_places)[:, 0], _ROW),
        column=(required(frame.piece_places)[:, 1], _COLUMN),
        value=(frame.piece_values, _VALUE),
    )
