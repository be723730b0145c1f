"""What can be asked of a CNN: where its parameters are, and what it takes from the places of pixels."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import NumberQuestion, SentenceQuestion, Slip, asks
from engine.contract.text import Text
from engine.nn.layers.convolution import Convolution
from engine.nn.parameter_shapes import count_numbers, parameter_shapes
from engine.nn.windows import output_size


@asks("parameter", "da3382fb")
def of_a_filter_bank(draw: Random) -> NumberQuestion:
    filters, channels, kernel = draw.choice([8, 16, 30]), draw.choice([2, 3, 4]), draw.choice([3, 5])
    layer = Convolution(np.zeros((filters, channels, kernel, kernel)), np.zeros(filters))
    count = count_numbers(layer.params)
    return NumberQuestion(
        Text(
            "A convolution layer has {filters} filters, {kernel} by {kernel}, over {channels} channels, with"
            " biases. How"
            " many parameters is that?",
            "一个卷积层有 {filters} 个 {kernel}×{kernel} 的滤波器，输入 {channels} 个通道，带偏置。一共多少个参数？",
        )(filters=filters, kernel=kernel, channels=channels),
        Text("Parameters", "参数个数"),
        count,
        Text(
            "{filters}·{channels}·{kernel}·{kernel} weights and {filters} biases, however large the picture.",
            "权重 {filters}·{channels}·{kernel}·{kernel} 个，偏置 {filters} 个，和图像大小无关。",
        )(filters=filters, channels=channels, kernel=kernel),
        (
            Slip("no_biases", count - filters, Text("You left out the biases.", "你漏了偏置。")),
            Slip(
                "one_channel",
                filters * kernel * kernel + filters,
                Text("A filter has a kernel for each channel.", "一个滤波器对每个通道都有一个核。"),
            ),
            Slip(
                "bias_a_weight", 2 * (count - filters), Text("There is one bias a filter.", "一个滤波器只有一个偏置。")
            ),
        ),
    )


@asks("fully_connected", "21deb78f")
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
            " stride 2, then an Affine layer of {hidden} neurons. How many parameters has that Affine layer?",
            "图像 {side}×{side}，{filters} 个 {kernel}×{kernel} 的滤波器（步幅 1，无填充），2×2、步幅 2 的池化，"
            "接着是 {hidden} 个神经元的 Affine 层。这个 Affine 层有多少个参数？",
        )(side=side, filters=filters, kernel=kernel, hidden=hidden),
        Text("Parameters", "参数个数"),
        count,
        Text(
            "{filters} maps of {pooled}·{pooled} cells come in: {inputs}·{hidden} weights and {hidden} biases.",
            "进来的是 {filters} 张 {pooled}·{pooled} 的图：权重 {inputs}·{hidden} 个，偏置 {hidden} 个。",
        )(filters=filters, pooled=pooled, inputs=inputs, hidden=hidden),
        (
            Slip("no_biases", count - hidden, Text("You left out the biases.", "你漏了偏置。")),
            Slip(
                "one_map", pooled * pooled * hidden + hidden, Text("Every filter has a map.", "每个滤波器都有一张图。")
            ),
            Slip(
                "not_pooled",
                filters * conv * conv * hidden + hidden,
                Text("Pooling halves both sides first.", "先要池化，两边都减半。"),
            ),
        ),
    )


@asks("cnn", "5f1bfd51")
def permuted(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "All {count} pixels change places, in every picture the same way. Say in one sentence why a CNN suffers"
            " from it"
            " and a fully connected network does not.",
            "所有图像的 {count} 个像素都按同一种方式换了位置。用一句话说：为什么 CNN 变差，而全连接网络不受影响？",
        )(count=draw.choice([784, 100, 196])),
        Text(
            "A filter looks at neighbouring pixels and finds nothing once they are scattered; a fully connected"
            " layer has a"
            " weight for each pixel wherever it stands.",
            "滤波器看的是相邻的像素，打散后就什么也找不到；全连接层每个像素各有权重，放在哪里都一样。",
        ),
    )
