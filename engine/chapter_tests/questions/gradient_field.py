"""What can be asked of gradients: their parts, and where they point."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from engine.calculus.directions import along_contour
from engine.calculus.numerical_gradient import numerical_gradient
from engine.chapter_tests.question import (
    ChoiceQuestion,
    NumberQuestion,
    SentenceQuestion,
    Slip,
    Wrong,
    asks,
    number,
    vector,
)
from engine.contract.text import Text


@asks("partial_derivative", "5f869362")
def partial(draw: Random) -> NumberQuestion:
    a, b = draw.sample([2, 3, 4, 5], 2)
    point = draw.sample([-3, -2, 2, 3, 4, 5], 2)
    first, second = _gradient(a, b, point)
    return NumberQuestion(
        Text(
            "f = {a}·x0² + {b}·x1². What is the second part of its gradient, the slope along x1, at {point}?",
            "f = {a}·x0² + {b}·x1²。在 {point} 处，梯度的第二个分量（沿 x1 的斜率）是多少？",
        )(a=a, b=b, point=vector(point)),
        Text("Slope along x1", "沿 x1 的斜率"),
        float(second),
        Text(
            "x0 is held still. What is left is {b}·x1², whose slope is 2·{b}·x1 = {value}.",
            "x0 不动，只看 {b}·x1²，它的斜率是 2·{b}·x1 = {value}。",
        )(b=b, value=number(second)),
        (
            Slip("other_part", float(first), Text("That is the slope along x0.", "这是沿 x0 的斜率。")),
            Slip(
                "sum_of_parts",
                float(first + second),
                Text(
                    "The parts of a gradient are not added up: each is a slope along one axis.",
                    "梯度的分量不相加，每个分量是沿一个轴的斜率。",
                ),
            ),
            Slip("without_two", float(second / 2), Text("The slope of x² is 2x, not x.", "x² 的斜率是 2x，不是 x。")),
        ),
    )


@asks("gradient", "7c5d95ee")
def steepest_down(draw: Random) -> ChoiceQuestion:
    a, b = draw.sample([2, 3, 4, 5], 2)
    point = np.array(draw.sample([-3, -2, -1, 1, 2, 3], 2), float)
    gradient = _gradient(a, b, point)
    across = np.round(along_contour(gradient) * np.hypot(*gradient), 4)
    return ChoiceQuestion(
        Text(
            "f = {a}·x0² + {b}·x1². In which direction does f fall most steeply at {point}?",
            "f = {a}·x0² + {b}·x1²。在 {point} 处，沿哪个方向 f 减小得最快？",
        )(a=a, b=b, point=vector(point)),
        vector(-gradient),
        Text(
            "It is the opposite of the gradient {gradient}.",
            "是梯度 {gradient} 的反方向。",
        )(gradient=vector(gradient)),
        (
            Wrong(
                "uphill",
                vector(gradient),
                Text("Along the gradient itself f grows most.", "沿梯度本身，f 增加得最快。"),
            ),
            Wrong(
                "to_the_minimum",
                vector(-point),
                Text(
                    "That is the way to the minimum (0, 0); the steepest way down leads there only in a round bowl.",
                    "这个方向指着最低点 (0, 0)；只有圆碗里，下降最快的方向才对准它。",
                ),
            ),
            Wrong(
                "along_the_contour",
                vector(across),
                Text("That is along the contour, where f neither rises nor falls.", "这是沿等高线，f 不升也不降。"),
            ),
        ),
    )


@asks("gradient", "ef77dd35")
def where_it_points(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "f = x0²/{a} + x1² is a long valley with its minimum at (0, 0). Say in one sentence what −∇f at a point"
            " tells, and what it does not tell.",
            "f = x0²/{a} + x1² 是一条长谷，最低点在 (0, 0)。用一句话说：某一点的 −∇f 说明了什么，没有说明什么？",
        )(a=draw.choice([10, 20, 50])),
        Text(
            "It tells in which direction f falls most steeply right here, and not where the minimum lies: in a long"
            " valley it mostly points past it.",
            "它只说明在这一点沿哪个方向 f 减小得最快，并不说明最低点在哪里；在长谷里它多半偏离最低点。",
        ),
    )


def _gradient(a: int, b: int, point: Sequence[float] | np.ndarray) -> np.ndarray:
    found = numerical_gradient(lambda x: float(a * x[0] ** 2 + b * x[1] ** 2), np.array(point, float))
    return np.round(found, 4)
