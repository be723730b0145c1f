"""Questions on numerical differentiation: forward and central differences, and how small h should be."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.calculus.numerical_gradient import central_difference, forward_difference
from engine.chapter_tests.question import (
    ChoiceQuestion,
    KnownError,
    NumberQuestion,
    SentenceQuestion,
    bracketed,
    number,
    one_of,
    question_for,
)
from engine.contract.text import Text, untranslated

_FORWARD, _CENTRAL = Text("Forward difference"), Text("Central difference")


@question_for("forward_difference", "f7935e38")
def forward_of_square(draw: Random) -> NumberQuestion:
    x, h = float(draw.choice([1, 2, 3, 4, 5])), draw.choice([0.2, 2.0, 3.0, 4.0])
    value = float(forward_difference(lambda at: at**2, x, h))
    return NumberQuestion(
        Text("f(x) = x². What does the forward difference (f(x + h) − f(x)) / h give at x = {x} with h = {h}?")(
            x=x, h=h
        ),
        _FORWARD,
        value,
        Text("((x + h)² − x²) / h = 2x + h = {value}.")(value=number(value)),
        (
            KnownError(
                "exact",
                2 * x,
                Text("That is the exact slope 2x. The forward difference misses it by h."),
            ),
            KnownError("not_divided", value * h, Text("Divide by h too.")),
            KnownError(
                "two_h",
                value / 2,
                Text("2h is the width of a central difference. From x to x + h it is h."),
            ),
        ),
    )


@question_for("central_difference", "88511aca")
def central_of_cube(draw: Random) -> NumberQuestion:
    x, h = float(draw.choice([1, 2, 3])), float(draw.choice([1, 2]))
    value = float(central_difference(lambda at: at**3, x, h))
    return NumberQuestion(
        Text("f(x) = x³. What does the central difference (f(x + h) − f(x − h)) / 2h give at x = {x} with h = {h}?")(
            x=x, h=h
        ),
        _CENTRAL,
        value,
        Text("({above} − {below}) / {width} = {value}.")(
            above=number((x + h) ** 3), below=bracketed((x - h) ** 3), width=number(2 * h), value=number(value)
        ),
        (
            KnownError(
                "exact",
                3 * x**2,
                Text("That is the exact slope 3x². Of a cube the central difference still misses it, by h²."),
            ),
            KnownError(
                "forward",
                float(forward_difference(lambda at: at**3, x, h)),
                Text("That is the forward difference: the other place is x − h, not x."),
            ),
            KnownError("one_h", 2 * value, Text("From x − h to x + h it is 2h.")),
        ),
    )


@question_for("rounding_error", "e54c8b3e")
def smaller_h(draw: Random) -> ChoiceQuestion:
    before, after = draw.choice([(1, 3), (1, 4), (2, 4), (5, 10), (6, 11), (5, 12), (6, 13)])
    errors = [abs(float(central_difference(np.sin, 1.0, 10.0**-power)) - np.cos(1.0)) for power in (before, after)]
    return one_of(
        Text(
            "The slope of sin at 1 is taken by the central difference, with numbers of 16 digits. h goes from {before}"
            " to {after}. What becomes of the error?"
        )(before=_power(before), after=_power(after)),
        "grows" if errors[1] > errors[0] else "shrinks",
        Text(
            "Down to about 10⁻⁵ the bend of the curve makes the error, and it falls with h². Below that the two values"
            " agree in so many digits that their difference is mostly rounding."
        ),
        {
            "shrinks": Text("It shrinks"),
            "grows": Text("It grows"),
            "stays": Text("It stays the same"),
        },
        {
            "shrinks": Text("Smaller is not better for ever."),
            "grows": Text("Rounding does not count yet at these h."),
            "stays": Text("The error does depend on h."),
        },
    )


@question_for("numerical_differentiation", "e54c8b3e")
def not_ever_smaller(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "Somebody takes h = {h} for a central difference, “because smaller is more exact”. Say in one sentence"
            " why it is not."
        )(h=_power(draw.choice([12, 13, 14]))),
        Text(
            "The two values differ only in their last digits, so their difference is mostly rounding error, and the"
            " division by 2h makes that large."
        ),
    )


def _power(exponent: int) -> Text:
    return untranslated("10⁻" + "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(exponent)))
