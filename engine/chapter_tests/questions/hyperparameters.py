"""Questions on hyperparameter search: the log scale, probabilities, grids, and lucky results."""

from __future__ import annotations

from random import Random

import numpy as np

from engine.chapter_tests.question import KnownError, NumberQuestion, SentenceQuestion, number, question_for
from engine.contract.text import Text
from engine.nn.hyperparameter_search import chance_of_best, grid_search, top_share


@question_for("log_scale", "57403c92")
def share_of_a_decade(draw: Random) -> NumberQuestion:
    low, high = draw.choice([-6, -5, -8, -7]), draw.choice([-2, -1, -3])
    value = top_share(low, high, linear=False)
    return NumberQuestion(
        Text(
            "Learning rates are drawn evenly over the exponents from {low} to {high}. What share of them lies"
            " between 10 to"
            " the power {below} and 10 to the power {high}?"
        )(low=low, high=high, below=high - 1),
        Text("Share"),
        round(value, 6),
        Text("One power of ten of {count}: each has the same share.")(count=high - low),
        (
            KnownError(
                "linear",
                round(top_share(low, high, linear=True), 6),
                Text("That would be so if the numbers themselves were drawn evenly."),
            ),
            KnownError("half", 0.5, Text("Count the powers of ten.")),
        ),
    )


@question_for("random_search", "6886b638")
def one_good_at_least(draw: Random) -> NumberQuestion:
    trials, share = draw.choice([2, 3]), draw.choice([0.1, 0.2, 0.5, 0.3])
    value = chance_of_best(trials, share)
    return NumberQuestion(
        Text(
            "Each random trial is good with a probability of {share}. What is the probability that at least one of"
            " {trials}"
            " is good?"
        )(share=share, trials=trials),
        Text("Probability"),
        round(value, 6),
        Text("None is good with {none}; the rest is {value}.")(none=number(1 - value), value=number(value)),
        (
            KnownError(
                "sum",
                round(trials * share, 6),
                Text("That counts two good ones twice."),
            ),
            KnownError("all_good", round(share**trials, 6), Text("That is for all of them.")),
            KnownError("none_good", round(1 - value, 6), Text("That is for none of them.")),
        ),
    )


@question_for("grid_search", "daffaec8")
def rates_on_a_grid(draw: Random) -> NumberQuestion:
    side = draw.choice([3, 4, 5, 6, 7])
    points = grid_search(side)
    count = len(np.unique(points[:, 0]))
    return NumberQuestion(
        Text(
            "A square grid over learning rate and weight decay has {trials} trials. How many different learning"
            " rates does"
            " it try?"
        )(trials=len(points)),
        Text("Different rates"),
        count,
        Text("{side} rates, each with {side} decays.")(side=side),
        (
            KnownError(
                "all",
                len(points),
                Text("Drawn at random, all would be different; on a grid they repeat."),
            ),
            KnownError("two_axes", 2 * side, Text("Those are rates and decays together.")),
        ),
    )


@question_for("validation_data", "3e36cdd8")
def best_of_many(draw: Random) -> SentenceQuestion:
    return SentenceQuestion(
        Text(
            "Of {count} trials the best has {percent}% on the validation data. Say in one sentence why new data will"
            " probably give less."
        )(count=draw.choice([20, 50, 100]), percent=draw.choice([81, 88, 93])),
        Text(
            "It was picked because it did best on these very data, and a part of that was luck, which does not come"
            " again."
        ),
    )
