"""Questions on batch normalization: a batch by hand, a batch of one sample, and the running mean."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    bracketed,
    number,
    question_for,
    vector,
)
from engine.contract.text import Text
from engine.nn.layers import BatchNormalization

_PATTERNS = ((-1, 1), (-1, -1, 1, 1), (-2, -1, 0, 1, 2), (-1, 0, 1))


@question_for("standardization", "37161352")
def last_of_a_batch(draw: Random) -> NumberQuestion:
    pattern, times, middle = draw.choice(_PATTERNS), draw.choice([1, 2, 5, 10]), draw.choice([0, 3, 7, 100, -4])
    x = np.array(pattern, float) * times + middle
    value = round(_normalized(x, 1.0, 0.0)[-1], 5)
    return NumberQuestion(
        Text(
            "One neuron gets {x} from a batch. Batch normalization with γ = 1 and β = 0: what becomes of the last"
            " number?"
        )(x=vector(x)),
        Text("Last number"),
        value,
        Text("Minus the mean {mean}, divided by the standard deviation {spread}: {value}.")(
            mean=number(x.mean()), spread=number(x.std()), value=number(value)
        ),
        (
            KnownError(
                "mean_only",
                round(float(x[-1] - x.mean()), 6),
                Text("Divide by the standard deviation too."),
            ),
            KnownError(
                "by_variance",
                round(float((x[-1] - x.mean()) / x.var()), 6),
                Text("You divided by the variance; take its root."),
            ),
            KnownError("spread_only", round(float(x[-1] / x.std()), 6), Text("Subtract the mean first.")),
        ),
    )


@question_for("batch_normalization", "4b73cf47")
def batch_of_one(draw: Random) -> NumberQuestion:
    x, gamma, beta = draw.choice([7.0, -3.0, 12.0]), draw.choice([2.0, 3.0, 0.5]), draw.choice([0.5, -1.0, 4.0])
    value = round(_normalized(np.array([x]), gamma, beta)[0], 6)
    return NumberQuestion(
        Text(
            "In training a batch has a single sample, and a neuron gets {x} from it; γ = {gamma}, β = {beta}. What"
            " does batch normalization make of it?"
        )(x=x, gamma=gamma, beta=beta),
        Text("Result"),
        value,
        Text("The number is its own mean: 0 is left, and γ·0 + β = β."),
        (
            KnownError(
                "not_normalized",
                round(gamma * x + beta, 6),
                Text("γ and β come after normalizing."),
            ),
            KnownError("no_shift", 0.0, Text("β is added afterwards.")),
            KnownError(
                "as_one",
                round(gamma + beta, 6),
                Text("A single number has no spread; 0 is left of it, not 1."),
            ),
        ),
    )


@question_for("running_mean", "d741412c")
def running(draw: Random) -> NumberQuestion:
    before, mean = draw.sample([0.0, 1.0, 2.0, 5.0, 10.0, -4.0], 2)
    layer = BatchNormalization(np.ones(1), np.zeros(1))
    layer.running_mean = np.array([before])
    layer.forward(np.array([[mean - 1], [mean + 1]]))
    value = round(float(layer.running_mean[0]), 6)
    return NumberQuestion(
        Text(
            "The running mean is {before} and keeps 0.9 of itself. A batch with the mean {mean} comes. What does"
            " the running mean become?"
        )(before=before, mean=mean),
        Text("Running mean"),
        value,
        Text("0.9·{before} + 0.1·{mean} = {value}.")(
            before=bracketed(before), mean=bracketed(mean), value=number(value)
        ),
        (
            KnownError(
                "swapped",
                round(0.1 * before + 0.9 * mean, 6),
                Text("0.9 is what stays of the old one."),
            ),
            KnownError("batch_only", mean, Text("That is the batch alone.")),
            KnownError("halfway", round((before + mean) / 2, 6), Text("The two do not count equally.")),
        ),
    )


@question_for("running_mean", "d741412c")
def why_running(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "A network with batch normalization is to judge {count} new images. Say in one sentence why it then uses"
            " running means instead of the batch's own."
        )(count=draw.choice([2, 3, 5])),
        Text(
            "An answer must not depend on which other images happen to be in the batch, least of all in a batch of one."
        ),
    )


def _normalized(x: np.ndarray, gamma: float, beta: float) -> list[float]:
    layer = BatchNormalization(np.array([gamma]), np.array([beta]), epsilon=1e-12)
    return [float(one) for one in layer.forward(x[:, None])[:, 0]]
