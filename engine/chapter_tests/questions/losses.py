"""Questions on loss functions: which outputs each of them takes into account."""

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
from engine.contract.text import Text
from engine.nn.losses import cross_entropy_error, mean_squared_error, sum_squared_error


@question_for("half_sum", "45f86cf9")
def half_sum(draw: Random) -> NumberQuestion:
    y = np.array(draw.choice([(0.1, 0.7, 0.2), (0.2, 0.5, 0.3), (0.6, 0.3, 0.1), (0.2, 0.2, 0.6), (0.4, 0.5, 0.1)]))
    t = np.eye(3)[draw.randrange(3)]
    value = sum_squared_error(y, t)
    return NumberQuestion(
        Text("A network outputs y = {y}, and the label is t = {t}. How large is half the sum of squares?")(
            y=vector(y), t=vector(t)
        ),
        Text("Half the sum of squares"),
        value,
        Text("Square the three differences y − t, add them up, halve the sum: {value}.")(value=number(value)),
        (
            KnownError(
                "mean_square",
                mean_squared_error(y, t),
                Text("That is the mean square: you divided by the 3 outputs. Here the sum is only halved."),
            ),
            KnownError(
                "not_halved",
                2 * value,
                Text("That is the whole sum; half of it is asked for."),
            ),
            KnownError(
                "right_class_only",
                sum_squared_error(y * t, t),
                Text("You took the right class alone. Cross entropy does so; here the other outputs count too."),
            ),
        ),
    )


@question_for("cross_entropy", "a91bf428")
def cross_entropy(draw: Random) -> NumberQuestion:
    right = draw.choice([0.5, 0.25, 0.125, 0.1, 0.05, 0.2, 0.01])
    value = _loss(right)
    return NumberQuestion(
        Text(
            "The right class gets a probability of {p}. How large is the cross entropy?"
            " (ln 2 ≈ 0.693, ln 5 ≈ 1.609, ln 10 ≈ 2.303.)"
        )(p=right),
        Text("Cross entropy"),
        value,
        Text("Only the right class counts: −ln {p} = {value}.")(p=right, value=number(value)),
        (
            KnownError(
                "sign",
                -value,
                Text("The logarithm of a number below 1 is negative, and the loss is minus that logarithm."),
            ),
            KnownError(
                "missing_share",
                1 - right,
                Text("1 − p never exceeds 1. Cross entropy has no limit: it is −ln p."),
            ),
            KnownError(
                "base_ten",
                float(-np.log10(right)),
                Text("That is the logarithm to base 10. The loss takes the natural one."),
            ),
        ),
    )


@question_for("loss_function", "4161cda2")
def two_falls(draw: Random) -> ChoiceQuestion:
    a, c = draw.choice([0.8, 0.6, 0.9]), draw.choice([0.02, 0.04, 0.008])
    by_a, by_c = draw.choice([(2, 2), (2, 4), (4, 2)])
    b, d = round(a / by_a, 4), round(c / by_c, 4)
    first, second = _loss(b) - _loss(a), _loss(d) - _loss(c)
    right = "equal" if np.isclose(first, second) else "high" if first > second else "low"
    return one_of(
        Text(
            "The probability of the right class falls from {a} to {b}, or from {c} to {d}. Which makes the cross"
            " entropy rise more?"
        )(a=a, b=b, c=c, d=d),
        right,
        Text("Cross entropy is −ln p: it rises by the logarithm of what p is divided by, here {first} and {second}.")(
            first=by_a, second=by_c
        ),
        {
            "high": Text("From {a} to {b}")(a=a, b=b),
            "low": Text("From {c} to {d}")(c=c, d=d),
            "equal": Text("Both by just as much"),
        },
        {
            "high": Text("The difference is larger there, but it is the quotient that counts."),
            "low": Text("The loss is higher there from the start, but what counts is by how much p is divided."),
            "equal": Text("Only if both are divided by the same number."),
        },
    )


@question_for("mean_squared_error", "f10e6258")
def which_loss_sees(draw: Random) -> ChoiceQuestion:
    kept = draw.choice([0.6, 0.5, 0.4, 0.8, 0.7, 0.3, 0.2])
    left = round((1 - kept) / 2, 2)
    t = np.array([0.0, 1.0, 0.0])
    before, after = np.array([left, kept, left]), np.array([0.0, kept, round(1 - kept, 2)])
    squares, entropy = (
        not np.isclose(loss(before, t), loss(after, t)) for loss in (mean_squared_error, cross_entropy_error)
    )
    return one_of(
        Text("The second class is right. The output goes from {before} to {after}. Which loss changes?")(
            before=vector(before), after=vector(after)
        ),
        {(True, False): "squares", (False, True): "entropy", (True, True): "both"}[squares, entropy],
        Text(
            "The right class keeps {p}, so −ln {p} stays. The squares of the wrong classes add up to more than before."
        )(p=kept),
        {
            "squares": Text("Only the mean square"),
            "entropy": Text("Only the cross entropy"),
            "both": Text("Both"),
        },
        {
            "squares": Text("The squares are not all."),
            "entropy": Text("It is the other way round."),
            "both": Text("Cross entropy does not look at the wrong classes at all."),
        },
    )


@question_for("cross_entropy", "e469b14a")
def certain_and_wrong(draw: Random) -> SentenceQuestion:
    right = draw.choice([0.001, 0.0001, 0.01])
    return SentenceQuestion(
        Text(
            "The right class gets only {p}. Say in one sentence why cross entropy punishes this so much harder than the"
            " sum of squares does."
        )(p=right),
        Text("The square of a difference never exceeds 1, while −ln p grows without limit as p goes to 0."),
    )


def _loss(right: float) -> float:
    return cross_entropy_error(np.array([right, 1 - right]), np.array([1.0, 0.0]))
