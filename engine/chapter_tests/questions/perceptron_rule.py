"""Questions on the perceptron rule: one update, which samples cause one, and when it stops."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    number,
    one_of,
    question_for,
    vector,
)
from engine.contract.text import Text, untranslated
from engine.nn.perceptrons import perceptron, perceptron_update, weighted_sum


@question_for("perceptron_rule", "d6435ad1")
def corrected(draw: Random) -> NumberQuestion:
    w, rate = np.array(draw.choice([(1.0, -0.5), (-1.0, 0.5), (0.5, 0.5)])), draw.choice([0.1, 0.2, 0.5])
    x, label = np.array(draw.choice([(2.0, 1.0), (-1.0, 2.0), (3.0, -1.0), (-2.0, -1.0)])), draw.choice([0, 1])
    changed, _ = perceptron_update(x, label, 1 - label, w, 0.0, rate)
    value, step = round(float(changed[0]), 6), rate * x[0]
    return NumberQuestion(
        Text(
            "w = {w}, η = {rate}. The point {x} is of class {label}, but the perceptron answers {answer}. What does w1"
            " become?"
        )(w=vector(w), rate=rate, x=vector(x), label=label, answer=1 - label),
        untranslated("w1"),
        value,
        Text("A missed 1 adds η·x, a false 1 takes η·x away: w1 becomes {value}.")(value=number(value)),
        (
            KnownError(
                "other_way",
                round(float(w[0] - (2 * label - 1) * step), 6),
                Text("You moved it the other way: the sign is that of t − y."),
            ),
            KnownError(
                "no_rate",
                round(float(w[0] + (2 * label - 1) * x[0]), 6),
                Text("Only η times x is added or taken away."),
            ),
            KnownError(
                "without_x",
                round(float(w[0] + (2 * label - 1) * rate), 6),
                Text("The step of a weight has its input in it; only that of b has not."),
            ),
        ),
    )


@question_for("update", "13f37e6e")
def is_it_corrected(draw: Random) -> ChoiceQuestion:
    w, b = np.array(draw.choice([(1.0, -1.0), (0.5, 1.0), (-1.0, 0.5)])), draw.choice([-0.5, 0.5])
    x, label = np.array(draw.choice([(1.0, 2.0), (2.0, 1.0), (-1.0, 1.0), (2.0, -1.0)])), draw.choice([0, 1])
    answer = int(perceptron(x[None], w, b)[0])
    changed, _ = perceptron_update(x, label, answer, w, b, 0.1)
    moved = float((changed - w) @ x)
    return one_of(
        Text("w = {w}, b = {b}. A point {x} of class {label} is shown. What does the perceptron rule do with w?")(
            w=vector(w), b=b, x=vector(x), label=label
        ),
        "stays" if moved == 0 else "towards" if moved > 0 else "away",
        Text("The sum is {sum}, so the answer is {answer}; only a wrong answer changes w.")(
            sum=number(round(float(weighted_sum(x, w, b)), 6)), answer=answer
        ),
        {
            "stays": Text("Nothing"),
            "towards": Text("It adds η times the point"),
            "away": Text("It takes η times the point away"),
        },
        {
            "stays": Text("The answer is wrong here."),
            "towards": Text("That is for a missed 1 only."),
            "away": Text("That is for a false 1 only."),
        },
    )


@question_for("learning_rate", "f7cb2d0a")
def another_rate(draw: Random) -> ChoiceQuestion:
    name, labels = draw.choice([("AND", (0, 0, 0, 1)), ("OR", (0, 1, 1, 1))])
    rate, other = draw.sample([0.1, 0.5, 1.0, 2.0], 2)
    before, after = (_corrections(labels, one) for one in (rate, other))
    right = "fewer" if after < before else "more" if after > before else "as_many"
    return one_of(
        Text(
            "From w = (0, 0) and b = 0 the rule learns {name} in {count} corrections with η = {rate}. How many does it"
            " take with η = {other}?"
        )(name=name, count=before, rate=rate, other=other),
        right,
        Text("From zero, η only makes all of w and b larger or smaller by one factor, and the line stays the same."),
        {
            "fewer": Text("Fewer"),
            "as_many": Text("Just as many"),
            "more": Text("More", context="an answer"),
        },
        {
            "fewer": Text("Steps of another length do not lead there sooner."),
            "as_many": Text("The counts differ."),
            "more": Text("Steps of another length do not take longer."),
        },
    )


@question_for("perceptron_convergence", "8d9c52fe")
def when_it_ends(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "The rule is shown {count} points again and again. Say in one sentence when it comes to an end, and when it"
            " never does."
        )(count=draw.choice([4, 12, 20])),
        Text(
            "If some straight line parts the classes it makes its last correction after a while; if none does, there is"
            " always another mistake to correct."
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
