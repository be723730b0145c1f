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
"""Squares, so that a grid can have as many trials as there are drawn at random."""
MOST_TRIALS, MOST_VALIDATION = TRIALS[-1], 250
BEST = 5
"""The number of best trials that are shown with their curves."""
LOWEST_RATE, LOWEST_DECAY, HIGHEST = -6.0, -8.0, 0.0
"""Powers of ten from which, and up to which, both may be tried."""
RANGE_LOW, RANGE_HIGH = -4.0, 1.0
"""Powers of ten from which, and up to which, the rate grows in a range test."""
RANGE_EPOCHS = 10
MOST_LOSS, HIGHEST_LOSS = 5.0, 6.0
"""As high as the losses of a range test are looked at, twice those of guessing, and where the axis ends: between these
the words of the marks have a place.
"""
SEARCHES = {"random": Text("random"), "grid": Text("grid")}
DECIDES = {"rate": Text("the learning rate"), "decay": Text("weight decay")}
_SEARCH = VisibleWhen("view", ("search",))


_RATE, _DECAY = Text("Rate"), Text("Decay")
_FROM, _TO = Text("{name}: power from"), Text("{name}: power to")
_POWER = Text("An end of the range: {letter} is 10 to this power there.")


def _power(default: float, lowest: float, label: Text, letter: str) -> float:
    """One end of a range, as a power of ten."""
    return real(default, (lowest, HIGHEST), label, _POWER(letter=letter), step=0.1, visible=_SEARCH)


class HyperparametersParams(Params):
    """Which kind of search, the ranges of rate and weight decay, and the training data of a trial."""

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
        """The kinds of search that are run, one or both."""
        return tuple(SEARCHES) if self.search == "both" else (self.search,)


@dataclass(frozen=True, eq=False)
class RangeTest:
    """The state of a range test: N of ``planned`` batches are done, with ``losses`` (N,) before their updates and
    ``means`` (N,) around each; ``rates`` (N,) are those of the updates.

    ``start`` is the initial loss. ``steepest`` is the rate at which the loss falls fastest on its way to the minimum so
    far, ``harmful`` the rate from which the loss is higher than at the start; each is None as long as there is none.
    ``mark`` is the rate marked by the learner, ``times`` its ratio to the steepest. ``beyond`` counts the losses that
    exceed the axis.
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
    """All N trials in planned order, their state, and the selected ones.

    Trials are numbered from 1. ``validation`` and ``train`` are accuracies after the last epoch, NaN for trials that
    are not done; a trial is ``lost`` if its numbers would not be finite any more. ``ranking`` are the best trials, the
    best first, with their curves of training and validation accuracy, NaN for epochs to come. ``best_…`` is the first
    of them, ``opened`` the selected trial, 0 for none. ``so_far`` is the best validation accuracy of each of the
    ``searches`` after 1, 2, … of its trials, ``best_of_search`` after all of them.

    ``test_accuracy`` is that of the best trial, None until the search has ended; ``test_reads`` tells how often the
    test data were read, ``flattery`` is the validation accuracy less the test accuracy.

    ``rate_link`` and ``decay_link`` are the absolute rank correlations of the validation accuracy with either, NaN for
    too few trials; ``decided_by`` is the larger one. ``top_share`` is the share of the rates expected in the highest
    power of ten of the range, ``top_count`` the number there. ``chance_of_best`` is that of at least one trial among
    the best 5% of all there could be.

    ``luck_scores`` are shares of right tosses of as many coins as there are trials, each tossed once for every
    validation image; ``luck_expected`` is what the best of them gets on average. ``range_test`` is None unless shown.
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
