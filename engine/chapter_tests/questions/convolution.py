"""Questions on convolution: one cell, sizes, channels, and the matrix of im2col."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import ChoiceQuestion, KnownError, NumberQuestion, Wrong, question_for, rows, sides
from engine.contract.text import Text
from engine.nn.im2col import convolve, im2col, output_size
from engine.nn.layers import Convolution


@question_for("convolution", "3af31c8c")
def one_cell(draw: Random) -> NumberQuestion:
    window = np.array([[draw.randint(0, 3) for _ in range(2)] for _ in range(2)], float)
    kernel = np.array([[draw.randint(-2, 3) for _ in range(2)] for _ in range(2)], float)
    value = _cell(window, kernel)
    return NumberQuestion(
        Text(
            "A window holds {window}, the filter {kernel}, the bias is 0. What does the convolution layer give there?"
        )(window=rows(window), kernel=rows(kernel)),
        Text("Output"),
        value,
        Text("Cell times cell, and the four products added up."),
        (
            KnownError(
                "rotated",
                _cell(window, kernel[::-1, ::-1]),
                Text("You rotated the filter. Mathematicians do; these layers do not."),
            ),
            KnownError("matrix_product", float((window @ kernel).sum()), Text("It is no matrix product.")),
            KnownError(
                "sum_of_window",
                float(window.sum()),
                Text("That is the window without the filter."),
            ),
        ),
    )


@question_for("output_size", "fbc3d8d4")
def size_after(draw: Random) -> NumberQuestion:
    side, kernel = draw.choice([6, 7, 8, 10, 12, 28]), draw.choice([2, 3, 5])
    stride, padding = draw.choice([1, 2, 3]), draw.choice([0, 1, 2])
    value = output_size(side, kernel, stride, padding)
    return NumberQuestion(
        Text(
            "An input {side} cells wide, a filter {kernel} wide, stride {stride}, padding {padding}. How wide is the"
            " output?"
        )(side=side, kernel=kernel, stride=stride, padding=padding),
        Text("Cells"),
        value,
        Text("({side} + 2·{padding} − {kernel}) / {stride} + 1, a fraction rounded down: {value}.")(
            side=side, padding=padding, kernel=kernel, stride=stride, value=value
        ),
        (
            KnownError("without_one", value - 1, Text("The first place counts too: + 1.")),
            KnownError(
                "padding_once",
                (side + padding - kernel) // stride + 1,
                Text("There is padding on both sides."),
            )
            if padding
            else KnownError("as_input", side, Text("Without padding the picture shrinks.")),
        ),
    )


@question_for("channel", "8334a16e")
def shape_of_maps(draw: Random) -> ChoiceQuestion:
    channels, side, kernel, filters = 3, draw.choice([6, 8, 10]), draw.choice([3, 5]), draw.choice([4, 10, 16])
    layer = Convolution(np.zeros((filters, channels, kernel, kernel)), np.zeros(filters))
    made = layer.forward(np.zeros((1, channels, side, side))).shape[1:]
    cells = made[1]
    return ChoiceQuestion(
        Text(
            "A picture of {shape} (channels, rows, columns) meets {filters} filters, {kernel} by {kernel}, stride 1, no"
            " padding. What is the shape of the output?"
        )(shape=sides(channels, side, side), filters=filters, kernel=kernel),
        sides(*made),
        Text("A filter sums over all channels and makes one map."),
        (
            Wrong(
                "map_per_channel",
                sides(channels * filters, cells, cells),
                Text("The channels are added up."),
            ),
            Wrong(
                "channels_stay",
                sides(channels, cells, cells),
                Text("The number of filters decides."),
            ),
            Wrong(
                "size_stays",
                sides(filters, side, side),
                Text("Without padding the map is smaller."),
            ),
        ),
    )


@question_for("im2col", "29b6be15")
def rows_of_im2col(draw: Random) -> NumberQuestion:
    samples, channels, side, kernel = (
        draw.choice([2, 5, 10]),
        draw.choice([2, 3]),
        draw.choice([4, 5, 6, 7]),
        draw.choice([2, 3]),
    )
    made = im2col(np.zeros((samples, channels, side, side)), kernel, kernel)
    count, columns = made.shape
    return NumberQuestion(
        Text(
            "im2col makes one row of every window. {samples} pictures, {channels} channels, {side} by {side},"
            " filter {kernel}"
            " by {kernel}, stride 1, no padding: how many rows does the matrix have?"
        )(samples=samples, channels=channels, side=side, kernel=kernel),
        Text("Rows"),
        count,
        Text("A picture has {places}·{places} windows; a window holds all channels.")(places=side - kernel + 1),
        (
            KnownError(
                "columns",
                columns,
                Text("Those are the columns: the cells of a window."),
            ),
            KnownError(
                "all_cells",
                samples * side * side,
                Text("The window does not fit around every cell."),
            ),
        ),
    )


def _cell(window: np.ndarray, kernel: np.ndarray) -> float:
    return float(convolve(window[None, None], kernel[None, None], np.zeros(1))[0, 0, 0, 0])
