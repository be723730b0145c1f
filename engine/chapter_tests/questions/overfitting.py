"""Questions on overfitting: the gap between accuracies, weight decay, and dropout in a test."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    Wrong,
    number,
    question_for,
)
from engine.contract.text import Text, untranslated
from engine.nn.layers import Dropout
from engine.nn.optimizers import SGD
from engine.nn.parameters import add_decay


@question_for("weight_decay", "fae134cd")
def decayed(draw: Random) -> NumberQuestion:
    w, slope = draw.choice([2.0, -3.0, 1.0, 4.0]), draw.choice([0.5, -1.0, 2.0])
    rate, decay = draw.choice([0.1, 0.5]), draw.choice([0.1, 0.01, 0.2])
    params, grads = {"W": np.array([w])}, {"W": np.array([slope])}
    add_decay(grads, params, decay)
    SGD(rate).update(params, grads)
    value = round(float(params["W"][0]), 6)
    return NumberQuestion(
        Text(
            "SGD with η = {rate} and weight decay λ = {decay}, which adds ½·λ·w² to the loss. A weight is {w}, the"
            " gradient of the loss itself {slope}. What is the weight after the update?"
        )(rate=rate, decay=decay, w=w, slope=slope),
        Text("New weight"),
        value,
        Text("The gradient becomes g + λ·w = {whole}, and the weight loses η times that: {value}.")(
            whole=number(slope + decay * w), value=number(value)
        ),
        (
            KnownError("no_decay", round(w - rate * slope, 6), Text("You left out the decay.")),
            KnownError(
                "decay_without_rate",
                round(w - rate * slope - decay * w, 6),
                Text("η multiplies the decay too."),
            ),
            KnownError(
                "grows",
                round(w - rate * (slope - decay * w), 6),
                Text("Decay pulls the weight towards 0."),
            ),
        ),
    )


@question_for("dropout", "10987470")
def at_test_time(draw: Random) -> NumberQuestion:
    ratio, activation = draw.choice([0.3, 0.2, 0.1, 0.4, 0.15]), draw.choice([2.0, 4.0, 10.0])
    layer = Dropout(ratio, np.random.default_rng(0))
    value = round(float(layer.forward(np.array([activation]), training=False)[0]), 6)
    return NumberQuestion(
        Text(
            "In training {ratio} of the neurons are left out, and nothing is scaled there. An activation is"
            " {activation}. What does dropout pass on in testing?"
        )(ratio=ratio, activation=activation),
        Text("Passed on"),
        value,
        Text("All neurons are there now, so each is multiplied by the share that was let through: 1 − {ratio}.")(
            ratio=ratio
        ),
        (
            KnownError(
                "ratio",
                round(ratio * activation, 6),
                Text("That is the share that was left out."),
            ),
            KnownError(
                "as_it_is",
                activation,
                Text("Then the sums would be larger than in training."),
            ),
            KnownError(
                "divided",
                round(activation / (1 - ratio), 6),
                Text("Dividing belongs to dropout that is scaled in training."),
            ),
        ),
    )


@question_for("overfitting", "2dffb82c")
def which_overfits(draw: Random) -> ChoiceQuestion:
    values = [(99, draw.choice([97, 96])), (draw.choice([95, 92]), draw.choice([70, 75])), (draw.choice([62, 58]), 60)]
    names = ("A", "B", "C")
    draw.shuffle(values)
    gaps = [train - test for train, test in values]
    trains, tests = [train for train, _ in values], [test for _, test in values]
    found = {
        "gap": names[gaps.index(max(gaps))],
        "highest": names[trains.index(max(trains))],
        "lowest": names[tests.index(min(tests))],
    }
    told = {
        f"{name}{kind}": value
        for name, pair in zip(names, values, strict=True)
        for kind, value in zip("xy", pair, strict=True)
    }
    return ChoiceQuestion(
        Text(
            "Training and test accuracy: A {Ax}% and {Ay}%, B {Bx}% and {By}%, C {Cx}% and {Cy}%. Which network"
            " overfits"
            " most?"
        )(**told),
        untranslated(found["gap"]),
        Text("What counts is the gap: {gap} points here.")(gap=max(gaps)),
        (
            Wrong(
                "highest_training",
                untranslated(found["highest"]),
                Text("It knows the training data, but the test data as well."),
            ),
            Wrong(
                "lowest_test",
                untranslated(found["lowest"]),
                Text("It has learned little, but nothing by heart."),
            ),
        ),
    )


@question_for("generalization", "23e4ba03")
def shuffled(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "{count} images get labels drawn at random, and a network learns them to 100%. Say in one sentence what"
            " that shows."
        )(count=draw.choice([300, 500, 1000])),
        Text(
            "A network can learn samples by heart without understanding anything, so 100% in training says nothing"
            " about"
            " new data."
        ),
    )
