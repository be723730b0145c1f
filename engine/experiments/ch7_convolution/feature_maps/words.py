"""The texts of `feature_maps`: headline and tooltips."""

from __future__ import annotations

import math

from engine.contract.api import Probe, ProbePoint, Text, field_of, format_real, percent, required
from engine.contract.fields.choices import Choice
from engine.data.digits import SIDE
from engine.experiments.ch7_convolution.feature_maps.params import FeatureMapsFrame, FeatureMapsParams
from engine.experiments.ch7_convolution.feature_maps.process import ASKED
from engine.experiments.ch7_convolution.feature_maps.whole import WHOLE
from engine.experiments.shared.networks.conv_network_words import cell_of, made_of, reading_of
from engine.experiments.shared.networks.layer_points import POINTS, point_under, reading_of_points

MAPS = "maps"
"""The name of the plot that shows all maps of the layer."""
_MATTERS = 0.005
_SAYS = Text("It reads {answer} ({p}).")
_CHANGED = Text("It reads {answer} ({p}), no longer {whole} ({q}).")
_WEAKER = Text("It still reads {answer}, at {p} instead of {q}.")
_STRONGEST = Text("{says} Of the {count} maps, number {map} answers most strongly: {value} in cell [{row},{column}].")
_ANSWERS = Text("{says} Map {map} gives {value} in cell [{row},{column}].")
_NEURON = Text("{says} Hidden neuron {map} gives {value}.")
_OFF = Text("Map {map} is switched off")
_NEURON_OFF = Text("Hidden neuron {map} is switched off")
_SAYS_OFF = Text("{says} {off}.")
_OCCLUSION = Text(
    "The probability of {whole} falls to {least} at the worst place; at {changing} of {all} the answer changes."
)
_PIECES = Text("Among {asked:,} test digits map {map} answers most strongly to these {count}: at most {most}.")
_NEURON_PIECES = Text(
    "Among {asked:,} test digits hidden neuron {map} answers most strongly to these {count}: at most {most}."
)
_CELL = Text("map {map}, cell [{row},{column}]: {value}; it sees the pixels [{top},{left}] to [{bottom},{right}]")
_HIDDEN_CELL = Text("neuron {map}: {value}; it sees the whole picture")
_CELL_OFF = Text("map {map}, switched off: cell [{row},{column}] would be {value}")
_HIDDEN_CELL_OFF = Text("neuron {map}, switched off: it would give {value}")
_COVER = Text("cover at [{row},{column}]: {p} left of {whole}, read as {answer}")
_PIXEL = Text("pixel [{row},{column}]: ink {ink}")


def headline(params: FeatureMapsParams, frame: FeatureMapsFrame) -> Text:
    """One sentence about the current view."""
    if params.view == "whole":
        return reading_of(required(frame.whole), frame.lit(params), params.traced)
    if params.view == "points":
        layer = field_of(FeatureMapsParams, "layer", Choice).spell(params.layer)
        return reading_of_points(required(frame.points), layer, params.weights == "untrained")
    if params.view == "occlusion":
        least, changing = percent(required(frame.least), 1), required(frame.changing)
        return _OCCLUSION(whole=frame.whole_answer, least=least, changing=changing, all=required(frame.chances).size)
    if params.view == "strongest":
        most = format_real(float(required(frame.piece_values)[0]), 3)
        words = _NEURON_PIECES if params.layer == "hidden" else _PIECES
        return words(asked=ASKED, map=params.map, count=len(required(frame.pieces)), most=most)
    row, column = frame.cell(params)
    value = format_real(float(frame.maps[params.map, row, column]), 3)
    words, off = _ANSWERS, off_words(params)
    if off is not None:
        return _SAYS_OFF(says=_says(frame), off=off)
    if params.layer == "hidden":
        words = _NEURON
    elif params.view == "maps" and params.follow and params.map == frame.strongest:
        words = _STRONGEST
    return words(says=_says(frame), count=frame.count, map=params.map, value=value, row=row, column=column)


def off_words(params: FeatureMapsParams) -> Text | None:
    """The sentence that a map or neuron is switched off; None if none is."""
    off = _NEURON_OFF if params.layer == "hidden" else _OFF
    return None if params.muted_map is None else off(map=params.map)


def line_of_whole(params: FeatureMapsParams, frame: FeatureMapsFrame) -> tuple[Text, ...]:
    """The calculation of the value selected in the whole network in one line, in several wordings, the
    fullest first.
    """
    return made_of(required(frame.whole), frame.lit(params), params.traced)


def _says(frame: FeatureMapsFrame) -> Text:
    """One sentence with the network's answer, compared with that without cover and switched-off map."""
    p, q = percent(frame.confidence), percent(frame.whole_confidence)
    if frame.answer != frame.whole_answer:
        return _CHANGED(answer=frame.answer, p=p, whole=frame.whole_answer, q=q)
    if abs(frame.confidence - frame.whole_confidence) >= _MATTERS:
        return _WEAKER(answer=frame.answer, p=p, q=q)
    return _SAYS(answer=frame.answer, p=p)


def cell_words(params: FeatureMapsParams, frame: FeatureMapsFrame, number: int, row: int, column: int) -> Text:
    """The tooltip of a cell of map ``number`` with its value and receptive field; all indices count from 0."""
    value = format_real(float(frame.maps[number, row, column]), 3)
    is_off = number == params.muted_map
    if params.layer == "hidden":
        return (_HIDDEN_CELL_OFF if is_off else _HIDDEN_CELL)(map=number, value=value)
    if is_off:
        return _CELL_OFF(map=number, row=row, column=column, value=value)
    top, left = params.at.field.start(row), params.at.field.start(column)
    reach = params.at.field.side - 1
    sees = {"top": top, "bottom": top + reach, "left": left, "right": left + reach}
    return _CELL(map=number, row=row, column=column, value=value, **sees)


def probe(params: FeatureMapsParams, frame: FeatureMapsFrame, spot: ProbePoint) -> Probe | None:
    """The tooltip at ``spot``: on the digit, the sheet of maps, the points, or the whole network."""
    if spot.part == WHOLE:
        return cell_of(required(frame.whole), frame.lit(params), frame.network_picture(params), spot.x, spot.y)
    if spot.part == POINTS:
        return point_under(required(frame.points), spot)
    if spot.part == MAPS:
        found = params.at.cell_at(spot.row, spot.column)
        return Probe(cell_words(params, frame, *found)) if found else None
    row, column = -1 - spot.row, spot.column
    if not (0 <= row < SIDE and 0 <= column < SIDE):
        return None
    if params.view == "occlusion":
        top, left = cover_around(params, -spot.y, spot.x)
        p = percent(float(required(frame.chances)[top, left]), 1)
        answer = int(required(frame.answers)[top, left])
        return Probe(_COVER(row=top, column=left, p=p, whole=frame.whole_answer, answer=answer))
    if params.layer == "hidden":
        return Probe(_PIXEL(row=row, column=column, ink=int(frame.seen[row, column])))
    return Probe(cell_words(params, frame, params.map, *cell_around(params, row, column)))


def cell_around(params: FeatureMapsParams, row: int, column: int) -> tuple[int, int]:
    """The cell of a map whose receptive field is centred at a pixel of the image, or as near as possible."""
    return params.at.field.cell_around(row, params.side), params.at.field.cell_around(column, params.side)


def cover_around(params: FeatureMapsParams, down: float, across: float) -> tuple[int, int]:
    """The row and column of the cover's upper left corner for which its middle is at a position on the image.

    The position is in pixels from the image's upper left corner; the cover stays on the image. In the occlusion plot,
    the result for a cover is coloured at the pixel in its middle.
    """
    top, left = (min(max(math.floor(place - (params.size - 1) / 2), 0), params.places - 1) for place in (down, across))
    return top, left
