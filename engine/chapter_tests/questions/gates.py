"""What can be asked of gates and their line: sums, outputs, distances, and what moves the line."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    NumberQuestion,
    SentenceQuestion,
    Slip,
    asks,
    bracketed,
    number,
    one_of,
    vector,
)
from engine.contract.text import Text
from engine.nn.perceptron import distance_from_line, perceptron, weighted_sum

_CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
_GATES = {"AND": (0, 0, 0, 1), "OR": (0, 1, 1, 1), "NAND": (1, 1, 1, 0), "NOR": (1, 0, 0, 0)}


@asks("weighted_sum", "3046cdd0")
def sum_at_a_point(draw: Random) -> NumberQuestion:
    w = np.array(draw.choice([(0.5, 0.5), (0.4, 0.8), (-0.5, 0.7), (0.6, -0.4), (1.0, -0.5)]))
    b, point = draw.choice([-0.7, -0.2, 0.3, 0.6]), np.array(draw.choice([(1, 0), (0, 1), (1, 1)]), float)
    value = round(float(weighted_sum(point, w, b)), 6)
    return NumberQuestion(
        Text(
            "A perceptron has w = {w} and b = {b}. How large is its sum b + w1·x1 + w2·x2 at {point}?",
            "一个感知机的 w = {w}，b = {b}。在 {point} 处，b + w1·x1 + w2·x2 是多少？",
        )(w=vector(w), b=b, point=vector(point)),
        Text("The sum", "加权和"),
        value,
        Text(
            "A weight counts if its input is 1, the bias always: {value}.",
            "输入为 1 的权重才算，偏置总要算：{value}。",
        )(value=number(value)),
        (
            Slip("no_bias", round(value - b, 6), Text("You left out the bias.", "你漏了偏置。")),
            Slip(
                "bias_taken_off",
                round(value - 2 * b, 6),
                Text("The bias is added, with its own sign.", "偏置是连同符号一起加上去的。"),
            ),
        ),
    )


@asks("and_gate", "41b6a9fa")
def which_gate(draw: Random) -> ChoiceQuestion:
    w = draw.choice([(0.5, 0.5), (0.4, 0.6), (1.0, 1.0), (-0.5, -0.5), (-1.0, -1.0), (-0.6, -0.4)])
    size = abs(w[0] + w[1]) / 2
    b = round(draw.choice([0.4, 0.5, 1.4, 1.5]) * size * (-1 if w[0] > 0 else 1), 2)
    outputs = tuple(int(one) for one in perceptron(_CORNERS, np.array(w), b))
    right = next(name for name, row in _GATES.items() if row == outputs)
    shown = {name: " ".join(map(str, row)) for name, row in _GATES.items()}
    return one_of(
        Text(
            "A perceptron has w = {w} and b = {b}; it outputs 1 if its sum is above 0. Which gate is it?",
            "一个感知机的 w = {w}，b = {b}，加权和大于 0 时输出 1。它是哪个门？",
        )(w=vector(w), b=b),
        right,
        Text("At 00, 01, 10 and 11 it outputs {outputs}.", "在 00、01、10、11 处，它的输出是 {outputs}。")(
            outputs=shown[right]
        ),
        {
            "AND": Text("AND", "与门"),
            "OR": Text("OR", "或门"),
            "NAND": Text("NAND", "与非门"),
            "NOR": Text("NOR", "或非门"),
        },
        {
            name: Text("That gate would output {outputs}.", "那个门的输出应是 {outputs}。")(outputs=outputs)
            for name, outputs in shown.items()
        },
    )


@asks("decision_boundary", "92a0e232")
def all_times(draw: Random) -> ChoiceQuestion:
    factor = draw.choice([10.0, 0.1, 3.0, -1.0, -2.0, -10.0])
    w, b = np.array([0.5, 0.25]), -0.3
    stays = np.allclose(np.abs(distance_from_line(_CORNERS, factor * w, factor * b)), _distances(w, b))
    swaps = np.array_equal(perceptron(_CORNERS, factor * w, factor * b), 1 - perceptron(_CORNERS, w, b))
    assert stays
    return one_of(
        Text(
            "w = {w} and b = {b} draw a line. All three numbers are multiplied by {factor}. What becomes of the line?",
            "w = {w}、b = {b} 画出一条直线。三个数都乘以 {factor}，直线会怎样？",
        )(w=vector(w), b=b, factor=factor),
        "swaps" if swaps else "stays",
        Text(
            "The line is where the sum is 0, and {factor}·0 is 0 too. Only the sign of the factor tells on the sides.",
            "直线是加权和为 0 的地方，而 {factor}·0 还是 0。只有乘数的符号会影响两边。",
        )(factor=bracketed(factor)),
        {
            "stays": Text("It stays, and so do its sides", "直线不动，两边也不变"),
            "swaps": Text("It stays, but its sides swap", "直线不动，两边对调"),
            "nearer": Text("It moves nearer to (0, 0)", "直线靠近 (0, 0)"),
            "farther": Text("It moves away from (0, 0)", "直线远离 (0, 0)"),
        },
        {
            "stays": Text("A negative factor turns every sum into its opposite.", "乘以负数，每个和都变号。"),
            "swaps": Text("A positive factor leaves every sum its sign.", "乘以正数，每个和的符号不变。"),
            "nearer": Text("b changed, but the weights did so too.", "b 变了，可是权重也跟着变了。"),
            "farther": Text("b changed, but the weights did so too.", "b 变了，可是权重也跟着变了。"),
        },
    )


@asks("margin", "ad8e8c67")
def distance(draw: Random) -> NumberQuestion:
    w = np.array(draw.choice([(3.0, 4.0), (0.6, 0.8), (0.3, 0.4), (6.0, 8.0), (-3.0, 4.0)]))
    point, b = np.array(draw.choice([(1, 1), (2, 1), (1, 0)]), float), draw.choice([-1.0, -2.0, 0.5])
    signed = float(distance_from_line(point[None], w, b)[0])
    total, value = abs(float(weighted_sum(point, w, b))), round(abs(signed), 6)
    return NumberQuestion(
        Text(
            "A perceptron has w = {w} and b = {b}. How far does {point} lie from its line?",
            "一个感知机的 w = {w}，b = {b}。点 {point} 离它的直线有多远？",
        )(w=vector(w), b=b, point=vector(point)),
        Text("Distance", "距离"),
        value,
        Text(
            "The size of the sum, {total}, divided by the length of w, {length}: {value}.",
            "加权和的大小 {total} 除以 w 的长度 {length}：{value}。",
        )(total=number(total), length=number(float(np.linalg.norm(w))), value=number(value)),
        (
            Slip(
                "sum_itself",
                round(total, 6),
                Text(
                    "That is the sum. It grows with w, and the distance does not: divide by the length of w.",
                    "这是加权和。它随 w 变大，距离却不会：还要除以 w 的长度。",
                ),
            ),
            Slip(
                "sum_of_weights",
                round(total / float(np.sum(np.abs(w))), 6),
                Text("The length of w is √(w1² + w2²), not w1 + w2.", "w 的长度是 √(w1² + w2²)，不是 w1 + w2。"),
            ),
        ),
    )


@asks("bias", "41b6a9fa")
def who_flips(draw: Random) -> NumberQuestion:
    before, after = draw.sample([-0.2, -0.7, 0.2, -1.2, -0.4], 2)
    w = np.array([0.5, 0.5])
    flipped = int(np.sum(perceptron(_CORNERS, w, before) != perceptron(_CORNERS, w, after)))
    return NumberQuestion(
        Text(
            "w = {w}, and b goes from {before} to {after}. At how many of the points 00, 01, 10 and 11 does the output"
            " change?",
            "w = {w}，b 从 {before} 变成 {after}。00、01、10、11 中有几个点的输出会变？",
        )(w=vector(w), before=before, after=after),
        Text("Points", "点数"),
        flipped,
        Text(
            "Without b the sums are 0, 0.5, 0.5 and 1. Those change that were above 0 and are not any more, or the"
            " other way round.",
            "不算 b，四个和是 0、0.5、0.5、1。加上 b 后从大于 0 变成不大于 0，或者反过来，输出就变。",
        ),
        (
            Slip("all", 4, Text("Every sum changes, but not every sign.", "每个和都变，符号却不一定变。")),
            Slip("none", 0, Text("The line has moved across a point.", "直线已经越过了点。")),
        ),
    )


@asks("threshold", "3046cdd0")
def in_one_sentence(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "A perceptron has w = {w} and b = {b}. Say in one sentence what it does with an input.",
            "一个感知机的 w = {w}，b = {b}。用一句话说：它拿到输入后做什么？",
        )(w=vector(draw.choice([(0.5, 0.5), (0.3, 0.9), (1.0, -1.0)])), b=draw.choice([-0.7, -0.2, 0.1])),
        Text(
            "It multiplies each input by its weight, adds up and adds the bias, and outputs 1 if that is above 0,"
            " otherwise 0.",
            "它把每个输入乘以权重，加起来再加偏置，大于 0 就输出 1，否则输出 0。",
        ),
    )


def _distances(w: np.ndarray, b: float) -> np.ndarray:
    return np.abs(distance_from_line(_CORNERS, w, b))
