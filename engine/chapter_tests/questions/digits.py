"""Questions on reading digits: the number of errors, the number of batches, and what a high probability means."""

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
from engine.contract.text import Text, notation, untranslated


@question_for("accuracy", "673e8882")
def read_wrong(draw: Random) -> NumberQuestion:
    images, percent = draw.choice([10_000, 5_000, 2_000]), draw.choice([98.2, 97.5, 93.6, 95.0, 99.1])
    right = round(images * percent / 100)
    wrong = images - right
    return NumberQuestion(
        Text("The accuracy on {images:,} test images is {percent}%. How many of them are read wrong?")(
            images=images, percent=percent
        ),
        Text("Images read wrong"),
        wrong,
        Text("{rest}% of {images:,} are {wrong}.")(rest=number(100 - percent), images=images, wrong=wrong),
        (
            KnownError("right_ones", right, Text("That is how many are read right.")),
            KnownError(
                "of_a_thousand",
                wrong // 10,
                Text("Count the zeros: that is a tenth of it."),
            ),
        ),
    )


@question_for("batch", "c61b83a2")
def passes(draw: Random) -> NumberQuestion:
    images, batch = draw.choice([10_000, 60_000]), draw.choice([50, 100, 200, 250, 500])
    count = len(range(0, images, batch))
    return NumberQuestion(
        Text("{images:,} images go through a network in batches of {batch}. How many forward passes is that?")(
            images=images, batch=batch
        ),
        Text("Forward passes"),
        count,
        Text("{images:,} / {batch} = {count}; the answers stay the same.")(images=images, batch=batch, count=count),
        (
            KnownError("one_each", images, Text("A batch goes through in one pass.")),
            KnownError("batch", batch, Text("That is the size of a batch.")),
        ),
    )


@question_for("classification", "7769e993")
def what_is_read(draw: Random) -> ChoiceQuestion:
    y = np.array(
        draw.choice(
            [
                (0.1, 0.2, 0.4, 0.3),
                (0.25, 0.3, 0.25, 0.2),
                (0.05, 0.15, 0.2, 0.6),
                (0.5, 0.2, 0.2, 0.1),
                (0.4, 0.3, 0.1, 0.2),
                (0.2, 0.1, 0.45, 0.25),
            ]
        )
    )
    answer, least = int(np.argmax(y)), int(np.argmin(y))
    return one_of(
        Text("The probabilities of the digits 0, 1, 2 and 3 are {y}, of all others 0. What does the network answer?")(
            y=vector(y)
        ),
        "largest",
        Text("It answers the class with the largest probability, however small that is."),
        {
            "largest": notation("{digit}")(digit=answer),
            "mean": Text("{mean}, the mean")(mean=number(float(np.arange(4) @ y))),
            "smallest": notation("{digit}")(digit=least),
            "needs_half": Text("Nothing, since none is above one half")
            if y.max() < 0.5
            else Text("Nothing, since none is certain"),
        },
        {
            "largest": untranslated(""),
            "mean": Text("Classes are names; no mean of them is a class."),
            "smallest": Text("That is the least probable one."),
            "needs_half": Text("An answer always comes; there is no threshold."),
        },
    )


@question_for("inference", "7769e993")
def sure_and_wrong(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "A network gives a scribble {percent}% for the digit 8. Say in one sentence why that does not mean that it"
            " is one."
        )(percent=draw.choice([97, 99, 99.9])),
        Text(
            "Softmax divides 100% among ten digits and has no place for “none of them”; it says which digit fits best,"
            " not that it fits."
        ),
    )
