"""What can be asked of pooling: values, sizes, channels, and the way back."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    NumberQuestion,
    SentenceQuestion,
    Slip,
    Wrong,
    asks,
    rows,
    sides,
)
from engine.contract.text import Text
from engine.nn.layers.average_pooling import AveragePooling
from engine.nn.layers.max_pooling import MaxPooling
from engine.nn.windows import output_size


@asks("max_pooling", "ac362a81")
def of_a_window(draw: Random) -> NumberQuestion:
    window = np.array([draw.sample(range(10), 2), draw.sample(range(10), 2)], float)
    is_max = draw.choice([True, False])
    kinds = MaxPooling(2, 2, 2), AveragePooling(2, 2, 2)
    highest, mean = (float(kind.forward(window[None, None])[0, 0, 0, 0]) for kind in kinds)
    value = highest if is_max else mean
    return NumberQuestion(
        Text(
            "{kind} pooling: a window holds {window}. What is left of it?",
            "{kind} 池化：一个窗口里是 {window}。它变成多少？",
        )(kind=Text("Max", "Max") if is_max else Text("Average", "平均"), window=rows(window)),
        Text("Output", "输出"),
        value,
        Text("The largest of the four numbers.", "四个数里最大的。")
        if is_max
        else Text("The four numbers, added up and divided by 4.", "四个数加起来，除以 4。"),
        (
            Slip(
                "other_kind",
                mean if is_max else highest,
                Text("So does the other kind of pooling.", "那是另一种池化。"),
            ),
            Slip("sum", float(window.sum()), Text("That is the sum.", "这是四个数之和。")),
        ),
    )


@asks("pooling", "7b26efcd")
def pooled_side(draw: Random) -> NumberQuestion:
    side, window, stride = draw.choice([8, 12, 24, 9, 10]), draw.choice([2, 3]), draw.choice([1, 2, 3])
    value = output_size(side, window, stride)
    return NumberQuestion(
        Text(
            "A map has {side} cells on a side. Windows of {window} by {window}, stride {stride}. How many cells on"
            " a side has"
            " the pooled one?",
            "一张特征图每边 {side} 格。窗口 {window}×{window}，步幅 {stride}。池化后每边几格？",
        )(side=side, window=window, stride=stride),
        Text("Cells on a side", "每边格数"),
        value,
        Text("({side} − {window}) / {stride} + 1, rounded down.", "({side} − {window}) / {stride} + 1，舍去小数。")(
            side=side, window=window, stride=stride
        ),
        (
            Slip(
                "by_window",
                side // window,
                Text("The stride decides how far it goes on, not the window.", "每次走多远由步幅决定，不是窗口。"),
            )
            if side // window != value
            else Slip(
                "minus_window",
                side - window,
                Text("Divide by the stride, and count the first place.", "还要除以步幅，再加上第一个位置。"),
            ),
            Slip(
                "half", (side - window) // stride, Text("The first place counts too: + 1.", "第一个位置也算：要加 1。")
            ),
        ),
    )


@asks("channel", "4aa0edf8")
def channels_stay(draw: Random) -> ChoiceQuestion:
    channels, side = draw.choice([4, 10, 16, 30]), draw.choice([8, 12, 24])
    made = MaxPooling(2, 2, 2).forward(np.zeros((1, channels, side, side))).shape[1:]
    half = made[1]
    return ChoiceQuestion(
        Text(
            "{shape} (channels, rows, columns) goes through pooling with windows of 2 by 2 and stride 2. Which"
            " shape comes"
            " out, and how many numbers does the layer learn?",
            "{shape}（通道、行、列）经过池化，窗口 2×2，步幅 2。输出是什么形状？这一层要学几个数？",
        )(shape=sides(channels, side, side)),
        _learning(0, *made),
        Text("Each map is pooled by itself, by a fixed rule.", "每张图各自池化，规则是固定的。"),
        (
            Wrong(
                "channels_too",
                _learning(0, channels // 2, half, half),
                Text("Channels are not mixed or left out.", "通道不会混合，也不会减少。"),
            ),
            Wrong(
                "one_map",
                _learning(0, 1, half, half),
                Text("A filter sums over channels; pooling does not.", "滤波器才把通道加起来，池化不会。"),
            ),
            Wrong(
                "weights",
                _learning(4 * channels, *made),
                Text("Largest and mean need no weights.", "取最大或平均，不需要权重。"),
            ),
        ),
    )


@asks("upstream_gradient", "6d0a0f23")
def way_back(draw: Random) -> ChoiceQuestion:
    window = np.array(draw.sample(range(1, 10), 4), float).reshape(2, 2)
    upstream, is_max = draw.choice([2.0, 4.0, -1.0, 8.0]), draw.choice([True, False])
    layers = MaxPooling(2, 2, 2), AveragePooling(2, 2, 2)
    found = []
    for layer in layers:
        layer.forward(window[None, None])
        found.append(layer.backward(np.full((1, 1, 1, 1), upstream))[0, 0])
    right, other = found if is_max else found[::-1]
    return ChoiceQuestion(
        Text(
            "{kind} pooling: the window held {window}, and the gradient {upstream} comes back. What does the window"
            " get?",
            "{kind} 池化：窗口里是 {window}，传回来的梯度是 {upstream}。窗口得到什么？",
        )(kind=Text("Max", "Max") if is_max else Text("Average", "平均"), window=rows(window), upstream=upstream),
        rows(right),
        Text("Only the largest number had a say, so it gets all.", "只有最大的数起了作用，梯度全归它。")
        if is_max
        else Text("All four had the same say, a quarter each.", "四个数作用一样，各得四分之一。"),
        (
            Wrong("other_kind", rows(other), Text("So does the other kind of pooling.", "那是另一种池化。")),
            Wrong(
                "all_of_it",
                rows(np.full((2, 2), upstream)),
                Text("Not every cell changes the output so much.", "不是每一格都能让输出变这么多。"),
            ),
            Wrong(
                "times_value", rows(upstream * window), Text("Pooling multiplies by no value.", "池化不乘任何数值。")
            ),
        ),
    )


@asks("pooling", "dd42dcd3")
def which_shifts(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "A digit is shifted by {shift} and pooled in windows of {side} by {side}, stride {side}. Say in one"
            " sentence how far pooling forgives such a shift.",
            "一个数字移动 {shift} 格，再用 {side}×{side}、步幅 {side} 的窗口池化。用一句话说：池化能容忍到什么程度？",
        )(shift=1, side=draw.choice([2, 3])),
        Text(
            "A strong cell that stays within its window leaves the output as it is; one that crosses into the next"
            " window moves there too.",
            "最大的那一格只要还在同一个窗口里，输出就不变；越过窗口的边界，输出也跟着移。",
        ),
    )


def _learning(parameters: int, *shape: int) -> Text:
    return Text("{shape}, {count} numbers", "{shape}，{count} 个数")(shape=sides(*shape), count=parameters)
