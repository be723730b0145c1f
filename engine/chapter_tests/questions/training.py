"""Questions on training with mini-batches: epochs, the mean over a batch, the cost of gradients, why not accuracy."""

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
from engine.nn.optimizers import SGD
from engine.nn.parameters import parameter_shapes


@question_for("epoch")
def epochs(draw: Random) -> NumberQuestion:
    samples, batch = draw.choice([60_000, 50_000, 10_000]), draw.choice([50, 100, 200, 250])
    each = samples // batch
    updates = draw.choice([2, 3, 4, 8, 10]) * each
    value = updates * batch // samples
    return NumberQuestion(
        Text(
            "There are {samples:,} training images, {batch} in a batch, and {updates:,} updates are made. How many"
            " epochs is that?"
        )(samples=samples, batch=batch, updates=updates),
        Text("Epochs"),
        value,
        Text("One epoch takes {samples:,} / {batch} = {each} updates, so this makes {value}.")(
            samples=samples, batch=batch, each=each, value=value
        ),
        (
            KnownError("updates_each", each, Text("That many updates make one epoch.")),
            KnownError(
                "update_is_epoch",
                updates,
                Text("An update sees one batch; an epoch sees all images once."),
            ),
        ),
    )


@question_for("parameter", "50fbbdf0")
def cost_of_slopes(draw: Random) -> NumberQuestion:
    inputs, hidden, classes = draw.choice([4, 5, 10, 20]), draw.choice([3, 4, 5]), draw.choice([2, 3])
    parameters = sum(rows * columns for rows, columns in parameter_shapes((inputs, hidden, classes)).values())
    return NumberQuestion(
        Text(
            "A network has {inputs} inputs, {hidden} hidden neurons and {classes} outputs, all neurons with biases. How"
            " many forward passes does one gradient by central differences take?"
        )(inputs=inputs, hidden=hidden, classes=classes),
        Text("Forward passes"),
        2 * parameters,
        Text("There are {count} weights and biases. Each is moved up once and down once: {passes} passes.")(
            count=parameters, passes=2 * parameters
        ),
        (
            KnownError(
                "one_pass_each",
                parameters,
                Text("A central difference takes two passes a parameter."),
            ),
            KnownError(
                "no_biases",
                2 * (inputs * hidden + hidden * classes),
                Text("You left out the biases.", context="training"),
            ),
            KnownError(
                "forward",
                parameters + 1,
                Text("Forward differences take so many: they share the pass in which nothing is moved."),
            ),
        ),
    )


@question_for("mini_batch", "6c6717aa")
def batch_mean(draw: Random) -> NumberQuestion:
    slopes = np.array(draw.sample([-4.0, -2.0, 1.0, 2.0, 3.0, 5.0, 6.0], 4))
    mean, rate = float(slopes.mean()), draw.choice([0.1, 0.2, 0.5])
    value = _updated(mean, rate)
    return NumberQuestion(
        Text(
            "The loss of a batch is the mean over its samples. Four samples, each alone, would give a weight the"
            " gradients {slopes}. The weight is 1, and η = {rate}. What is it after one update with this batch?"
        )(slopes=vector(slopes), rate=rate),
        Text("New weight"),
        value,
        Text("The gradient of the batch is the mean of the four, {mean}: 1 − {rate}·{in_brackets} = {value}.")(
            mean=number(mean), rate=rate, in_brackets=bracketed(mean), value=number(value)
        ),
        (
            KnownError(
                "sum",
                _updated(float(slopes.sum()), rate),
                Text("You took the sum of the four. The loss is a mean, and so is its gradient."),
            ),
            KnownError(
                "last_sample",
                _updated(float(slopes[-1]), rate),
                Text("You took the last sample alone. All samples of a batch make one update together."),
            ),
            KnownError(
                "uphill",
                _updated(-mean, rate),
                Text("You went along the gradient; that way the loss grows."),
            ),
        ),
    )


@question_for("accuracy", "25e5fd87")
def not_by_accuracy(draw: Random) -> SentenceQuestion:
    images = draw.choice([100, 200, 500])
    return SentenceQuestion(
        Text(
            "A batch has {images} images, and a part of them is read right. Say in one sentence why a network learns by"
            " the slope of its loss and not by that of its accuracy."
        )(images=images),
        Text(
            "A small change of a weight changes the loss a little but mostly flips no answer, so the slope of the"
            " accuracy is 0 nearly everywhere and shows no way."
        ),
    )


def _updated(slope: float, rate: float) -> float:
    params = {"W": np.array([1.0])}
    SGD(rate).update(params, {"W": np.array([slope])})
    return round(float(params["W"][0]), 6)
