"""Parameters and frame of the experiment `hyperparameters`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.contract.api import (
    Frame,
    Params,
    Text,
    VisibleWhen,
    choice,
    integer,
    quantity,
    real,
    switch,
    untranslated,
    view_choice,
)

SIZES = (784, 50, 10)
SAMPLES, BATCH = 500, 20
TRIALS = (9, 25, 49, 100, 144)
"""The numbers of trials that can be chosen; squares, so that a grid can have as many trials as a random search."""
MOST_TRIALS, MOST_VALIDATION = TRIALS[-1], 250
BEST = 5
"""The number of best trials whose curves are shown."""
LOWEST_RATE, LOWEST_DECAY, HIGHEST = -6.0, -8.0, 0.0
"""The lowest powers of ten for learning rate and weight decay, and the highest for both."""
RANGE_LOW, RANGE_HIGH = -4.0, 1.0
"""The powers of ten between which the learning rate grows in a range test."""
RANGE_EPOCHS = 10
MOST_LOSS, HIGHEST_LOSS = 5.0, 6.0
"""The largest loss at which the marks of a range test are drawn, twice the loss of guessing, and the end of the loss
axis; between the two there is space for the marks' labels.
"""
SEARCHES = {"random": Text("random"), "grid": Text("grid")}
DECIDES = {"rate": Text("the learning rate"), "decay": Text("weight decay")}
_SEARCH = VisibleWhen("view", ("search",))


_RATE, _DECAY = Text("Rate"), Text("Decay")
_FROM, _TO = Text("{name}: power from"), Text("{name}: power to")
_POWER = Text("An end of the range: {letter} is 10 to this power there.")


def _power(default: float, lowest: float, label: Text, letter: str) -> float:
    """The parameter field for one end of a range, as a power of ten."""
    return real(default, (lowest, HIGHEST), label, _POWER(letter=letter), step=0.1, visible=_SEARCH)


class HyperparametersParams(Params):
    """The kind of search, the ranges of learning rate and weight decay, and the data for a trial."""

    view: str = view_choice(
        "search",
        {"search": Text("search"), "luck": Text("luck"), "range": Text("range")},
        Text(
            "The search, how far the best of many gets by luck alone, or one run whose rate grows from batch to batch."
        ),
    )
    search: str = choice(
        "random",
        {**SEARCHES, "both": Text("both")},
        Text("Search"),
        Text("Rate and decay drawn at random, or every pair of a few fixed values; both side by side, at equal cost."),
        on_stage=True,
        visible=_SEARCH,
    )
    trials: str = choice(
        "100",
        {str(count): untranslated(str(count)) for count in TRIALS},
        Text("Trials", context="number"),
        Text("How many networks are trained; more can be added at any time."),
        effect="live",
        visible=VisibleWhen("view", ("search", "luck")),
    )
    rate_low: float = _power(-6.0, LOWEST_RATE, _FROM(name=_RATE), "η")
    rate_high: float = _power(-2.0, LOWEST_RATE, _TO(name=_RATE), "η")
    decay_low: float = _power(-8.0, LOWEST_DECAY, _FROM(name=_DECAY), "λ")
    decay_high: float = _power(-4.0, LOWEST_DECAY, _TO(name=_DECAY), "λ")
    pitfall: str = choice(
        "none",
        {"none": Text("none", context="there is no such thing"), "linear": Text("linear scale")},
        Text("Mistake"),
        Text("Spread the trials evenly over the numbers, not over their powers of ten."),
        visible=_SEARCH,
    )
    epochs: int = integer(
        10,
        (1, 20),
        Text("Epochs a trial"),
        Text("A search shows early which settings are bad; few epochs will do."),
        more=True,
        visible=_SEARCH,
    )
    validation: int = integer(
        100,
        (20, MOST_VALIDATION),
        Text("Validation images"),
        Text("How many of the 500 images are kept apart to compare trials; the rest are learned from."),
    )  # fmt: skip
    stop: bool = switch(
        False,
        Text("Stop the search"),
        Text("End after this trial, and read the test data for the best one."),
        effect="live",
        visible=_SEARCH,
    )
    selected: int = integer(
        0,
        (0, 2 * MOST_TRIALS),
        Text("Trial"),
        Text("Which trial is opened; 0 is the best one."),
        effect="live",
        looks=True,
        on_stage=True,
        visible=_SEARCH,
    )

    mark: float = real(
        -3.0,
        (RANGE_LOW, RANGE_HIGH),
        Text("My mark: power"),
        Text("Where the loss may fall fastest before its minimum: η is 10 to this power there."),
        step=0.1,
        visible=VisibleWhen("view", ("range",)),
    )

    @property
    def count(self) -> int:
        """The number of trials of each search."""
        return int(self.trials)

    @property
    def rate_range(self) -> tuple[float, float]:
        """The lower and the higher power of ten of the rates."""
        return min(self.rate_low, self.rate_high), max(self.rate_low, self.rate_high)

    @property
    def decay_range(self) -> tuple[float, float]:
        """The lower and the higher power of ten of the decays."""
        return min(self.decay_low, self.decay_high), max(self.decay_low, self.decay_high)

    @property
    def searches(self) -> tuple[str, ...]:
        """The kinds of search that are run: "random", "grid" or both."""
        return tuple(SEARCHES) if self.search == "both" else (self.search,)


@dataclass(frozen=True, eq=False)
class RangeTest:
    """The state of a range test, in which N of ``planned`` batches have been learned, each with a larger rate.

    ``rates`` (N,) are the learning rates of the updates, ``losses`` (N,) those before the updates, ``means`` (N,) the
    running means of the losses. ``start`` is the initial loss. ``steepest`` is the rate at which the loss falls fastest
    before its minimum so far, ``harmful`` the rate from which the loss is higher than at the start; each is None if
    there is none yet. ``mark`` is the rate marked by the learner, ``times`` its ratio to ``steepest``. ``beyond`` is
    the number of losses above the axis.
    """

    planned: int
    mark: float
    rates: np.ndarray
    losses: np.ndarray
    means: np.ndarray
    start: float | None
    steepest: float | None
    harmful: float | None
    times: float | None
    beyond: int


class HyperparametersFrame(Frame):
    """The N trials in planned order with their results, the best trial and the selected one.

    Trials are numbered from 1. ``validation`` and ``train`` are accuracies after the last epoch, NaN for unfinished
    trials; a trial is ``lost`` if its numbers would not have stayed finite. ``ranking`` are the best trials, best
    first, with their curves of training and validation accuracy, NaN for epochs to come. The fields ``best_…`` describe
    the first of them; ``opened`` is the selected trial, 0 for none. ``so_far`` is the best validation accuracy of each
    of the ``searches`` after 1, 2, … of its trials, ``best_of_search`` after all of them.

    ``test_accuracy`` is that of the best trial, None until the search has ended. ``test_reads`` is how often the test
    data were read, ``flattery`` the validation accuracy minus the test accuracy.

    ``rate_link`` and ``decay_link`` are the absolute rank correlations of the validation accuracy with learning rate
    and weight decay, NaN for too few trials; ``decided_by`` names the larger one. ``top_share`` is the expected share
    of the rates in the highest power of ten of the range, ``top_count`` their number. ``chance_of_best`` is the
    probability that at least one trial is among the best 5% of all possible ones.

    ``luck_scores`` are the shares of right tosses of as many coins as there are trials, each tossed once for every
    validation image; ``luck_expected`` is the expected share of the best coin. ``range_test`` is None in other views.
    """

    rates: np.ndarray  # (N,)
    decays: np.ndarray  # (N,)
    on_grid: np.ndarray  # (N,)
    validation: np.ndarray = quantity(share=True)  # (N,)
    train: np.ndarray  # (N,)
    lost: np.ndarray  # (N,)
    planned: int
    done: int
    learning: int  # the number of the trial that is under way, 0 for none
    searches: tuple[str, ...]
    random_rates: int  # different rates that are planned at random
    grid_rates: int
    so_far: np.ndarray  # (searches, trials)
    best_of_search: np.ndarray  # (searches,)
    ranking: np.ndarray  # (up to BEST,)
    ranked_curves: np.ndarray  # (up to BEST, 2, epochs + 1)
    best: int | None
    best_rate: float | None
    best_decay: float | None
    best_validation: float | None = quantity(share=True)
    opened: int
    opened_curves: np.ndarray  # (2, epochs + 1)
    test_accuracy: float | None = quantity(share=True)
    test_reads: int
    flattery: float | None = quantity(share=True)
    rate_link: float
    decay_link: float
    decided_by: str | None = quantity(words=DECIDES)
    top_share: float = quantity(share=True)
    top_count: int
    chance_of_best: float
    luck_scores: np.ndarray  # (trials,)
    luck_best: float
    luck_expected: float
    range_test: RangeTest | None = None
