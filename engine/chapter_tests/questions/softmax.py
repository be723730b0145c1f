"""Questions on softmax: ratios, what does not change the output, how overflow is avoided, and batches."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np

from engine.chapter_tests.question import ChoiceQuestion, KnownError, NumberQuestion, one_of, question_for, vector
from engine.contract.text import Text
from engine.nn.losses import softmax


@question_for("softmax", "7fc971bf")
def ratio(draw: Random) -> NumberQuestion:
    low, difference = draw.choice([0.3, 1.0, -0.5, 2.0]), draw.choice([1.0, 2.0, 3.0])
    high = round(low + difference, 6)
    y = softmax(np.array([low, high, 0.0]))
    value = float(y[1] / y[0])
    return NumberQuestion(
        Text(
            "Two classes have the scores {low} and {high}. How many times as probable is the second one after softmax?"
            " (e ≈ 2.718, e² ≈ 7.389, e³ ≈ 20.09.)"
        )(low=low, high=high),
        Text("Times"),
        value,
        Text("The difference alone counts: e to the power {difference}.")(difference=difference),
        (
            KnownError(
                "difference",
                difference,
                Text("That is the difference. e is raised to it."),
            ),
            KnownError(
                "quotient",
                round(high / low, 6),
                Text("Scores are not shares: e is raised to them first."),
            ),
        ),
    )


_TEMPERATURE = "6ccc4f26"
"""The key of the guide's try in which all scores are divided by a number, which asks the same as multiplying them."""


@question_for("score", "fa17310c")
def shifted_or_scaled(draw: Random) -> ChoiceQuestion:
    scores = np.array(draw.choice([(0.3, 2.9, 4.0), (1.0, 2.0, 3.0), (0.5, 1.5, 1.0)]))
    adds, by = draw.choice([(True, 100.0), (True, -5.0), (False, 2.0), (False, 0.5), (False, 10.0)])
    after = softmax(scores + by if adds else scores * by).max()
    change = float(after - softmax(scores).max())
    what = Text("{by} is added to each")(by=by) if adds else Text("each is multiplied by {by}")(by=by)
    if adds:
        why = Text("Only the differences of the scores count, and adding the same to all leaves them as they are.")
    elif change > 0:
        why = Text(
            "Every difference becomes {by} times as large. So the largest score is farther ahead, and its probability "
            "grows."
        )(by=by)
    else:
        why = Text(
            "Every difference becomes {by} times as large. So the largest score is less far ahead, and its probability "
            "shrinks."
        )(by=by)
    farther = Text("The largest score is farther ahead than before.")
    nearer = Text("The largest score is less far ahead than before.")
    question = one_of(
        Text("The scores are {scores}; now {what}. What becomes of the largest probability after softmax?")(
            scores=vector(scores), what=what
        ),
        "stays" if abs(change) < 1e-9 else "grows" if change > 0 else "shrinks",
        why,
        {
            "grows": Text("It grows"),
            "stays": Text("It stays", context="value"),
            "shrinks": Text("It shrinks"),
        },
        {
            "grows": Text("The largest score is not farther ahead than before."),
            "stays": farther if change > 0 else nearer,
            "shrinks": Text("The largest score is no less ahead than before."),
        },
    )
    return question if adds else replace(question, again=_TEMPERATURE)


@question_for("overflow", "eac700fb")
def smallest_power(draw: Random) -> NumberQuestion:
    top = float(draw.choice([1000, 800, 1010, 900]))
    gaps = draw.sample([10, 20, 30, 5], 2)
    scores = np.array([top - gaps[0], top, top - gaps[1]])
    value = int(np.min(scores - scores.max()))
    return NumberQuestion(
        Text(
            "The scores are {scores}. Before e is raised to them, they are kept from overflowing in the usual way."
            " What is"
            " the smallest exponent then?"
        )(scores=vector(scores)),
        Text("Smallest exponent"),
        value,
        Text("The largest score, {top}, is subtracted from each. So the largest exponent is 0.")(top=top),
        (
            KnownError(
                "not_shifted",
                int(scores.min()),
                Text("e to this power is more than float64 holds."),
            ),
            KnownError("largest", 0, Text("That is the largest exponent.")),
            KnownError(
                "sign",
                -value,
                Text("Subtract the largest from the score, not the other way round."),
            ),
        ),
    )


@question_for("batch", "ade60439")
def whole_batch_at_once(draw: Random) -> NumberQuestion:
    samples = draw.choice([2, 4, 5, 10])
    score = draw.choice([1.0, 2.0, 3.0])
    value = float(softmax(np.tile([0.0, score], (samples, 1)), axis=None)[0].sum())
    return NumberQuestion(
        Text(
            "A batch has {samples} equal rows (0, {score}). By mistake softmax divides by the sum over all rows. What"
            " do the probabilities of one row add up to?"
        )(samples=samples, score=score),
        Text("Sum of a row"),
        round(value, 9),
        Text("All rows together make 1, and each has the same share: 1/{samples}.")(samples=samples),
        (
            KnownError("as_it_should", 1.0, Text("That would be so with an axis.")),
            KnownError("per_number", round(0.5 / samples, 9), Text("A row has two numbers.")),
        ),
    )
