"""The view of the whole network in `feature_maps`: the handle of the window, and clicks."""

from __future__ import annotations

from collections.abc import Mapping

from engine.boards.panels import found_among
from engine.contract.api import Position, ProbePoint, Text, required
from engine.contract.handle import Handle
from engine.experiments.ch7_convolution.feature_maps.params import FeatureMapsFrame, FeatureMapsParams

WHOLE = "whole"
"""The name of the plot that shows the whole network."""
_WINDOW = Text("window: drag it over the digit")
_WALK = Text("let it walk")


def window_handle(params: FeatureMapsParams, frame: FeatureMapsFrame) -> Handle:
    """The handle of the window on the input, at its lower right corner."""
    (row, column), side = frame.lit(params).cell, required(frame.whole).kernel
    corner = (column + side, -row - side)
    body = ((column, -row), corner)
    return Handle("window", corner, 1.0, _WINDOW, hint=(1.0, 0.6), invitation=_WALK, body=body)


def window_moved(params: FeatureMapsParams, frame: FeatureMapsFrame, corner: Position) -> Mapping[str, object]:
    """The parameter changes that move the window's lower right corner to ``corner``, or as near as possible."""
    side = required(frame.whole).kernel
    return _window_at(params, frame, round(-corner[1]) - side, round(corner[0]) - side)


def click_on_whole(params: FeatureMapsParams, frame: FeatureMapsFrame, spot: ProbePoint) -> Mapping[str, object]:
    """The parameter changes of a click in the drawing of the whole network.

    It selects a cell of a map or a pooled map, a hidden neuron or a digit, or moves the window to a pixel.
    """
    whole, drawn = required(frame.whole), frame.network_picture(params)
    digit = drawn.bar_at(spot.x, spot.y)
    if digit is not None:
        return {"traced": "digit", "digit": str(digit)}
    found = found_among(drawn.panels, spot.x, spot.y)
    if found is None:
        return {}
    panel, row, column = found
    match panel.part:
        case "input":
            return _window_at(params, frame, row - whole.kernel // 2, column - whole.kernel // 2)
        case "conv":
            return {"traced": "conv", "map": panel.number, "window": (row, column)}
        case "pool":
            window = (row * whole.pool, column * whole.pool)
            return {"traced": "pool", "map": panel.number, "window": window}
        case "hidden":
            return {"traced": "hidden", "neuron": row * panel.values.shape[1] + column}
        case "digit":
            return {"traced": "digit", "digit": str(panel.number)}
    return {}


def _window_at(params: FeatureMapsParams, frame: FeatureMapsFrame, row: int, column: int) -> Mapping[str, object]:
    """The parameter changes that move the window to this row and column, clipped to the image.

    If neither a map nor a pooled map is selected, the map of the highlighted path is selected as well.
    """
    last = required(frame.whole).sums.shape[1] - 1
    place = min(max(row, 0), last), min(max(column, 0), last)
    if params.traced in ("conv", "pool"):
        return {"window": place}
    return {"traced": "conv", "map": frame.lit(params).map, "window": place}
