"""What can be asked of gradient descent: one step, two steps, and where a learning rate leads."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.calculus.descent import gradient_descent
from engine.chapter_tests.question import ChoiceQuestion, NumberQuestion, Slip, asks, bracketed, number, one_of
from engine.contract.text import Text, same
from engine.nn.optimizers.sgd import SGD


@asks("sgd", "7a9b1ed7")
def new_weight(draw: Random) -> NumberQuestion:
    weight, rate = draw.choice([0.5, 1.0, -0.4, 2.0, -1.5]), draw.choice([0.1, 0.2, 0.05])
    slope = draw.choice([3.0, -2.0, 4.0, -5.0])
    params = {"W": np.array([weight])}
    SGD(rate).update(params, {"W": np.array([slope])})
    value = round(float(params["W"][0]), 6)
    return NumberQuestion(
        Text(
            "A weight is {w}, the gradient of the loss with respect to it is {g}, and η = {rate}. What is the weight"
            " after one update?",
            "一个权重是 {w}，损失对它的梯度是 {g}，η = {rate}。更新一次后权重是多少？",
        )(w=weight, g=slope, rate=rate),
        Text("New weight", "新的权重"),
        value,
        Text("w − η·g = {w} − {rate}·{g} = {value}.", "w − η·g = {w} − {rate}·{g} = {value}。")(
            w=number(weight), rate=rate, g=bracketed(slope), value=number(value)
        ),
        (
            Slip(
                "uphill",
                round(weight + rate * slope, 6),
                Text("You went along the gradient; that way the loss grows.", "你沿梯度走了，这样损失会变大。"),
            ),
            Slip(
                "no_rate",
                weight - slope,
                Text("You took off the whole gradient. Multiply it by η first.", "你减去了整个梯度，应先乘以 η。"),
            ),
            Slip(
                "step_only",
                round(-rate * slope, 6),
                Text("That is the step alone. Add it to the old weight.", "这只是这一步，还要加上原来的权重。"),
            ),
        ),
    )


@asks("gradient_descent", "7a9b1ed7")
def two_steps(draw: Random) -> NumberQuestion:
    start, rate = float(draw.choice([4, 10, -5, 8])), draw.choice([0.1, 0.25, 0.4, 0.75])
    one, two = (
        round(float(gradient_descent(lambda x: 2 * x, np.array([start]), rate, steps)[0]), 6) for steps in (1, 2)
    )
    return NumberQuestion(
        Text(
            "f(x) = x², whose slope is 2x. Gradient descent with η = {rate} makes two steps from x = {start}. Where"
            " is x then?",
            "f(x) = x²，斜率是 2x。梯度下降法用 η = {rate}，从 x = {start} 走两步，x 到了哪里？",
        )(start=start, rate=rate),
        same("x"),
        two,
        Text(
            "The first step leads to {one}. There the slope is taken anew, and the second leads to {two}.",
            "第一步到 {one}。在那里重新求斜率，第二步到 {two}。",
        )(one=number(one), two=number(two)),
        (
            Slip("one_step", one, Text("That is x after one step.", "这是走一步后的 x。")),
            Slip(
                "old_slope",
                round(start - 2 * rate * 2 * start, 6),
                Text(
                    "You took both steps by the slope at the start. After a step it is another one.",
                    "两步都用了起点的斜率。走了一步，斜率就变了。",
                ),
            ),
            Slip(
                "slope_is_x",
                round(start * (1 - rate) ** 2, 6),
                Text("The slope of x² is 2x, not x.", "x² 的斜率是 2x，不是 x。"),
            ),
        ),
    )


@asks("learning_rate", "de0e2bc6")
def fate(draw: Random) -> ChoiceQuestion:
    rate, start = draw.choice([0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0, 1.1, 1.2]), float(draw.choice([2, 3, -4]))
    first, second = (gradient_descent(lambda x: 2 * x, np.array([start]), rate, steps)[0] for steps in (1, 2))
    size = round(abs(second / first), 6)
    crosses = first * start < 0
    return one_of(
        Text(
            "f(x) = x², whose slope is 2x. Gradient descent begins at x = {start} with η = {rate}. How does x move?",
            "f(x) = x²，斜率是 2x。梯度下降法从 x = {start} 开始，η = {rate}。x 会怎样走？",
        )(start=start, rate=rate),
        "nearer" if not crosses else "settling" if size < 1 else "for_ever" if size == 1 else "away",
        Text(
            "A step makes (1 − 2η)·x of x, here {factor} times x. The sign of this factor says whether x changes sides,"
            " its size whether x comes nearer.",
            "走一步，x 变成 (1 − 2η)·x，这里是 {factor} 倍。倍数的符号决定 x 换不换边，大小决定 x 近了还是远了。",
        )(factor=number(round(1 - 2 * rate, 4))),
        {
            "nearer": Text("Nearer to 0, always on the same side", "离 0 越来越近，总在同一边"),
            "settling": Text("To and fro, nearer and nearer to 0", "左右来回，离 0 越来越近"),
            "for_ever": Text("To and fro, always as far from 0", "左右来回，离 0 总是一样远"),
            "away": Text("To and fro, farther and farther from 0", "左右来回，离 0 越来越远"),
        },
        {
            "nearer": Text("That needs a factor above 0.", "那要倍数大于 0 才行。"),
            "settling": Text("That needs a factor between −1 and 0.", "那要倍数在 −1 和 0 之间。"),
            "for_ever": Text("That needs exactly −1.", "那要倍数正好是 −1。"),
            "away": Text("That needs a factor below −1.", "那要倍数小于 −1。"),
        },
    )
