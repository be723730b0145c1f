"""Questions on the forward pass: weighted sums, shapes, the number of parameters, and the identity as activation."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    Wrong,
    bracketed,
    number,
    question_for,
    sides,
    vector,
)
from engine.contract.text import Text, untranslated
from engine.nn.forward import affine
from engine.nn.parameters import parameter_shapes


@question_for("forward_propagation", "065c2e98")
def neuron(draw: Random) -> NumberQuestion:
    x, b = np.array(draw.choice([(1.0, 0.5), (2.0, 1.0), (0.5, 2.0)])), draw.choice([0.1, 0.3, -0.2])
    w = np.array(draw.choice([(0.1, 0.2), (0.3, -0.4), (0.5, 0.6)]))
    value = round(float(affine(x[None], w[:, None], np.array([b]))[0, 0]), 6)
    return NumberQuestion(
        Text("A neuron has the inputs {x}, their weights {w} and the bias {b}. How large is its sum a?")(
            x=vector(x), w=vector(w), b=b
        ),
        untranslated("a"),
        value,
        Text("x1·w1 + x2·w2 + b = {value}.")(value=number(value)),
        (
            KnownError("no_bias", round(value - b, 6), Text("You left out the bias.")),
            KnownError(
                "crossed",
                round(float(x[0] * w[1] + x[1] * w[0] + b), 6),
                Text("Each input has its own weight: x1 goes with w1."),
            ),
        ),
    )


@question_for("layer", "033da3a2")
def shape_of_sums(draw: Random) -> ChoiceQuestion:
    samples, inputs, neurons = draw.sample([2, 3, 4, 5, 7, 10], 3)
    sums = affine(np.zeros((samples, inputs)), np.zeros((inputs, neurons)), np.zeros(neurons))
    return ChoiceQuestion(
        Text(
            "X holds {samples} samples as rows, each of {inputs} numbers; W is {weights}. What is the shape of X·W + b?"
        )(samples=samples, inputs=inputs, weights=sides(inputs, neurons)),
        sides(*sums.shape),
        Text("A row for each sample, a column for each neuron; the side in the middle, {inputs}, is summed over.")(
            inputs=inputs
        ),
        (
            Wrong("turned", sides(neurons, samples), Text("Samples are rows here.")),
            Wrong("as_input", sides(samples, inputs), Text("That is the shape of X.")),
            Wrong("as_weights", sides(inputs, neurons), Text("That is the shape of W.")),
        ),
    )


@question_for("parameter")
def how_many(draw: Random) -> NumberQuestion:
    inputs, hidden, outputs = draw.choice([2, 3, 4]), draw.choice([3, 4, 5]), draw.choice([2, 3])
    count = sum(rows * columns for rows, columns in parameter_shapes((inputs, hidden, outputs)).values())
    return NumberQuestion(
        Text(
            "{inputs} inputs, {hidden} hidden neurons, {outputs} outputs, each neuron with a bias. How many parameters"
            " are there?"
        )(inputs=inputs, hidden=hidden, outputs=outputs),
        Text("Parameters"),
        count,
        Text("{inputs}·{hidden} + {hidden}·{outputs} weights, and {biases} biases.")(
            inputs=inputs, hidden=hidden, outputs=outputs, biases=hidden + outputs
        ),
        (
            KnownError("no_biases", count - hidden - outputs, Text("You left out the biases.")),
            KnownError(
                "inputs_too",
                count + inputs,
                Text("Inputs are given and have no bias."),
            ),
            KnownError(
                "neurons",
                inputs + hidden + outputs,
                Text("Those are the neurons; the weights stand on the lines between them."),
            ),
        ),
    )


@question_for("identity_function", "e9144fd8")
def straight_on(draw: Random) -> NumberQuestion:
    start, slope = draw.choice([0.2, 0.5, -0.3, 1.0]), draw.choice([0.1, 0.4, -0.2, 0.6])
    times = draw.choice([2, 3])
    at_one = round(start + slope, 6)
    value = round(float(affine(np.array([[float(times)]]), np.array([[slope]]), np.array([start]))[0, 0]), 6)
    return NumberQuestion(
        Text(
            "In a network all activations are the identity. For x = (0, 0) it outputs {start}, for x = (1, 0.5)"
            " {at_one}. What does it output for {times} times the second x?"
        )(start=start, at_one=at_one, times=times),
        Text("Output"),
        value,
        Text("The output goes on straight: {start} + {times}·{slope} = {value}.")(
            start=number(start), times=times, slope=bracketed(slope), value=number(value)
        ),
        (
            KnownError(
                "proportional",
                round(times * at_one, 6),
                Text("The biases are not multiplied: at 0 the output is not 0."),
            ),
            KnownError("unchanged", at_one, Text("Nothing holds it back, as sigmoid would.")),
        ),
    )
