"""Questions on gradient descent: one step, two steps, and the effect of a learning rate."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.calculus.descent import gradient_descent
from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    bracketed,
    number,
    one_of,
    question_for,
)
from engine.contract.text import Text, untranslated
from engine.nn.optimizers import SGD


@question_for("sgd", "7a9b1ed7")
def new_weight(draw: Random) -> NumberQuestion:
    weight, rate = draw.choice([0.5, 1.0, -0.4, 2.0, -1.5]), draw.choice([0.1, 0.2, 0.05])
    slope = draw.choice([3.0, -2.0, 4.0, -5.0])
    params = {"W": np.array([weight])}
    SGD(rate).update(params, {"W": np.array([slope])})
    value = round(float(params["W"][0]), 6)
    return NumberQuestion(
        Text(
            "A weight is {w}, the gradient of the loss with respect to it is {g}, and η = {rate}. What is the weight"
            " after one update?"
        )(w=weight, g=slope, rate=rate),
        Text("New weight"),
        value,
        Text("w − η·g = {w} − {rate}·{g} = {value}.")(
            w=number(weight), rate=rate, g=bracketed(slope), value=number(value)
        ),
        (
            KnownError(
                "uphill",
                round(weight + rate * slope, 6),
                Text("You went along the gradient; that way the loss grows."),
            ),
            KnownError(
                "no_rate",
                weight - slope,
                Text("You subtracted the whole gradient. Multiply it by η first."),
            ),
            KnownError(
                "step_only",
                round(-rate * slope, 6),
                Text("That is the step alone. Add it to the old weight."),
            ),
        ),
    )


@question_for("gradient_descent", "7a9b1ed7")
def two_steps(draw: Random) -> NumberQuestion:
    start, rate = float(draw.choice([4, 10, -5, 8])), draw.choice([0.1, 0.25, 0.4, 0.75])
    one, two = (
        round(float(gradient_descent(lambda x: 2 * x, np.array([start]), rate, steps)[0]), 6) for steps in (1, 2)
    )
    return NumberQuestion(
        Text(
            "f(x) = x², whose slope is 2x. Gradient descent with η = {rate} makes two steps from x = {start}. Where"
            " is x then?"
        )(start=start, rate=rate),
        untranslated("x"),
        two,
        Text("The first step leads to {one}. There the slope is computed again, and the second step leads to {two}.")(
            one=number(one), two=number(two)
        ),
        (
            KnownError("one_step", one, Text("That is x after one step.")),
            KnownError(
                "old_slope",
                round(start - 2 * rate * 2 * start, 6),
                Text("You took both steps by the slope at the start. After a step it is another one."),
            ),
            KnownError(
                "slope_is_x",
                round(start * (1 - rate) ** 2, 6),
                Text("The slope of x² is 2x, not x."),
            ),
        ),
    )


@question_for("learning_rate", "de0e2bc6")
def fate(draw: Random) -> ChoiceQuestion:
    rate, start = draw.choice([0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 1.0, 1.1, 1.2]), float(draw.choice([2, 3, -4]))
    first, second = (gradient_descent(lambda x: 2 * x, np.array([start]), rate, steps)[0] for steps in (1, 2))
    size = round(abs(second / first), 6)
    crosses = first * start < 0
    return one_of(
        Text("f(x) = x², whose slope is 2x. Gradient descent begins at x = {start} with η = {rate}. How does x move?")(
            start=start, rate=rate
        ),
        "nearer" if not crosses else "settling" if size < 1 else "for_ever" if size == 1 else "away",
        Text(
            "A step makes (1 − 2η)·x of x, here {factor} times x. The sign of this factor says whether x changes sides,"
            " its size whether x comes nearer."
        )(factor=number(round(1 - 2 * rate, 4))),
        {
            "nearer": Text("Nearer to 0, always on the same side"),
            "settling": Text("To and fro, nearer and nearer to 0"),
            "for_ever": Text("To and fro, always as far from 0"),
            "away": Text("To and fro, farther and farther from 0"),
        },
        {
            "nearer": Text("That needs a factor above 0."),
            "settling": Text("That needs a factor between −1 and 0."),
            "for_ever": Text("That needs exactly −1."),
            "away": Text("That needs a factor below −1."),
        },
    )
