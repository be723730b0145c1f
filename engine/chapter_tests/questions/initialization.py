"""Questions on initial weights: Xavier's and He's standard deviation, and how a spread changes from layer to layer."""

from __future__ import annotations

from random import Random

from engine.chapter_tests.question import KnownError, NumberQuestion, SentenceQuestion, number, question_for
from engine.contract.text import Text
from engine.nn.initializers import he, xavier

_SPREAD = Text("Standard deviation")


@question_for("initial_weights", "33bc3c75")
def by_rule(draw: Random) -> NumberQuestion:
    inputs = draw.choice([100, 400, 25, 50, 200, 800, 2500])
    for_relu = draw.choice([True, False]) if inputs not in (50, 200, 800) else True
    value, other = (he(inputs), xavier(inputs)) if for_relu else (xavier(inputs), he(inputs))
    name = Text("He's rule, for ReLU") if for_relu else Text("Xavier's rule, for tanh")
    return NumberQuestion(
        Text("A layer has {inputs} inputs. With which standard deviation do its weights begin by {name}?")(
            inputs=inputs, name=name
        ),
        _SPREAD,
        round(value, 6),
        Text("√({top}/n) with n = {inputs}: {value}.")(top=2 if for_relu else 1, inputs=inputs, value=number(value)),
        (
            KnownError("variance", round(value**2, 9), Text("That is the variance; take its root.")),
            KnownError(
                "other_rule",
                round(other, 6),
                Text("That is the other rule: He has 2 under the root, Xavier 1."),
            ),
        ),
    )


@question_for("standard_deviation", "7d19c721")
def spread_of_a_sum(draw: Random) -> NumberQuestion:
    inputs, spread, weights = (
        draw.choice([100, 25, 400]),
        draw.choice([1.0, 0.5, 2.0]),
        draw.choice([0.01, 0.1, 0.05, 1.0]),
    )
    value = weights / xavier(inputs) * spread
    return NumberQuestion(
        Text(
            "A neuron adds up {inputs} inputs of mean 0 and standard deviation {spread}, each times a weight of"
            " standard"
            " deviation {weights}. What is the standard deviation of the sum?"
        )(inputs=inputs, spread=spread, weights=weights),
        _SPREAD,
        round(value, 6),
        Text("Variances add up, so it grows with √n: √{inputs}·{weights}·{spread} = {value}.")(
            inputs=inputs, weights=number(weights), spread=number(spread), value=number(value)
        ),
        (
            KnownError(
                "times_n",
                round(inputs * weights * spread, 6),
                Text("By chance much cancels out: √n, not n."),
            ),
            KnownError("one_term", round(weights * spread, 6), Text("That is a single term.")),
        ),
    )


@question_for("vanishing_gradient", "7d19c721")
def layer_after_layer(draw: Random) -> NumberQuestion:
    inputs, weights, layers = 100, draw.choice([0.01, 0.05, 0.02, 0.2]), draw.choice([2, 3])
    each = weights / xavier(inputs)
    value = each**layers
    return NumberQuestion(
        Text(
            "Layers of {inputs} neurons with the identity; weights of standard deviation {weights}. The input has"
            " standard deviation 1. And the output of layer {layers}?"
        )(inputs=inputs, weights=weights, layers=layers),
        _SPREAD,
        round(value, 9),
        Text("Each layer multiplies it by √{inputs}·{weights} = {each}: {value}.")(
            inputs=inputs, weights=number(weights), each=number(each), value=number(value)
        ),
        (
            KnownError("one_layer", round(each, 9), Text("That is after one layer.")),
            KnownError(
                "added",
                round(layers * each, 9),
                Text("Factors of layers are multiplied."),
            ),
            KnownError(
                "weights_only",
                round(weights**layers, 9),
                Text("A sum of {inputs} terms is √n times as wide as one.")(inputs=inputs),
            ),
        ),
    )


@question_for("initial_weights", "34e97988")
def all_alike(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "All weights of a network begin as {value}, and its hidden layer has {count} neurons. Say in one sentence"
            " what goes wrong."
        )(count=draw.choice([10, 50, 100]), value=draw.choice([0.1, 0.5, 0.01])),
        Text(
            "All neurons compute the same and get the same gradient, so they stay alike for ever and do the work of"
            " one."
        ),
    )
