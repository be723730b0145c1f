"""Questions on optimizers: one step of each, and whose path does not change on a steeper surface."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np

from engine.chapter_tests.question import ChoiceQuestion, KnownError, NumberQuestion, number, one_of, question_for
from engine.contract.text import Text, untranslated
from engine.nn.optimizers import SGD, AdaGrad, Adam, Momentum, Optimizer, RMSProp

_NEW = Text("New weight")


@question_for("momentum", "cea4af0b")
def step_of_momentum(draw: Random) -> NumberQuestion:
    w, v, mu, rate = 1.0, draw.choice([-0.2, 0.4, -0.5]), draw.choice([0.9, 0.5, 0.8]), draw.choice([0.1, 0.2])
    slope = draw.choice([2.0, -3.0, 4.0])
    optimizer = Momentum(rate, mu)
    params = {"W": np.array([w])}
    optimizer.velocity["W"] = np.array([v])
    optimizer.update(params, {"W": np.array([slope])})
    value = round(float(params["W"][0]), 6)
    return NumberQuestion(
        Text(
            "Momentum: a weight is {w}, its velocity v = {v}, μ = {mu}, η = {rate}, and the gradient is {slope}."
            " What is"
            " the weight after the update?"
        )(w=w, v=v, mu=mu, rate=rate, slope=slope),
        _NEW,
        value,
        Text("v becomes μ·v − η·g = {velocity}, and the weight moves by it.")(velocity=number(round(value - w, 6))),
        (
            KnownError(
                "sgd",
                round(w - rate * slope, 6),
                Text("That is SGD: the velocity counts too."),
            ),
            KnownError(
                "undamped",
                round(w + v - rate * slope, 6),
                Text("The old velocity is multiplied by μ first."),
            ),
            KnownError(
                "velocity_only",
                round(value - w, 6),
                Text("That is the new velocity; add it to the weight."),
            ),
        ),
    )


@question_for("adagrad", "19179736")
def first_of_adagrad(draw: Random) -> NumberQuestion:
    w, rate, slope = (
        draw.choice([1.0, 2.0, -0.5]),
        draw.choice([0.1, 0.5, 0.01]),
        draw.choice([4.0, -7.0, 0.2, -0.5, 20.0]),
    )
    value = _first(AdaGrad(rate), w, slope)
    return NumberQuestion(
        Text(
            "AdaGrad with η = {rate} makes its first step. The weight is {w}, the gradient {slope}. What is the weight"
            " then?"
        )(rate=rate, w=w, slope=slope),
        _NEW,
        value,
        Text("h = g², so the step is η·g/√h, which is η in size whatever the gradient."),
        (
            KnownError(
                "sgd",
                round(w - rate * slope, 6),
                Text("SGD would do that; AdaGrad divides by √h."),
            ),
            KnownError("wrong_way", round(2 * w - value, 6), Text("That is along the gradient.")),
            KnownError(
                "no_root",
                round(w - rate / slope, 6),
                Text("It divides by the root of h, not by h."),
            ),
        ),
    )


@question_for("bias_correction", "0a743d45")
def first_of_adam(draw: Random) -> NumberQuestion:
    rate, slope = draw.choice([0.001, 0.01, 0.3, 0.1]), draw.choice([5.0, 0.04, 200.0, 0.7, 30.0])
    value = round(-_first(Adam(rate), 0.0, slope), 6)
    return NumberQuestion(
        Text(
            "Adam with η = {rate}, β1 = 0.9 and β2 = 0.999 makes its first step; the gradient is {slope}. By how much"
            " does the weight fall?"
        )(rate=rate, slope=slope),
        Text("Fall"),
        value,
        Text("Corrected for their start at 0, the two means are g and g²: η·g/√g² = η, whatever the gradient."),
        (
            KnownError(
                "sgd",
                round(rate * slope, 6),
                Text("That is SGD. Adam divides by the root of the squares."),
            ),
            KnownError(
                "mean_uncorrected",
                round(rate * 0.1, 9),
                Text("m is a tenth of g at first, but it is corrected for that."),
            ),
            KnownError(
                "neither_corrected",
                round(rate * 0.1 / np.sqrt(0.001), 9),
                Text("Without the correction the step would be so large."),
            ),
        ),
    )


@question_for("optimizer", "4c0806e9")
def steeper_surface(draw: Random) -> ChoiceQuestion:
    factor, steps = draw.choice([10.0, 100.0, 5.0]), 3
    makers = {"SGD": SGD, "Momentum": Momentum, draw.choice(["AdaGrad", "Adam", "RMSProp"]): None}
    kinds = {"AdaGrad": AdaGrad, "Adam": Adam, "RMSProp": RMSProp}
    kept = [
        name
        for name, made in makers.items()
        if np.isclose(_walked(made or kinds[name], 1.0, steps), _walked(made or kinds[name], factor, steps), rtol=1e-4)
    ]
    last = next(name for name, made in makers.items() if made is None)
    return one_of(
        Text(
            "A function is multiplied by {factor}; rates and start stay. Of SGD, Momentum and {last}, whose path"
            " stays as"
            " it was?"
        )(factor=factor, last=last),
        kept[0],
        Text("{name} divides the gradient by the root of its own squares, so the factor cancels.")(name=last),
        {"SGD": untranslated("SGD"), "Momentum": untranslated("Momentum"), last: untranslated(last)},
        {
            "SGD": Text("Its steps grow with the gradient."),
            "Momentum": Text("Its velocity collects gradients as they are."),
            last: Text("Its steps do not grow with the gradient."),
        },
    )


def _first(optimizer: AdaGrad | Adam, weight: float, slope: float) -> float:
    params = {"W": np.array([weight])}
    optimizer.update(params, {"W": np.array([slope])})
    return round(float(params["W"][0]), 6)


def _walked(kind: Callable[..., Optimizer], factor: float, steps: int) -> float:
    """The x reached on the function ``factor``·x² from x = 1, after some steps with the learning rate 0.001."""
    optimizer, params = kind(0.001), {"W": np.array([1.0])}
    for _ in range(steps):
        optimizer.update(params, {"W": 2 * factor * params["W"]})
    return float(params["W"][0])
