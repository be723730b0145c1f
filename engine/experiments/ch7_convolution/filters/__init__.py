"""Filters: nine weights slide over an image, and the result shows edges, or is softer or sharper."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

import numpy as np

from engine.contract.api import (
    Picture,
    Preset,
    Probe,
    ProbePoint,
    Progress,
    RandomStreams,
    Remedy,
    Status,
    Text,
    WorkingStep,
)
from engine.contract.handle import Handle, pulled_cell
from engine.contract.numerals import in_powers, percent
from engine.contract.table import Table, grid_table, table_of
from engine.data.cnn_weights import load_cnn
from engine.data.digits import loading_digits
from engine.experiments.ch7_convolution.filters.params import DECIMALS, FiltersFrame, FiltersParams
from engine.nn.image_filters import EDGES, NAMED, centre_of, edge, filtered, gabor, ramp, strongest
from engine.nn.layers import Convolution

FLAT_GREY, SLOPE = 0.6, 0.1
"""The grey of the uniform test image and the slope of the ramp for which a filter's responses are given."""
BEFORE, PATTERN = "before", "pattern"
"""The names of the plots that show the image before filtering, and the filter in colours."""
_DECIMALS, _NEARLY = 12, 0.1
_A_CELL = 2.0
"""The change of a weight that is dragged up by the height of its cell."""
_EDGE_NAMES = {
    "vertical": Text("vertical edge"),
    "horizontal": Text("horizontal edge"),
    "rising": Text("rising edge"),
    "falling": Text("falling edge"),
}
_ANSWERS = Text(
    "{sum} An edge from 0 to 1 gives {vertical} if it is vertical, {horizontal} if horizontal, {rising} if rising,"
    " {falling} if falling."
)
_VANISHES = Text("The numbers sum to 0: flat areas give 0.")
_KEEPS = Text("The numbers sum to 1: flat areas keep their grey.")
_SCALES = Text("The numbers sum to {total}: flat areas get {total} times their grey.")
_WITH_OWN_BIAS = Text("With its bias, a flat area of 0.6 gives {flat}.")
_CUT = Text("{sum} {share} of the cells are below 0 and black: {lost} of the sum of absolute values is lost.")
_WHITE = Text("{said} What is above 1 is white.")
_NO_FILE = Text("No file is chosen yet, so this is the house.")
_HOUSE = Text("Use the house")
_PIXEL = Text("pixel [{row},{column}]: grey {grey}")
_CELL = Text("result [{row},{column}]: {value}")
_NUMBER = Text("{value}, multiplied by the pixel below it")
_ROW_SUM = Text("row k[{row}] over its pixels")
_WHOLE = Text("the rows together")
_WITH_BIAS = Text("the rows together, and the bias")
_PICTURE, _VALUE = Text("picture"), Text("value")


class Filters(Picture[FiltersParams, FiltersFrame]):
    """One filter applied to one image, without padding."""

    order = 2
    title = Text("Filters: nine numbers that find edges")
    presets = (
        Preset("card", Text("Card of edges"), {"picture": "edges", "selected": (20, 60)}),
        Preset("sharpen", Text("Sharpen"), {"kernel": NAMED["sharpen"], "shown": "grey"}),
        Preset("digit", Text("Strokes of a digit"), {"picture": "digit", "selected": (6, 12)}),
        Preset("gabor", Text("Gabor, 45°"), {"view": "gabor", "angle": 45.0}),
    )
    code = (filtered, Convolution, gabor, centre_of)

    def compute(self, params: FiltersParams, streams: RandomStreams) -> Generator[Progress, None, FiltersFrame]:
        if params.picture == "digit":
            digits = yield from loading_digits("test")
            pixels = np.rint(digits.images[params.index] / 2.55).astype(np.uint8)  # bytes as hundredths
        else:
            pixels = params.still_picture()
        return answered(params, pixels)

    def headline(self, params: FiltersParams, frame: FiltersFrame) -> Text:
        if params.view == "network":
            return _with_edges(_WITH_OWN_BIAS(flat=in_powers(frame.flat, 3)), frame)
        total = _VANISHES if abs(frame.total) < 1e-9 else _KEEPS if abs(frame.total - 1) < 1e-9 else _SCALES
        words = total(total=in_powers(frame.total, 3)) if total is _SCALES else total
        if params.shown == "grey" and frame.negative > 0:
            said = _CUT(sum=words, share=percent(frame.negative), lost=percent(frame.lost))
            return _WHITE(said=said) if np.max(frame.after) > 1 + 1e-9 else said
        return _with_edges(words, frame)

    def main_tables(self, params: FiltersParams, frame: FiltersFrame) -> tuple[Table, ...]:
        window = window_of(params, frame)
        looked_at = grid_table(
            "window",
            Text("the cell that is looked at"),
            filter=(frame.kernel, Text("filter")),
            pixel=(window, Text("pixel")),
            product=(frame.kernel * window, Text("product")),
        )
        answers = table_of(
            "answers",
            Text("what the filter answers"),
            sum=(frame.total, Text("sum of its numbers")),
            flat=(frame.flat, Text("flat area of 0.6")),
            **{direction: (getattr(frame, direction), words) for direction, words in _EDGE_NAMES.items()},
            ramp=(frame.ramp, Text("ramp of 0.1 a column")),
            moved_right=(frame.shift_right, Text("moved right")),
            moved_down=(frame.shift_down, Text("moved down")),
        )
        shown = frame.as_shown(params.shown), Text("shown")
        result = grid_table("result", Text("result"), value=(frame.after, _VALUE), shown=shown)
        picture = grid_table("picture", _PICTURE, grey=(frame.pixels / 100, Text("grey")))
        return looked_at, answers, result, picture

    def working(self, params: FiltersParams, frame: FiltersFrame) -> tuple[WorkingStep, ...]:
        window, lines = window_of(params, frame), []
        for number, (weights, pixels) in enumerate(zip(frame.kernel, window, strict=True)):
            series = {"k": weights.tolist(), "x": pixels.tolist()}
            note = _ROW_SUM(row=number)
            lines.append(WorkingStep.over(f"s{number}", "…", "{k}·{x}", series, float(weights @ pixels), note, first=0))
        sums = {"s": [line.result for line in lines]}
        result = float(frame.after[params.selected])
        if params.view != "network":
            return (*lines, WorkingStep.over("y", "…", "{s}", sums, result, _WHOLE, first=0))
        return (*lines, WorkingStep.over("y", "… + {b}", "{s}", sums, result, _WITH_BIAS, first=0, b=frame.bias))

    def probe(self, params: FiltersParams, frame: FiltersFrame, spot: ProbePoint) -> Probe | None:
        array = {"": frame.after, BEFORE: frame.pixels / 100, PATTERN: frame.kernel}[spot.part]
        value = spot.cell(array)
        if value is None:
            return None
        words = {"": _CELL, BEFORE: _PIXEL, PATTERN: _NUMBER}[spot.part]
        digits = 4 if spot.part == "" else 3
        named = {"row": spot.row, "column": spot.column} if words is not _NUMBER else {}
        return Probe(words(**named, **{"grey" if words is _PIXEL else "value": in_powers(float(value), digits)}))

    def handles(self, params: FiltersParams, frame: FiltersFrame) -> tuple[Handle, ...]:
        """The handles of the filter's nine weights, which are dragged up and down in their cells."""
        if params.view != "nine":
            return ()
        return tuple(
            pulled_cell(
                f"k{row}{column}", (column + 0.5, -row - 0.5), f"k[{row},{column}]", "kernel", (row, column),
                step=0.25, decimals=DECIMALS, by=_A_CELL,
            )
            for row, column in np.ndindex(frame.kernel.shape)
        )  # fmt: skip

    def click(self, params: FiltersParams, frame: FiltersFrame, handle: str) -> Mapping[str, object]:
        """The parameter changes of a click on a button.

        ``turn`` rotates the filter by 90° clockwise. A name in ``NAMED`` selects that filter and a suitable way to show
        its result.
        """
        if handle == "turn":
            return {"kernel": np.rot90(params.kernel, -1).tolist()}
        if handle in NAMED:
            sums_to_1 = abs(np.sum(NAMED[handle]) - 1) < 1e-9
            return {"kernel": NAMED[handle], "shown": "grey" if sums_to_1 else "signed"}
        return {}

    def click_at(self, params: FiltersParams, frame: FiltersFrame, spot: ProbePoint) -> Mapping[str, object]:
        """The parameter change that selects the clicked cell of the result, or on the image the cell whose window is
        centred there.
        """
        if spot.part not in ("", BEFORE):
            return {}
        reach = (params.side // 2) if spot.part == BEFORE else 0
        if spot.cell(frame.pixels if spot.part == BEFORE else frame.after) is None:
            return {}
        place = (spot.row - reach, spot.column - reach)
        ends = zip(place, frame.after.shape, strict=True)
        return {"selected": tuple(min(max(one, 0), size - 1) for one, size in ends)}


def answered(params: FiltersParams, pixels: np.ndarray) -> FiltersFrame:
    """The frame for an image (H, W) in hundredths: the filter's result and its responses to the test images."""
    bias, learned = 0.0, None
    if params.view == "network":
        weights = load_cnn().params
        learned = weights["W1"][:, 0].astype(float)  # (30, 1, 5, 5) -> (30, 5, 5)
        kernel, bias = learned[params.number], float(weights["b1"][params.number])
    elif params.view == "gabor":
        kernel = gabor(params.side, params.angle, params.wavelength, params.phase)
    else:
        kernel = np.array(params.kernel)
    side = 3 * len(kernel)
    patterns = {direction: edge(side, direction) for direction in EDGES}
    answers: dict[str, Any] = {
        name: _tidy(strongest(filtered(pattern, kernel, bias))) for name, pattern in patterns.items()
    }
    # Without the last digits that rounding leaves, so that what cancels is 0.
    after = np.round(filtered(pixels / 100, kernel, bias), _DECIMALS) + 0.0
    shift = centre_of(kernel)
    below = after < 0
    sizes = float(np.sum(np.abs(after)))
    return FiltersFrame(
        pixels=pixels,
        kernel=kernel,
        bias=bias,
        after=after,
        total=_tidy(float(np.sum(kernel))),
        flat=_tidy(FLAT_GREY * float(np.sum(kernel)) + bias),
        **answers,
        ramp=_tidy(float(filtered(ramp(len(kernel), SLOPE), kernel, bias)[0, 0])),
        shift_right=None if shift is None else _tidy(-shift[0]),
        shift_down=None if shift is None else _tidy(-shift[1]),
        largest=max(float(np.sum(np.maximum(kernel, 0))) + bias, float(np.sum(np.maximum(-kernel, 0))) - bias) or 1.0,
        negative=float(np.mean(below)),
        lost=float(np.sum(np.abs(after[below]))) / sizes if sizes else 0.0,
        learned=learned,
        vanishing=None if learned is None else int(np.sum(_is_balanced(learned))),
        status=Status("no_file", _NO_FILE, Remedy(_HOUSE, {"picture": "house"})) if params.is_without_file else None,
        finished=True,
    )


def _with_edges(words: Text, frame: FiltersFrame) -> Text:
    """Append the responses to edges, but only if the filter's weights cancel; otherwise bright areas respond more
    strongly.
    """
    if not _is_balanced(frame.kernel[np.newaxis])[0]:
        return words
    return _ANSWERS(sum=words, **{one: in_powers(getattr(frame, one), 3) for one in _EDGE_NAMES})


def _is_balanced(kernels: np.ndarray) -> np.ndarray:
    """For each filter (N, FH, FW) whether its weights nearly cancel, so that uniform areas give nearly 0: (N,) of
    booleans.
    """
    sums, sizes = np.sum(kernels, axis=(1, 2)), np.sum(np.abs(kernels), axis=(1, 2))
    return np.abs(sums) < _NEARLY * sizes


def window_of(params: FiltersParams, frame: FiltersFrame) -> np.ndarray:
    """The greys under the filter for the selected cell of the result, an array of the filter's shape."""
    row, column = params.selected
    height, width = frame.kernel.shape
    return frame.pixels[row : row + height, column : column + width] / 100


def _tidy(answer: float) -> float:
    """Round away the last digits, so that values that cancel are exactly 0."""
    return round(answer, _DECIMALS) + 0.0
