"""Questions on feature maps: their size, and how much of the image influences a cell."""

from __future__ import annotations

from random import Random

from engine.chapter_tests.question import KnownError, NumberQuestion, SentenceQuestion, question_for
from engine.contract.text import Text
from engine.nn.conv_network import receptive_field
from engine.nn.im2col import output_size


@question_for("receptive_field", "dd835a88")
def seen_by_a_cell(draw: Random) -> NumberQuestion:
    layers = draw.choice(
        [((3, 1), (3, 1)), ((5, 1), (2, 2)), ((3, 1), (2, 2)), ((3, 2), (3, 1)), ((2, 2), (3, 1)), ((5, 1), (3, 1))]
    )
    (first, stride), (second, _) = layers
    value = receptive_field(layers).side
    return NumberQuestion(
        Text(
            "A first layer has windows of {first} by {first} and stride {stride}, the next one windows of {second} by"
            " {second}. How many pixels wide is the field that one cell after both layers sees?"
        )(first=first, stride=stride, second=second),
        Text("Pixels", context="number"),
        value,
        Text("It sees {second} cells of the layer before; they begin {stride} apart, and each sees {first} pixels.")(
            second=second, stride=stride, first=first
        ),
        (
            KnownError(
                "last_only",
                second,
                Text("Those are cells of the layer before, not pixels."),
            ),
            KnownError(
                "product",
                first * second,
                Text("Neighbouring cells see much the same pixels."),
            ),
            KnownError(
                "sum",
                first + second,
                Text("Neighbouring cells see much the same pixels."),
            ),
        ),
    )


@question_for("feature_map", "f02a1a2c")
def rows_of_a_map(draw: Random) -> NumberQuestion:
    side, kernel = draw.choice([28, 32, 20, 16]), draw.choice([3, 5])
    conv = output_size(side, kernel)
    value = output_size(conv, 2, 2)
    return NumberQuestion(
        Text(
            "A picture {side} by {side} goes through filters of {kernel} by {kernel} (stride 1, no padding) and"
            " pooling 2 by 2"
            " with stride 2. How many rows does a map have then?"
        )(side=side, kernel=kernel),
        Text("Rows"),
        value,
        Text("First {conv}, then half of that, rounded down.")(conv=conv),
        (
            KnownError("not_pooled", conv, Text("That is before the pooling.")),
            KnownError("half_of_picture", side // 2, Text("The filter takes a border away first.")),
        ),
    )


@question_for("feature_map", "f2237333")
def map_switched_off(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "Of {count} maps the strongest one is set to 0, and the digit is read all the same. Say in one sentence"
            " what that"
            " tells about the maps."
        )(count=draw.choice([8, 16, 30])),
        Text(
            "What a digit is known by is spread over many maps that partly see the same; none of them stands for"
            " the digit"
            " alone."
        ),
    )
