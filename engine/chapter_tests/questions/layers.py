"""Questions on layers: softmax with loss, the division by N, Affine's gradients and shapes, ReLU's mask."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    Wrong,
    number,
    question_for,
    rows,
    sides,
    vector,
)
from engine.contract.text import Text, untranslated
from engine.nn.layers import Affine, ReLU, SoftmaxWithLoss


@question_for("softmax_with_loss", "cd72116a")
def score_gradient(draw: Random) -> NumberQuestion:
    y = np.array(draw.choice([(0.3, 0.2, 0.5), (0.7, 0.1, 0.2), (0.1, 0.6, 0.3), (0.25, 0.5, 0.25)]))
    right, asked = draw.randrange(3), draw.randrange(3)
    value = _softmax_gradient(y, right, 1)[asked]
    target = float(asked == right)
    return NumberQuestion(
        Text(
            "One sample. Softmax gives y = {y}; the classes are 0, 1 and 2, and {right} is right. The loss is the cross"
            " entropy. What is the gradient of the score of class {asked}?"
        )(y=vector(y), right=right, asked=asked),
        Text("Gradient"),
        value,
        Text("y − t = {y} − {t} = {value}.")(y=number(y[asked]), t=number(target), value=number(value)),
        (
            KnownError("turned_round", -value, Text("It is y − t, not t − y.")),
            KnownError("probability", float(y[asked]), Text("Subtract the label: t is 1 here."))
            if target
            else KnownError(
                "zero",
                0.0,
                Text("Wrong classes have a gradient too: their scores push the right one down."),
            ),
            KnownError(
                "of_log",
                round(-target / float(y[asked]), 6),
                Text("That is the slope of −ln y; softmax comes before it."),
            )
            if target
            else KnownError("minus_one", round(float(y[asked]) - 1, 6), Text("t is 0 for a wrong class.")),
        ),
    )


@question_for("batch", "ff66c452")
def score_in_a_batch(draw: Random) -> NumberQuestion:
    y = np.array(draw.choice([(0.3, 0.2, 0.5), (0.6, 0.1, 0.3), (0.1, 0.5, 0.4)]))
    right, samples = draw.randrange(3), draw.choice([2, 4, 5, 10])
    alone, value = _softmax_gradient(y, right, 1)[right], _softmax_gradient(y, right, samples)[right]
    return NumberQuestion(
        Text(
            "For one sample of a batch softmax gives y = {y}, and class {right} (of 0, 1, 2) is right. The loss is the"
            " mean over {samples} samples. What is the gradient of this sample's score of class {right}?"
        )(y=vector(y), right=right, samples=samples),
        Text("Gradient"),
        value,
        Text("(y − t) / N = {alone} / {samples} = {value}.")(alone=number(alone), samples=samples, value=number(value)),
        (
            KnownError("not_divided", alone, Text("The loss is a mean: divide by N.")),
            KnownError("turned_round", -value, Text("It is y − t, not t − y.")),
            KnownError("times_samples", round(alone * samples, 6), Text("A mean divides by N.")),
        ),
    )


@question_for("affine_layer", "8b945b56")
def weight_gradient(draw: Random) -> NumberQuestion:
    x = np.array([draw.sample([1.0, 2.0, -1.0, 3.0], 2), draw.sample([4.0, -2.0, 0.0, 5.0], 2)])
    upstream = np.array([draw.sample([1.0, 2.0, -1.0], 2), draw.sample([3.0, -2.0, 0.5], 2)])
    layer = Affine(np.ones((2, 2)), np.zeros(2))
    layer.forward(x)
    layer.backward(upstream)
    i, j = draw.randrange(2), draw.randrange(2)
    return NumberQuestion(
        Text(
            "Z = X·W + b, with X = {x} and dZ = {upstream}, one sample a row. How large is dW[{i}, {j}]? (Places count"
            " from 0.)"
        )(x=rows(x), upstream=rows(upstream), i=i, j=j),
        untranslated(f"dW[{i}, {j}]"),
        float(layer.grads["W"][i, j]),
        Text("dW = Xᵀ·dZ: column {i} of X with column {j} of dZ, summed over the samples.")(i=i, j=j),
        (
            KnownError(
                "not_transposed",
                float((x @ upstream)[i, j]),
                Text("That is X·dZ. X is transposed first."),
            ),
            KnownError(
                "cell_by_cell",
                float((x * upstream)[i, j]),
                Text("That is a product of single cells."),
            ),
            KnownError(
                "transposed_dz",
                float((x @ upstream.T)[i, j]),
                Text("That is X·dZᵀ; the samples have to be summed over."),
            ),
        ),
    )


@question_for("parameter", "8b945b56")
def shape_of_gradient(draw: Random) -> ChoiceQuestion:
    samples, inputs, neurons = draw.sample([2, 3, 4, 5, 8, 10], 3)
    layer = Affine(np.zeros((inputs, neurons)), np.zeros(neurons))
    layer.forward(np.zeros((samples, inputs)))
    layer.backward(np.zeros((samples, neurons)))
    return ChoiceQuestion(
        Text("An Affine layer gets X of {x} and passes Z of {z} on. What is the shape of dW?")(
            x=sides(samples, inputs), z=sides(samples, neurons)
        ),
        sides(*layer.grads["W"].shape),
        Text("A gradient has the shape of what it belongs to; W turns {inputs} into {neurons}.")(
            inputs=inputs, neurons=neurons
        ),
        (
            Wrong("turned", sides(neurons, inputs), Text("That is Wᵀ.")),
            Wrong("as_x", sides(samples, inputs), Text("That is the shape of dX.")),
            Wrong("as_z", sides(samples, neurons), Text("That is the shape of dZ.")),
        ),
    )


@question_for("affine_layer", "8b945b56")
def which_product(draw: Random) -> ChoiceQuestion:
    samples, inputs, neurons = draw.sample([2, 3, 4, 5, 8, 10], 3)
    x, w, dz = np.zeros((samples, inputs)), np.zeros((inputs, neurons)), np.zeros((samples, neurons))
    of_weights = draw.choice([True, False])
    right, turned, other = (x.T @ dz, dz.T @ x, dz @ w.T) if of_weights else (dz @ w.T, w @ dz.T, x.T @ dz)
    names = ("Xᵀ·dZ", "dZᵀ·X", "dZ·Wᵀ", "X·dZ") if of_weights else ("dZ·Wᵀ", "W·dZᵀ", "Xᵀ·dZ", "dZ·W")
    one, other_one = (x, dz) if of_weights else (dz, w)
    misfit = Text("{one} times {other} does not exist: the inner sizes differ.")(
        one=sides(*one.shape), other=sides(*other_one.shape)
    )
    return ChoiceQuestion(
        Text("Affine: X is {x}, W is {w}, and dZ is {z}. Go by the shapes alone: which product is {gradient}?")(
            x=sides(*x.shape), w=sides(*w.shape), z=sides(*dz.shape), gradient="dW" if of_weights else "dX"
        ),
        untranslated(names[0]),
        Text("A gradient has the shape of what it belongs to, here {shape}.")(shape=sides(*right.shape)),
        (
            Wrong(
                "turned_product",
                untranslated(names[1]),
                Text("Its shape is {shape}: it is turned.")(shape=sides(*turned.shape)),
            ),
            Wrong(
                "other_gradient",
                untranslated(names[2]),
                Text("Its shape is {shape}: that of the other gradient.")(shape=sides(*other.shape)),
            ),
            Wrong("misfit", untranslated(names[3]), misfit),
        ),
    )


@question_for("mask", "3c5c14f7")
def back_through_relu(draw: Random) -> ChoiceQuestion:
    x = np.array(draw.sample([-2.0, 3.0, -0.5, 1.0], 3))
    upstream = np.array(draw.sample([4.0, -1.0, 2.0, 5.0, -3.0], 3))
    layer = ReLU()
    layer.forward(x)
    return ChoiceQuestion(
        Text("ReLU got x = {x}, and the gradient {upstream} comes back. What does it pass on?")(
            x=vector(x), upstream=vector(upstream)
        ),
        vector(layer.backward(upstream.copy())),
        Text("Where x was above 0 the gradient passes as it is; elsewhere 0."),
        (
            Wrong(
                "mask_of_gradient",
                vector(np.maximum(upstream, 0)),
                Text("The sign of x decides, not that of the gradient."),
            ),
            Wrong(
                "unchanged",
                vector(upstream),
                Text("Where x was below 0, y does not change with x."),
            ),
            Wrong(
                "times_output",
                vector(upstream * np.maximum(x, 0)),
                Text("The local derivative is 1, not x."),
            ),
        ),
    )


def _softmax_gradient(y: np.ndarray, right: int, samples: int) -> list[float]:
    """The gradient (y − t) / ``samples`` with respect to one sample's scores, in a batch of ``samples`` equal ones."""
    layer = SoftmaxWithLoss()
    layer.forward(np.tile(np.log(y), (samples, 1)), np.full(samples, right))
    return [round(float(one), 6) for one in layer.backward()[0]]
