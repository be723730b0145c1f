"""Questions on comparing optimizers: suitable learning rates, and what results with several seeds prove."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    one_of,
    question_for,
    vector,
)
from engine.contract.text import Text
from engine.nn.optimizers import Momentum


@question_for("velocity", "e66c985c")
def step_in_the_end(draw: Random) -> NumberQuestion:
    rate, mu, slope = draw.choice([0.01, 0.1, 0.02]), draw.choice([0.9, 0.5, 0.8]), draw.choice([1.0, 2.0, 3.0])
    optimizer, params = Momentum(rate, mu), {"W": np.array([0.0])}
    for _ in range(500):
        optimizer.update(params, {"W": np.array([slope])})
    value = round(abs(float(optimizer.velocity["W"][0])), 6)
    return NumberQuestion(
        Text(
            "The gradient stays {slope} for a long time. How long do the steps of Momentum become, with η = {rate} and"
            " μ = {mu}?"
        )(slope=slope, rate=rate, mu=mu),
        Text("Length of a step"),
        value,
        Text("It settles where v = μ·v − η·g: the step is η·g / (1 − μ), as SGD would make with a larger rate."),
        (
            KnownError(
                "sgd",
                round(rate * slope, 6),
                Text("That is its first step; velocity adds up."),
            ),
            KnownError(
                "times_mu",
                round(rate * slope * mu, 6),
                Text("μ keeps old steps, it does not shrink new ones."),
            ),
            KnownError(
                "two_steps",
                round(rate * slope * (1 + mu), 6),
                Text("That is the second step; it goes on growing."),
            ),
        ),
    )


@question_for("seed", "a33c5a7b")
def bands(draw: Random) -> ChoiceQuestion:
    one = sorted(draw.sample([90, 91, 92, 93, 94], 3))
    other = sorted(draw.sample([87, 88, 89, 91, 92, 95], 3))
    apart = min(one) > max(other) or min(other) > max(one)
    return one_of(
        Text(
            "Two optimizers ran with three seeds each. Test accuracies in percent: A {one}, B {other}. Can one tell"
            " which"
            " of them is better here?"
        )(one=vector(one), other=vector(other)),
        "yes" if apart else "no",
        Text("The worst of one would have to be above the best of the other; else chance may have decided."),
        {
            "yes": Text("Yes, the bands lie apart"),
            "no": Text("No, the bands overlap"),
            "by_best": Text("Yes, by the best run of each"),
        },
        {
            "yes": Text("Look at the worst of the better one."),
            "no": Text("Even the worst of the one beats the best of the other here."),
            "by_best": Text("One good run may be luck."),
        },
    )


@question_for("optimizer", "a33c5a7b")
def what_makes_it_fair(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "{count} optimizers are to be compared on digits. Say in one sentence what has to be the same for all,"
            " and what each may have of its own."
        )(count=draw.choice([2, 3, 4])),
        Text(
            "All begin with the same weights and see the same batches; each may have a learning rate that suits it,"
            " tried"
            " out with the same effort."
        ),
    )
