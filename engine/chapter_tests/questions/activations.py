"""Questions on activation functions: their derivatives, and what a stack of them leaves of a signal."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    number,
    one_of,
    question_for,
)
from engine.contract.text import Text, untranslated
from engine.nn.activations import leaky_relu, relu_slope, sigmoid_slope, tanh_slope


@question_for("sigmoid", "f58b060f")
def slope_of_sigmoid(draw: Random) -> NumberQuestion:
    y = draw.choice([0.9, 0.8, 0.7, 0.6, 0.2, 0.1, 0.95])
    value = round(float(sigmoid_slope(np.array(np.log(y / (1 - y))))), 6)
    return NumberQuestion(
        Text("At some x sigmoid outputs {y}. What is its slope there?")(y=y),
        Text("The slope"),
        value,
        Text("y(1 − y) = {y}·{rest} = {value}.")(y=y, rest=number(1 - y), value=number(value)),
        (
            KnownError("output", y, Text("That is the output itself.")),
            KnownError("rest", round(1 - y, 6), Text("Multiply by y too.")),
            KnownError(
                "always_quarter",
                0.25,
                Text("Only in the middle, where y = 0.5, it is 0.25."),
            ),
        ),
    )


@question_for("leaky_relu", "01d20a20")
def leaky(draw: Random) -> NumberQuestion:
    x, leak = draw.choice([-2.0, -3.0, -5.0, -0.5, 4.0, 1.5]), draw.choice([0.01, 0.1, 0.2])
    value = round(float(leaky_relu(np.array(x), leak)), 6)
    return NumberQuestion(
        Text("Leaky ReLU has the slope {leak} to the left of 0. What does it output at x = {x}?")(leak=leak, x=x),
        Text("Output"),
        value,
        Text("Below 0 it is {leak}·x, above 0 it is x.")(leak=leak),
        (
            KnownError(
                "relu",
                0.0,
                Text("That is ReLU. The leaky one lets something through."),
            )
            if x < 0
            else KnownError("always_leaks", round(leak * x, 6), Text("It leaks only below 0.")),
            KnownError("slope", leak, Text("That is the slope.")),
            KnownError("sign", -value, Text("The sign of x stays.")),
        ),
    )


@question_for("saturated", "135fcea5")
def steepest(draw: Random) -> ChoiceQuestion:
    x = draw.choice([-4.0, -3.0, -1.0, -0.5, 2.0, 3.0, 0.5])
    slopes = {
        "sigmoid": float(sigmoid_slope(np.array(x))),
        "tanh": float(tanh_slope(np.array(x))),
        "relu": float(relu_slope(np.array(x))),
    }
    return one_of(
        Text("Which has the largest slope at x = {x}? (Sigmoid has 0.25 at most, tanh 1, but tanh flattens sooner.)")(
            x=x
        ),
        max(slopes, key=lambda name: slopes[name]),
        Text("Sigmoid has {sigmoid:.2g}, tanh {tanh:.2g}, ReLU {relu:.2g}.")(**slopes),
        {"sigmoid": untranslated("sigmoid"), "tanh": untranslated("tanh"), "relu": untranslated("ReLU")},
        {
            "sigmoid": Text("Sigmoid is never steeper than 0.25."),
            "tanh": Text("tanh is steep near 0 only."),
            "relu": Text("To the left of 0 ReLU has no slope at all."),
        },
    )


@question_for("vanishing_gradient", "435c556d")
def stacked(draw: Random) -> NumberQuestion:
    slope, layers = draw.choice([0.25, 0.2, 0.5, 0.1]), draw.choice([2, 3, 4])
    value = float(np.prod(np.full(layers, slope)))
    return NumberQuestion(
        Text(
            "{layers} layers, one neuron each, all with weight 1. Each works where its activation's slope is {slope}."
            " What is the slope of all of them together?"
        )(layers=layers, slope=slope),
        Text("Slope of all"),
        round(value, 9),
        Text("Slopes of a chain are multiplied: {value}.")(value=number(value)),
        (
            KnownError(
                "sum",
                round(layers * slope, 9),
                Text("Slopes of a chain are not added up."),
            ),
            KnownError("one", slope, Text("That is the slope of one layer.")),
        ),
    )


@question_for("activation_function", "d07453ef")
def why_bent(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "A network has {layers} layers and only the identity between them. Say in one sentence what the layers are"
            " good for."
        )(layers=draw.choice([3, 5, 10])),
        Text(
            "For nothing: straight functions put into one another are a straight function, so one layer would do the"
            " same."
        ),
    )
