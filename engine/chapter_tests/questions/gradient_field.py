"""Questions on gradients: their components, and the direction in which they point."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from engine.calculus.directions import along_contour
from engine.calculus.numerical_gradient import numerical_gradient
from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    Wrong,
    number,
    question_for,
    vector,
)
from engine.contract.text import Text


@question_for("partial_derivative", "5f869362")
def partial(draw: Random) -> NumberQuestion:
    a, b = draw.sample([2, 3, 4, 5], 2)
    point = draw.sample([-3, -2, 2, 3, 4, 5], 2)
    first, second = _gradient(a, b, point)
    return NumberQuestion(
        Text("f = {a}·x0² + {b}·x1². What is the second part of its gradient, the slope along x1, at {point}?")(
            a=a, b=b, point=vector(point)
        ),
        Text("Slope along x1"),
        float(second),
        Text("x0 is held still. What is left is {b}·x1², whose slope is 2·{b}·x1 = {value}.")(
            b=b, value=number(second)
        ),
        (
            KnownError("other_part", float(first), Text("That is the slope along x0.")),
            KnownError(
                "sum_of_parts",
                float(first + second),
                Text("The parts of a gradient are not added up: each is a slope along one axis."),
            ),
            KnownError("without_two", float(second / 2), Text("The slope of x² is 2x, not x.")),
        ),
    )


@question_for("gradient", "88c3d7ea")
def steepest_down(draw: Random) -> ChoiceQuestion:
    a, b = draw.sample([2, 3, 4, 5], 2)
    point = np.array(draw.sample([-3, -2, -1, 1, 2, 3], 2), float)
    gradient = _gradient(a, b, point)
    across = np.round(along_contour(gradient) * np.hypot(*gradient), 4)
    return ChoiceQuestion(
        Text("f = {a}·x0² + {b}·x1². In which direction does f fall most steeply at {point}?")(
            a=a, b=b, point=vector(point)
        ),
        vector(-gradient),
        Text("It is the opposite of the gradient {gradient}.")(gradient=vector(gradient)),
        (
            Wrong(
                "uphill",
                vector(gradient),
                Text("Along the gradient itself f grows most."),
            ),
            Wrong(
                "to_the_minimum",
                vector(-point),
                Text(
                    "That is the way to the minimum (0, 0); the steepest way down leads there only in a round bowl, or"
                    " from a point on an axis."
                ),
            ),
            Wrong(
                "along_the_contour",
                vector(across),
                Text("That is along the contour, where f neither rises nor falls."),
            ),
        ),
    )


@question_for("gradient", "ef77dd35")
def where_it_points(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "f = x0²/{a} + x1² is a long valley with its minimum at (0, 0). Say in one sentence what −∇f at a point"
            " tells, and what it does not tell."
        )(a=draw.choice([10, 20, 50])),
        Text(
            "It tells in which direction f falls most steeply right here, and not where the minimum lies: in a long"
            " valley it mostly points past it."
        ),
    )


def _gradient(a: int, b: int, point: Sequence[float] | np.ndarray) -> np.ndarray:
    found = numerical_gradient(lambda x: float(a * x[0] ** 2 + b * x[1] ** 2), np.array(point, float))
    return np.round(found, 4)
