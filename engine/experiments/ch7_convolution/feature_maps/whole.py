"""The view of the whole network of `feature_maps`: what is lit, what the hand chooses, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from engine.boards.panels import Box, PanelPicture, found_among
from engine.contract.pieces import Place, there
from engine.experiments.ch7_convolution.feature_maps.params import FeatureMapsFrame, FeatureMapsParams
from engine.experiments.conv_network_picture import hidden_columns, map_columns, whole_picture
from engine.nn.conv_trace import Trace, WholeNetwork, trace

WHOLE = "whole"
"""The part of the stage on which the whole network stands."""


def trace_of(params: FeatureMapsParams, frame: FeatureMapsFrame) -> Trace:
    """The way back that is lit."""
    return trace(there(frame.whole), params.traced, params.map - 1, params.window)


@lru_cache(maxsize=4)
def picture_of(params: FeatureMapsParams, frame: FeatureMapsFrame) -> PanelPicture:
    """Everything that is drawn of the network."""
    each = params.scales_each
    return whole_picture(there(frame.whole), trace_of(params, frame), params.traced, frame.probabilities, each)


def click_on_whole(params: FeatureMapsParams, frame: FeatureMapsFrame, x: float, y: float) -> Mapping[str, object]:
    """What a click chooses: a cell of a map or of a pooled one, a hidden neuron, a digit, or the window at a pixel."""
    drawn = picture_of(params, frame)
    bar = next((digit for digit, bar in enumerate(drawn.bars) if _is_in(bar.box, x, y)), None)
    if bar is not None:
        return {"traced": "digit", "digit": str(bar)}
    found = found_among(drawn.panels, x, y)
    if found is None:
        return {}
    panel, row, column = found
    whole = there(frame.whole)
    match panel.part:
        case "input":
            return _window_at(params, whole, row - whole.kernel // 2, column - whole.kernel // 2)
        case "conv":
            return {"traced": "conv", "map": panel.number + 1, "window": (row, column)}
        case "pool":
            window = (row * whole.pool, column * whole.pool)
            return {"traced": "pool", "map": panel.number + 1, "window": window}
        case "hidden":
            return {"traced": "hidden", "neuron": row * panel.values.shape[1] + column + 1}
        case "digit":
            return {"traced": "digit", "digit": str(panel.number)}
    return {}


def window_moved(params: FeatureMapsParams, frame: FeatureMapsFrame, corner: Place) -> Mapping[str, object]:
    """The window with its lower right corner at a place, or as near as there is one."""
    whole = there(frame.whole)
    return _window_at(params, whole, round(-corner[1]) - whole.kernel, round(corner[0]) - whole.kernel)


def stepped(params: FeatureMapsParams, frame: FeatureMapsFrame, down: int, across: int) -> Mapping[str, object]:
    """What an arrow key chooses: the next cell, neuron or digit; nothing at the edge."""
    whole, lit = there(frame.whole), trace_of(params, frame)
    if params.traced == "digit":
        digit = whole.digit + down + across
        return {"digit": str(digit)} if 0 <= digit < len(whole.scores) else {}
    if params.traced == "hidden":
        columns = hidden_columns(len(whole.hidden))
        neuron = whole.unit + down * columns + across
        within = 0 <= whole.unit % columns + across < columns
        return {"neuron": neuron + 1} if within and 0 <= neuron < len(whole.hidden) else {}
    wide = whole.pool if params.traced == "pool" else 1
    begun = tuple(place * wide for place in lit.pooled) if params.traced == "pool" else lit.cell
    places = begun[0] + down * wide, begun[1] + across * wide
    most = (whole.pooled.shape[1] - 1) * wide if wide > 1 else whole.sums.shape[1] - 1
    return {"window": places} if all(0 <= place <= most for place in places) else {}


def next_map(params: FeatureMapsParams, frame: FeatureMapsFrame, down: int, across: int) -> Mapping[str, object]:
    """The map beside the one that is looked at, the way leading back from it."""
    whole, lit = there(frame.whole), trace_of(params, frame)
    columns = map_columns(len(whole.filters))
    number = lit.map + down * columns + across
    if not (0 <= lit.map % columns + across < columns and 0 <= number < len(whole.filters)):
        return {}
    if params.traced in ("conv", "pool"):
        return {"map": number + 1}
    return {"traced": "conv", "map": number + 1, "window": lit.cell}


def _window_at(params: FeatureMapsParams, whole: WholeNetwork, row: int, column: int) -> Mapping[str, object]:
    last = whole.sums.shape[1] - 1
    place = min(max(row, 0), last), min(max(column, 0), last)
    kept = params.traced in ("conv", "pool")
    return {"window": place} if kept else {"traced": "conv", "map": _lit_map(params, whole) + 1, "window": place}


def _lit_map(params: FeatureMapsParams, whole: WholeNetwork) -> int:
    return trace(whole, params.traced, params.map - 1, params.window).map


def _is_in(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[3] <= y <= box[1]
