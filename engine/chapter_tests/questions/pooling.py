"""Questions on pooling: values, sizes, channels, and the backward pass."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    Wrong,
    question_for,
    rows,
    sides,
)
from engine.contract.text import Text, untranslated
from engine.nn.im2col import output_size
from engine.nn.layers import AveragePooling, MaxPooling


@question_for("max_pooling", "ac362a81")
def of_a_window(draw: Random) -> NumberQuestion:
    window = np.array([draw.sample(range(10), 2), draw.sample(range(10), 2)], float)
    is_max = draw.choice([True, False])
    kinds = MaxPooling(2, 2, 2), AveragePooling(2, 2, 2)
    highest, mean = (float(kind.forward(window[None, None])[0, 0, 0, 0]) for kind in kinds)
    value = highest if is_max else mean
    return NumberQuestion(
        Text("{kind} pooling: a window holds {window}. What is left of it?")(
            kind=untranslated("Max") if is_max else Text("Average"), window=rows(window)
        ),
        Text("Output"),
        value,
        Text("The largest of the four numbers.") if is_max else Text("The four numbers, added up and divided by 4."),
        (
            KnownError(
                "other_kind",
                mean if is_max else highest,
                Text("That is the other kind of pooling."),
            ),
            KnownError("sum", float(window.sum()), Text("That is the sum.")),
        ),
    )


@question_for("pooling", "7b26efcd")
def pooled_side(draw: Random) -> NumberQuestion:
    side, window, stride = draw.choice([8, 12, 24, 9, 10]), draw.choice([2, 3]), draw.choice([1, 2, 3])
    value = output_size(side, window, stride)
    return NumberQuestion(
        Text(
            "A map has {side} cells on a side. Windows of {window} by {window}, stride {stride}. How many cells on"
            " a side does the pooled one have?"
        )(side=side, window=window, stride=stride),
        Text("Cells on a side", context="question"),
        value,
        Text("({side} − {window}) / {stride} + 1, rounded down.")(side=side, window=window, stride=stride),
        (
            KnownError(
                "by_window",
                side // window,
                Text("The stride decides how far it goes on, not the window."),
            )
            if side // window != value
            else KnownError(
                "minus_window",
                side - window,
                Text("Divide by the stride, and count the first place."),
            ),
            KnownError("half", (side - window) // stride, Text("The first place counts too: + 1.")),
        ),
    )


@question_for("channel", "4aa0edf8")
def channels_stay(draw: Random) -> ChoiceQuestion:
    channels, side = draw.choice([4, 10, 16, 30]), draw.choice([8, 12, 24])
    made = MaxPooling(2, 2, 2).forward(np.zeros((1, channels, side, side))).shape[1:]
    half = made[1]
    return ChoiceQuestion(
        Text(
            "{shape} (channels, rows, columns) goes through pooling with windows of 2 by 2 and stride 2. What is"
            " the shape of the output, and how many numbers does the layer learn?"
        )(shape=sides(channels, side, side)),
        _learning(0, *made),
        Text("Each map is pooled by itself, by a fixed rule."),
        (
            Wrong(
                "channels_too",
                _learning(0, channels // 2, half, half),
                Text("Channels are not mixed or left out."),
            ),
            Wrong(
                "one_map",
                _learning(0, 1, half, half),
                Text("A filter sums over channels; pooling does not."),
            ),
            Wrong(
                "weights",
                _learning(4 * channels, *made),
                Text("Largest and mean need no weights."),
            ),
        ),
    )


@question_for("upstream_gradient", "6d0a0f23")
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
            " get?"
        )(kind=untranslated("Max") if is_max else Text("Average"), window=rows(window), upstream=upstream),
        rows(right),
        Text("Only the largest number counted, so it gets all of it.")
        if is_max
        else Text("All four counted alike, a quarter each."),
        (
            Wrong("other_kind", rows(other), Text("That is the other kind of pooling.")),
            Wrong(
                "all_of_it",
                rows(np.full((2, 2), upstream)),
                Text("Not every cell changes the output so much."),
            ),
            Wrong("times_value", rows(upstream * window), Text("Pooling multiplies by no value.")),
        ),
    )


@question_for("pooling", "dd42dcd3")
def which_shifts(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "A digit is shifted by {shift} and pooled in windows of {side} by {side}, stride {side}. Say in one"
            " sentence how far pooling forgives such a shift."
        )(shift=1, side=draw.choice([2, 3])),
        Text(
            "A strong cell that stays within its window leaves the output as it is; one that crosses into the next"
            " window moves there too."
        ),
    )


def _learning(parameters: int, *shape: int) -> Text:
    return Text("{shape}, {count} numbers")(shape=sides(*shape), count=parameters)
