"""What can be asked of the perceptron rule: one correction, who is corrected, and when it ends."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    NumberQuestion,
    SentenceQuestion,
    Slip,
    asks,
    number,
    one_of,
    vector,
)
from engine.contract.text import Text, same
from engine.nn.perceptron import perceptron, weighted_sum
from engine.nn.perceptron_rule import perceptron_update


@asks("perceptron_rule", "d6435ad1")
def corrected(draw: Random) -> NumberQuestion:
    w, rate = np.array(draw.choice([(1.0, -0.5), (-1.0, 0.5), (0.5, 0.5)])), draw.choice([0.1, 0.2, 0.5])
    x, label = np.array(draw.choice([(2.0, 1.0), (-1.0, 2.0), (3.0, -1.0), (-2.0, -1.0)])), draw.choice([0, 1])
    changed, _ = perceptron_update(x, label, 1 - label, w, 0.0, rate)
    value, step = round(float(changed[0]), 6), rate * x[0]
    return NumberQuestion(
        Text(
            "w = {w}, η = {rate}. The point {x} is of class {label}, but the perceptron answers {answer}. What does w1"
            " become?",
            "w = {w}，η = {rate}。点 {x} 属于 {label} 类，感知机却回答 {answer}。w1 变成多少？",
        )(w=vector(w), rate=rate, x=vector(x), label=label, answer=1 - label),
        same("w1"),
        value,
        Text(
            "A missed 1 adds η·x, a false 1 takes η·x away: w1 becomes {value}.",
            "该答 1 没答，就加上 η·x；不该答 1 却答了，就减去 η·x：w1 变成 {value}。",
        )(value=number(value)),
        (
            Slip(
                "other_way",
                round(float(w[0] - (2 * label - 1) * step), 6),
                Text("You moved it the other way: the sign is that of t − y.", "方向反了：符号是 t − y 的符号。"),
            ),
            Slip(
                "no_rate",
                round(float(w[0] + (2 * label - 1) * x[0]), 6),
                Text("Only η times x is added or taken away.", "加减的只是 η 乘以 x。"),
            ),
            Slip(
                "without_x",
                round(float(w[0] + (2 * label - 1) * rate), 6),
                Text(
                    "The step of a weight has its input in it; only that of b has not.",
                    "权重那一步要乘输入，只有 b 不用。",
                ),
            ),
        ),
    )


@asks("update", "13f37e6e")
def is_it_corrected(draw: Random) -> ChoiceQuestion:
    w, b = np.array(draw.choice([(1.0, -1.0), (0.5, 1.0), (-1.0, 0.5)])), draw.choice([-0.5, 0.5])
    x, label = np.array(draw.choice([(1.0, 2.0), (2.0, 1.0), (-1.0, 1.0), (2.0, -1.0)])), draw.choice([0, 1])
    answer = int(perceptron(x[None], w, b)[0])
    changed, _ = perceptron_update(x, label, answer, w, b, 0.1)
    moved = float((changed - w) @ x)
    return one_of(
        Text(
            "w = {w}, b = {b}. A point {x} of class {label} is shown. What does the perceptron rule do with w?",
            "w = {w}，b = {b}。来了一个 {label} 类的点 {x}。感知机的学习规则怎样改 w？",
        )(w=vector(w), b=b, x=vector(x), label=label),
        "stays" if moved == 0 else "towards" if moved > 0 else "away",
        Text(
            "The sum is {sum}, so the answer is {answer}; only a wrong answer changes w.",
            "加权和是 {sum}，所以回答 {answer}；答错了才改 w。",
        )(sum=number(round(float(weighted_sum(x, w, b)), 6)), answer=answer),
        {
            "stays": Text("Nothing", "不改"),
            "towards": Text("It adds a piece of the point", "加上这个点的一部分"),
            "away": Text("It takes a piece of the point away", "减去这个点的一部分"),
        },
        {
            "stays": Text("The answer is wrong here.", "这里答错了。"),
            "towards": Text("That is for a missed 1 only.", "只有该答 1 没答时才这样。"),
            "away": Text("That is for a false 1 only.", "只有不该答 1 却答了时才这样。"),
        },
    )


@asks("learning_rate", "f7cb2d0a")
def another_rate(draw: Random) -> ChoiceQuestion:
    name, labels = draw.choice([("AND", (0, 0, 0, 1)), ("OR", (0, 1, 1, 1))])
    rate, other = draw.sample([0.1, 0.5, 1.0, 2.0], 2)
    before, after = (_corrections(labels, one) for one in (rate, other))
    right = "fewer" if after < before else "more" if after > before else "as_many"
    return one_of(
        Text(
            "From w = (0, 0) and b = 0 the rule learns {name} in {count} corrections with η = {rate}. How many does it"
            " take with η = {other}?",
            "从 w = (0, 0)、b = 0 开始，η = {rate} 时学会 {name} 要修正 {count} 次。η = {other} 时呢？",
        )(name=name, count=before, rate=rate, other=other),
        right,
        Text(
            "From zero, η only makes all of w and b larger or smaller by one factor, and the line stays the same.",
            "从零开始，η 只把 w 和 b 一起放大或缩小，直线还是那条。",
        ),
        {
            "fewer": Text("Fewer", "更少"),
            "as_many": Text("Just as many", "一样多"),
            "more": Text("More", "更多"),
        },
        {
            "fewer": Text("Steps of another length do not lead there sooner.", "步子长短变了，并不会更快。"),
            "as_many": Text("The counts differ.", "次数不同。"),
            "more": Text("Steps of another length do not take longer.", "步子长短变了，并不会更慢。"),
        },
    )


@asks("perceptron_convergence", "8d9c52fe")
def when_it_ends(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "The rule is shown {count} points again and again. Say in one sentence when it comes to an end, and when it"
            " never does.",
            "规则反复看 {count} 个点。用一句话说：什么时候它会停下来，什么时候永远停不下来？",
        )(count=draw.choice([4, 12, 20])),
        Text(
            "If some straight line parts the classes it makes its last correction after a while; if none does, there is"
            " always another mistake to correct.",
            "只要有直线能把两类分开，修正若干次后就不再出错；没有这样的直线，就总还有错要改。",
        ),
    )


def _corrections(labels: tuple[int, ...], rate: float) -> int:
    points = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    w, b, count = np.zeros(2), 0.0, 0
    for _ in range(20):
        for x, label in zip(points, labels, strict=True):
            answer = int(perceptron(x[None], w, b)[0])
            count += answer != label
            w, b = perceptron_update(x, label, answer, w, b, rate)
    return count
