"""Questions on the gradient check: the relative error, its cost, and which gradients a mistake leaves right."""

from __future__ import annotations

import itertools
from random import Random

import numpy as np

from engine.calculus.gradient_check import relative_error
from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    number,
    one_of,
    question_for,
)
from engine.contract.text import Text
from engine.nn.layers import Affine, SoftmaxWithLoss, Tanh
from engine.nn.mistaken_layers import WithoutSlope
from engine.nn.network import Layer, Network
from engine.nn.parameters import parameter_shapes


@question_for("gradient_check", "4a5ca7cf")
def error_of_a_factor(draw: Random) -> NumberQuestion:
    factor = draw.choice([2, 4, 5, 8, 10])
    right = draw.choice([0.1, 0.3, 0.02])
    wrong = round(factor * right, 6)
    value = round(relative_error(np.array([wrong]), np.array([right])), 6)
    return NumberQuestion(
        Text(
            "Backpropagation gives a = {a}, central differences n = {n}. The relative error is |a − n| divided by the"
            " larger of |a| and |n|. How large is it?"
        )(a=wrong, n=right),
        Text("Relative error"),
        value,
        Text("{difference} / {a} = {value}.")(difference=number(wrong - right), a=number(wrong), value=number(value)),
        (
            KnownError(
                "by_smaller",
                round(abs(wrong - right) / right, 6),
                Text("Divide by the larger one."),
            ),
            KnownError("absolute", round(abs(wrong - right), 6), Text("That is the difference; divide it.")),
        ),
    )


@question_for("numerical_differentiation", "a491595f")
def cost(draw: Random) -> NumberQuestion:
    inputs, hidden, classes = draw.choice([2, 3, 5, 10]), draw.choice([2, 4, 5]), draw.choice([2, 3])
    parameters = sum(count * columns for count, columns in parameter_shapes((inputs, hidden, classes)).values())
    return NumberQuestion(
        Text(
            "A {inputs}-{hidden}-{classes} network with biases is to be checked. How many forward passes does its"
            " gradient by central differences take?"
        )(inputs=inputs, hidden=hidden, classes=classes),
        Text("Forward passes"),
        2 * parameters,
        Text("Twice for each of {count} parameters.")(count=parameters),
        (
            KnownError("once", parameters, Text("A central difference needs two passes.")),
            KnownError(
                "no_biases",
                2 * (parameters - hidden - classes),
                Text("Biases are parameters too."),
            ),
        ),
    )


@question_for("backward_propagation", "d201cc9d")
def what_stays_right(draw: Random) -> ChoiceQuestion:
    layers, wrong = draw.choice([(2, 1), (3, 1), (3, 2), (4, 1), (4, 2), (4, 3)])
    rights = _arrays_right(layers, wrong)
    names = {
        "behind": Text("Only those after it, nearer to the loss"),
        "before": Text("Only those before it, nearer to the input"),
        "all": Text("All"),
        "none": Text("None"),
    }
    found = "none"
    if all(rights):
        found = "all"
    elif any(rights):
        found = "behind" if rights[-1] else "before"
    return one_of(
        Text(
            "A network has {layers} Affine layers with tanh between them. On the way back, the slope of the tanh"
            " after Affine layer {wrong} is forgotten. Which layers' gradients are still right?"
        )(layers=layers, wrong=wrong),
        found,
        Text("The way back begins at the loss. What it has passed already is right; all that it reaches later is not."),
        names,
        {
            "behind": Text("Look from where the way back begins."),
            "before": Text("Those are reached after the mistake."),
            "all": Text("The mistake is carried on towards the input."),
            "none": Text("The layers nearest to the loss come before the mistake."),
        },
    )


@question_for("gradient_check", "8aaf7516")
def code_or_step(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "A check shows a relative error of {error}. Say in one sentence how you find out whether the code is wrong"
            " or h was badly chosen."
        )(error=draw.choice([0.01, 0.2, 0.5])),
        Text(
            "Try other h: in float64 and away from corners, with right code some h brings the error down to a millionth"
            " or less; wrong code has about the same error for every sensible h."
        ),
    )


def _arrays_right(layers: int, mistaken: int) -> list[bool]:
    """For each Affine layer, whether its gradients are right although the derivative after layer ``mistaken`` was
    omitted.
    """
    random = np.random.default_rng(0)
    sizes = [3] * (layers + 1)
    weights = [random.normal(size=pair) for pair in itertools.pairwise(sizes)]
    x, t = random.normal(size=(4, 3)), np.array([0, 1, 2, 0])
    found = []
    for place in (0, mistaken):
        stack: list[Layer] = []
        for number_of_layer, W in enumerate(weights, start=1):
            stack.append(Affine(W.copy(), np.zeros(W.shape[1])))
            if number_of_layer < layers:
                stack.append(WithoutSlope(Tanh()) if number_of_layer == place else Tanh())
        found.append(Network(stack, SoftmaxWithLoss()).gradients(x, t)[1])
    return [np.allclose(found[0][f"W{one}"], found[1][f"W{one}"]) for one in range(1, layers + 1)]
