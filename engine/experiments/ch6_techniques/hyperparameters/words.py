"""The texts of `hyperparameters`: headline, status and tooltips."""

from __future__ import annotations

import math

import numpy as np

from engine.contract.api import (
    Probe,
    ProbePoint,
    Remedy,
    Status,
    Text,
    counted,
    format_short,
    listed,
    notation,
    percent,
    required,
)
from engine.experiments.ch6_techniques.hyperparameters import range_words
from engine.experiments.ch6_techniques.hyperparameters.params import (
    HIGHEST,
    LOWEST_DECAY,
    LOWEST_RATE,
    SEARCHES,
    HyperparametersFrame,
    HyperparametersParams,
)

_EDGE = 0.125
"""The distance from an end of the range, as a share of the range, within which the best rate counts as lying at the
edge.
"""

_PLANNED = Text("{planned} trials are planned, none is done yet.")
_READING = Text(
    "{done} of {planned} trials are done. The best, with η = {rate} and λ = {decay}, gets {best} of {images}"
    " validation images right."
)
_ENDED = Text(
    "The best of {done} trials (η = {rate}, λ = {decay}): {best} right on {images} validation images, {test} on the"
    " test data, {than}."
)
_LESS = Text("{points} points less")
_MORE = Text("{points} points more")
_SAME = Text("as many")
_BOTH = Text(
    "{done} of {planned} trials: at random {random_rates} different rates, best {random}; on the grid {grid_rates},"
    " best {grid}."
)
_LUCK = Text(
    "{coins}, tossed {tosses} times each: the luckiest gets {best} right. In truth each is right half of the time."
)
_LINEAR = Text(
    "On a linear scale {count} of {planned} rates lie in the highest power of ten, so the others are hardly tried."
)
_AT_EDGE = Text("The best rate, {rate}, lies at an edge of the range: beyond it may be better ones.")


def headline(params: HyperparametersParams, frame: HyperparametersFrame) -> Text:
    """One sentence about the search so far, its end, luck, or the range test."""
    if frame.range_test is not None:
        return range_words.headline(frame.range_test, frame.finished)
    if params.view == "luck":
        coins = counted(params.count, "coin")
        return _LUCK(coins=coins, tosses=params.validation, best=percent(frame.luck_best))
    if frame.best_validation is None:
        return _PLANNED(planned=frame.planned)
    values: dict[str, object] = {"done": frame.done, "planned": frame.planned}
    if params.search == "both" and frame.test_accuracy is None:
        random, grid = (percent(best) for best in frame.best_of_search.tolist())
        both = {"random_rates": frame.random_rates, "grid_rates": frame.grid_rates}
        return _BOTH(**values, **both, random=random, grid=grid)
    values |= {
        "rate": format_short(required(frame.best_rate), 2),
        "decay": format_short(required(frame.best_decay), 2),
        "images": params.validation,
    }
    values["best"] = percent(frame.best_validation, 1)
    if frame.test_accuracy is None:
        return _READING(**values)
    points = f"{abs(100 * required(frame.flattery)):.1f}"
    than = _SAME if points == "0.0" else (_LESS if required(frame.flattery) > 0 else _MORE)(points=points)
    return _ENDED(**values, test=percent(frame.test_accuracy, 1), than=than)


def status_of(params: HyperparametersParams, frame: HyperparametersFrame) -> Status | None:
    """The notice for this state; if several apply, the most serious one. None if there is nothing to report."""
    if params.pitfall == "linear":
        words = _LINEAR(count=frame.top_count, planned=frame.planned)
        return Status("linear_scale", words, Remedy(Text("Log scale"), {"pitfall": "none"}))
    if frame.finished and frame.best_rate is not None:
        low, high = params.rate_range
        room, place = _EDGE * (high - low), math.log10(frame.best_rate)
        lower = max(round(low - 1.0, 3), LOWEST_RATE) if place < low + room else low
        higher = min(round(high + 1.0, 3), HIGHEST) if place > high - room else high
        if (lower, higher) != (low, high):
            remedy = Remedy(Text("Widen the range"), {"rate_low": lower, "rate_high": higher})
            return Status("at_the_edge", _AT_EDGE(rate=format_short(frame.best_rate, 2)), remedy)
    return None


# Places on the stage

_NEAR = 0.03
"""The maximum distance from the pointer, as a share of the plane, at which a trial is found."""

_TRIAL = Text("trial {number}: η = {rate}, λ = {decay}, {state}")
_DONE = Text("validation {validation}, training {train}")
_LOST = Text("its numbers became too large; validation {validation}")
_LEARNING, _TO_COME = Text("learning now"), Text("not done yet")
_EPOCH = Text("trial {number}, epoch {epoch}: training {train}, validation {validation}")
_SO_FAR = Text("after {trials} trials each: {values}")
_BEST = notation("{search} {share}")
_COINS = Text("{count} of {coins} coins got {share} of their tosses right")


def trial_at(frame: HyperparametersFrame, spot: ProbePoint) -> int:
    """The number of the trial at ``spot``, whose x and y are powers of ten of rate and decay; 0 if none is near."""
    across = (np.log10(frame.rates) - spot.x) / (HIGHEST - LOWEST_RATE)
    up = (np.log10(frame.decays) - spot.y) / (HIGHEST - LOWEST_DECAY)
    distances = np.hypot(across, up)
    if len(frame.searches) > 1:
        distances[frame.on_grid != (spot.part == "grid")] = math.inf
    nearest = int(np.argmin(distances))
    return nearest + 1 if distances[nearest] < _NEAR else 0


def probe(params: HyperparametersParams, frame: HyperparametersFrame, spot: ProbePoint) -> Probe | None:
    """The tooltip at ``spot``, which is in a plane of trials (the second plane is the plot "grid") or in another plot.

    These are "curves" (of a trial), "so_far" (the best so far), "luck" (the coins) and "range" (the range test).
    """
    if spot.part == "curves":
        if not frame.opened:
            return None
        epoch = min(max(round(spot.x), 0), params.epochs)
        train, validation = (percent(float(share), 1) for share in frame.opened_curves[:, epoch])
        return Probe(_EPOCH(number=frame.opened, epoch=epoch, train=train, validation=validation))
    if spot.part == "so_far":
        trials = min(max(round(spot.x), 1), params.count)
        row = zip(frame.searches, frame.so_far[:, trials - 1].tolist(), strict=True)
        values = [_BEST(search=SEARCHES[one], share=percent(share)) for one, share in row]
        return Probe(_SO_FAR(trials=trials, values=listed(values)))
    if spot.part == "range":
        return None if frame.range_test is None else range_words.probe(frame.range_test, spot.x)
    if spot.part == "luck":
        right = round(spot.x * params.validation)
        count = int(np.sum(np.round(frame.luck_scores * params.validation) == right))
        return Probe(_COINS(count=count, coins=params.count, share=percent(right / params.validation)))
    number = trial_at(frame, spot)
    return Probe(_said(frame, number)) if number else None


def _said(frame: HyperparametersFrame, number: int) -> Text:
    """One sentence about the trial with this number, with its results so far."""
    place = number - 1
    validation, train = (percent(float(row[place]), 1) for row in (frame.validation, frame.train))
    state = _LEARNING if number == frame.learning else _TO_COME
    if math.isfinite(frame.validation[place]):
        state = (_LOST if frame.lost[place] else _DONE)(validation=validation, train=train)
    rate, decay = (format_short(float(row[place]), 2) for row in (frame.rates, frame.decays))
    return _TRIAL(number=number, rate=rate, decay=decay, state=state)
