"""Questions on CNNs: which layers have the parameters, and how a CNN uses the positions of pixels."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import KnownError, NumberQuestion, SentenceQuestion, question_for
from engine.contract.text import Text
from engine.nn.im2col import output_size
from engine.nn.layers import Convolution
from engine.nn.parameters import count_numbers, parameter_shapes


@question_for("parameter", "da3382fb")
def of_a_filter_bank(draw: Random) -> NumberQuestion:
    filters, channels, kernel = draw.choice([8, 16, 30]), draw.choice([2, 3, 4]), draw.choice([3, 5])
    layer = Convolution(np.zeros((filters, channels, kernel, kernel)), np.zeros(filters))
    count = count_numbers(layer.params)
    return NumberQuestion(
        Text(
            "A convolution layer has {filters} filters, {kernel} by {kernel}, over {channels} channels, with"
            " biases. How"
            " many parameters is that?"
        )(filters=filters, kernel=kernel, channels=channels),
        Text("Parameters"),
        count,
        Text("{filters}·{channels}·{kernel}·{kernel} weights and {filters} biases, however large the picture.")(
            filters=filters, channels=channels, kernel=kernel
        ),
        (
            KnownError("no_biases", count - filters, Text("You left out the biases.")),
            KnownError(
                "one_channel",
                filters * kernel * kernel + filters,
                Text("A filter has a kernel for each channel."),
            ),
            KnownError("bias_a_weight", 2 * (count - filters), Text("Each filter has one bias.")),
        ),
    )


@question_for("fully_connected", "21deb78f")
def behind_the_pooling(draw: Random) -> NumberQuestion:
    side, kernel, filters, hidden = (
        draw.choice([28, 12, 10]),
        draw.choice([3, 5]),
        draw.choice([2, 4, 5, 10]),
        draw.choice([10, 20, 50]),
    )
    conv = output_size(side, kernel)
    pooled = output_size(conv, 2, 2)
    inputs = filters * pooled * pooled
    count = sum(lines * columns for lines, columns in parameter_shapes((inputs, hidden)).values())
    return NumberQuestion(
        Text(
            "{side} by {side} pixels, {filters} filters of {kernel} by {kernel} (stride 1, no padding), pooling 2"
            " by 2 with"
            " stride 2, then an Affine layer of {hidden} neurons. How many parameters does that Affine layer have?"
        )(side=side, filters=filters, kernel=kernel, hidden=hidden),
        Text("Parameters"),
        count,
        Text("{filters} maps of {pooled}·{pooled} cells come in: {inputs}·{hidden} weights and {hidden} biases.")(
            filters=filters, pooled=pooled, inputs=inputs, hidden=hidden
        ),
        (
            KnownError("no_biases", count - hidden, Text("You left out the biases.")),
            KnownError("one_map", pooled * pooled * hidden + hidden, Text("Every filter has a map.")),
            KnownError(
                "not_pooled",
                filters * conv * conv * hidden + hidden,
                Text("Pooling halves both sides first."),
            ),
        ),
    )


@question_for("cnn", "5f1bfd51")
def permuted(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "All {count} pixels change places, in every picture the same way. Say in one sentence why a CNN suffers"
            " from it"
            " and a fully connected network does not."
        )(count=draw.choice([784, 100, 196])),
        Text(
            "A filter looks at neighbouring pixels, and once they are scattered, neighbours no longer belong together,"
            " so it has less to go by; a fully connected layer has a weight for each pixel wherever it stands."
        ),
    )
