"""The view of the whole network of `feature_maps`: what the hand chooses there, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping

from engine.boards.panels import found_among
from engine.contract.handle import Handle
from engine.contract.pieces import Line, Place, Probe, Spot, Text, percent, there
from engine.contract.table import Table
from engine.experiments.ch7_convolution.feature_maps.params import FeatureMapsFrame, FeatureMapsParams
from engine.experiments.conv_network_words import cell_of, lines_of, made_of, short_number, tables_of

WHOLE = "whole"
"""The part of the stage on which the whole network stands."""
_WINDOW = Text("window: drag it over the digit", "窗口：拖到数字上")
_WALK = Text("let it walk", "拖着它走")
_READ_DIGIT = Text(
    "It reads {answer} ({p}). To the score of {digit}, {score}, hidden neuron {neuron} adds most: {part}.",
    "它认成 {answer}（{p}）。{digit} 的得分是 {score}，隐藏层第 {neuron} 个神经元贡献最大：{part}。",
)
_READ_HIDDEN = Text(
    "It reads {answer} ({p}). Hidden neuron {neuron} gives {value}; map {map} adds most, at [{row},{column}]: {part}.",
    "它认成 {answer}（{p}）。隐藏层第 {neuron} 个神经元是 {value}，第 {map} 张图的 [{row},{column}] 贡献最大：{part}。",
)
_READ_POOL = Text(
    "It reads {answer} ({p}). Pooled map {map} has {value} in cell [{row},{column}].",
    "它认成 {answer}（{p}）。第 {map} 张图池化后，格子 [{row},{column}] 是 {value}。",
)
_READ_CONV = Text(
    "It reads {answer} ({p}). Map {map} has {value} in cell [{row},{column}], after ReLU.",
    "它认成 {answer}（{p}）。第 {map} 张图经过 ReLU，格子 [{row},{column}] 是 {value}。",
)


def reading_of_whole(params: FeatureMapsParams, frame: FeatureMapsFrame) -> Text:
    """The headline: what is answered, and where the way that is lit begins."""
    whole, lit = there(frame.whole), frame.lit(params)
    said = {"answer": frame.answer, "p": percent(frame.confidence), "map": lit.map + 1}
    if lit.unit is not None:
        neuron = {"neuron": lit.unit + 1}
        if lit.digit is not None:
            score, part = (short_number(number) for number in (whole.scores[lit.digit], whole.digit_parts[lit.unit]))
            return _READ_DIGIT(**said, **neuron, digit=lit.digit, score=score, part=part)
        place = dict(zip(("row", "column"), lit.pooled, strict=True))
        part = short_number(whole.unit_parts[lit.map, *lit.pooled])
        return _READ_HIDDEN(**said, **neuron, **place, value=short_number(whole.hidden[lit.unit]), part=part)
    maps, cell, words = whole.rectified, lit.cell, _READ_CONV
    if params.traced == "pool":
        maps, cell, words = whole.pooled, lit.pooled, _READ_POOL
    return words(**said, row=cell[0], column=cell[1], value=short_number(maps[lit.map, *cell]))


def line_of_whole(params: FeatureMapsParams, frame: FeatureMapsFrame) -> tuple[Text, ...]:
    """The arithmetic of what was chosen in one line, the fullest wording first."""
    return made_of(there(frame.whole), frame.lit(params), params.traced)


def working_of_whole(params: FeatureMapsParams, frame: FeatureMapsFrame) -> tuple[Line, ...]:
    """The arithmetic of what was chosen."""
    return lines_of(there(frame.whole), frame.lit(params), params.traced)


def tables_of_whole(frame: FeatureMapsFrame) -> tuple[Table, ...]:
    """What adds to the digit, and to the hidden neuron behind it."""
    return tables_of(there(frame.whole))


def probe_whole(params: FeatureMapsParams, frame: FeatureMapsFrame, spot: Spot) -> Probe | None:
    """What belongs to a place of the picture."""
    return cell_of(there(frame.whole), frame.lit(params), frame.network_picture(params), spot.x, spot.y)


def window_handle(params: FeatureMapsParams, frame: FeatureMapsFrame) -> Handle:
    """The window on the input, by its lower right corner."""
    (row, column), side = frame.lit(params).cell, there(frame.whole).kernel
    corner = (column + side, -row - side)
    body = ((column, -row), corner)
    return Handle("window", corner, 1.0, _WINDOW, hint=(1.0, 0.6), invitation=_WALK, body=body)


def window_moved(params: FeatureMapsParams, frame: FeatureMapsFrame, corner: Place) -> Mapping[str, object]:
    """The window with its lower right corner at a place, or as near as there is one."""
    side = there(frame.whole).kernel
    return _window_at(params, frame, round(-corner[1]) - side, round(corner[0]) - side)


def click_on_whole(params: FeatureMapsParams, frame: FeatureMapsFrame, spot: Spot) -> Mapping[str, object]:
    """What a click chooses: a cell of a map or of a pooled one, a hidden neuron, a digit, or the window at a pixel."""
    whole, drawn = there(frame.whole), frame.network_picture(params)
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
            return {"traced": "conv", "map": panel.number + 1, "window": (row, column)}
        case "pool":
            window = (row * whole.pool, column * whole.pool)
            return {"traced": "pool", "map": panel.number + 1, "window": window}
        case "hidden":
            return {"traced": "hidden", "neuron": row * panel.values.shape[1] + column + 1}
        case "digit":
            return {"traced": "digit", "digit": str(panel.number)}
    return {}


def _window_at(params: FeatureMapsParams, frame: FeatureMapsFrame, row: int, column: int) -> Mapping[str, object]:
    """Over a map the window moves; from elsewhere it leads to the map on the way that was lit."""
    last = there(frame.whole).sums.shape[1] - 1
    place = min(max(row, 0), last), min(max(column, 0), last)
    if params.traced in ("conv", "pool"):
        return {"window": place}
    return {"traced": "conv", "map": frame.lit(params).map + 1, "window": place}
