"""Questions on gates and their decision line: sums, outputs, distances, and what moves the line."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    bracketed,
    number,
    one_of,
    question_for,
    vector,
)
from engine.contract.text import Text
from engine.nn.perceptrons import distance_from_line, perceptron, weighted_sum

_CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
_GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "NOR": (1, 0, 0, 0)}


@question_for("weighted_sum", "3046cdd0")
def sum_at_a_point(draw: Random) -> NumberQuestion:
    w = np.array(draw.choice([(0.5, 0.5), (0.4, 0.8), (-0.5, 0.7), (0.6, -0.4), (1.0, -0.5)]))
    b, point = draw.choice([-0.7, -0.2, 0.3, 0.6]), np.array(draw.choice([(1, 0), (0, 1), (1, 1)]), float)
    value = round(float(weighted_sum(point, w, b)), 6)
    return NumberQuestion(
        Text("A perceptron has w = {w} and b = {b}. How large is its sum b + w1·x1 + w2·x2 at {point}?")(
            w=vector(w), b=b, point=vector(point)
        ),
        Text("The sum"),
        value,
        Text("A weight counts only if its input is 1, the bias always: {value}.")(value=number(value)),
        (
            KnownError("no_bias", round(value - b, 6), Text("You left out the bias.")),
            KnownError(
                "bias_taken_off",
                round(value - 2 * b, 6),
                Text("The bias is added, with its own sign."),
            ),
        ),
    )


@question_for("and_gate", "41b6a9fa")
def which_gate(draw: Random) -> ChoiceQuestion:
    w = draw.choice([(0.5, 0.5), (0.4, 0.6), (1.0, 1.0), (-0.5, -0.5), (-1.0, -1.0), (-0.6, -0.4)])
    size = abs(w[0] + w[1]) / 2
    b = round(draw.choice([0.4, 0.5, 1.4, 1.5]) * size * (-1 if w[0] > 0 else 1), 2)
    outputs = tuple(int(one) for one in perceptron(_CORNERS, np.array(w), b))
    right = next(name for name, row in _GATES.items() if row == outputs)
    shown = {name: "\N{NO-BREAK SPACE}".join(map(str, row)) for name, row in _GATES.items()}
    return one_of(
        Text("A perceptron has w = {w} and b = {b}; it outputs 1 if its sum is above 0. Which gate is it?")(
            w=vector(w), b=b
        ),
        right,
        Text("At 00, 01, 10 and 11 it outputs {outputs}.")(outputs=shown[right]),
        {
            "AND": Text("AND", context="gate"),
            "OR": Text("OR", context="gate"),
            "NAND": Text("NAND", context="gate"),
            "NOR": Text("NOR"),
        },
        {name: Text("That gate would output {outputs}.")(outputs=outputs) for name, outputs in shown.items()},
    )


@question_for("decision_boundary", "92a0e232")
def all_times(draw: Random) -> ChoiceQuestion:
    factor = draw.choice([10.0, 0.1, 3.0, -1.0, -2.0, -10.0])
    w, b = np.array([0.5, 0.25]), -0.3
    stays = np.allclose(np.abs(distance_from_line(_CORNERS, factor * w, factor * b)), _distances(w, b))
    swaps = np.array_equal(perceptron(_CORNERS, factor * w, factor * b), 1 - perceptron(_CORNERS, w, b))
    assert stays
    return one_of(
        Text(
            "w = {w} and b = {b} draw a line. All three numbers are multiplied by {factor}. What becomes of the line?"
        )(w=vector(w), b=b, factor=factor),
        "swaps" if swaps else "stays",
        Text(
            "The line is where the sum is 0, and {factor}·0 is 0 too. Only the sign of the factor decides whether"
            " the sides swap."
        )(factor=bracketed(factor)),
        {
            "stays": Text("It stays, and so do its sides"),
            "swaps": Text("It stays, but its sides swap"),
            "nearer": Text("It moves nearer to (0, 0)"),
            "farther": Text("It moves away from (0, 0)"),
        },
        {
            "stays": Text("A negative factor turns every sum into its opposite."),
            "swaps": Text("A positive factor leaves every sum its sign."),
            "nearer": Text("b changed, but so did the weights."),
            "farther": Text("b changed, but so did the weights."),
        },
    )


@question_for("margin", "ad8e8c67")
def distance(draw: Random) -> NumberQuestion:
    w = np.array(draw.choice([(3.0, 4.0), (0.6, 0.8), (0.3, 0.4), (6.0, 8.0), (-3.0, 4.0)]))
    point, b = np.array(draw.choice([(1, 1), (2, 1), (1, 0)]), float), draw.choice([-1.0, -2.0, 0.5])
    signed = float(distance_from_line(point[None], w, b)[0])
    total, value = abs(float(weighted_sum(point, w, b))), round(abs(signed), 6)
    return NumberQuestion(
        Text("A perceptron has w = {w} and b = {b}. How far does {point} lie from its line?")(
            w=vector(w), b=b, point=vector(point)
        ),
        Text("Distance"),
        value,
        Text("The size of the sum, {total}, divided by the length of w, {length}: {value}.")(
            total=number(total), length=number(float(np.linalg.norm(w))), value=number(value)
        ),
        (
            KnownError(
                "sum_itself",
                round(total, 6),
                Text("That is the sum. It grows with w, and the distance does not: divide by the length of w."),
            ),
            KnownError(
                "sum_of_weights",
                round(total / float(np.sum(np.abs(w))), 6),
                Text("The length of w is √(w1² + w2²), not w1 + w2."),
            ),
        ),
    )


@question_for("bias", "41b6a9fa")
def who_flips(draw: Random) -> NumberQuestion:
    before, after = draw.sample([-0.2, -0.7, 0.2, -1.2, -0.4], 2)
    w = np.array([0.5, 0.5])
    flipped = int(np.sum(perceptron(_CORNERS, w, before) != perceptron(_CORNERS, w, after)))
    return NumberQuestion(
        Text(
            "w = {w}, and b goes from {before} to {after}. At how many of the points 00, 01, 10 and 11 does the output"
            " change?"
        )(w=vector(w), before=before, after=after),
        Text("Points", context="number"),
        flipped,
        Text(
            "Without b the sums are 0, 0.5, 0.5 and 1. Those change that were above 0 and are not any more, or the"
            " other way round."
        ),
        (
            KnownError("all", 4, Text("Every sum changes, but not every sign.")),
            KnownError("none", 0, Text("The line has moved across a point.")),
        ),
    )


@question_for("threshold", "3046cdd0")
def in_one_sentence(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text("A perceptron has w = {w} and b = {b}. Say in one sentence what it does with an input.")(
            w=vector(draw.choice([(0.5, 0.5), (0.3, 0.9), (1.0, -1.0)])), b=draw.choice([-0.7, -0.2, 0.1])
        ),
        Text(
            "It multiplies each input by its weight, adds up and adds the bias, and outputs 1 if that is above 0,"
            " otherwise 0."
        ),
    )


def _distances(w: np.ndarray, b: float) -> np.ndarray:
    return np.abs(distance_from_line(_CORNERS, w, b))
