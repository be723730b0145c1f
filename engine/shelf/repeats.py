"""The same run with several seeds: the middle and the range of its figures, and whether two runs are in an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from engine.contract.measure import Series
from engine.contract.text import Text, counted
from engine.contract.there import there

SEEDS = 5
"""So many runs show how far chance alone carries a figure."""
_NO_ORDER = Text(
    "{label}: no order to be seen between “{one}” and “{other}” in {runs}, their ranges overlap.",
    "{label}：“{one}”和“{other}”各 {runs}，范围有重叠，分不出高下。",
)
_ORDER = Text(
    "{label}: “{one}” does better than “{other}” with every seed.",
    "{label}：不论哪个种子，“{one}”都比“{other}”好。",
)
_IN = Text("{run}, {whom}", "{run}，{whom}")


@dataclass(frozen=True, eq=False)
class Band:
    """One figure over several seeds at the places ``at`` (N,) that all runs have: lowest, middle and highest, (N,).

    ``first`` is the figure with the first of the seeds, which says what it is.
    """

    first: Series
    at: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray

    @property
    def last(self) -> tuple[float, float, float] | None:
        """Lowest, middle and highest newest value; None where there is none."""
        return (float(self.low[-1]), float(self.median[-1]), float(self.high[-1])) if len(self.at) else None


def bands_of(repeats: Sequence[Sequence[Series]]) -> dict[str, Band]:
    """The band of every figure that all the runs have, by its key; the order is theirs."""
    if len(repeats) < 2:
        return {}
    by_key = [{series.key: series for series in run} for run in repeats]
    return {key: _band([run[key] for run in by_key]) for key in by_key[0] if all(key in run for run in by_key)}


def order_in_words(repeated: Sequence[tuple[Text, Mapping[str, Band]]]) -> list[Text]:
    """What the main figure says: of every two runs, by name, and within a run with several learners of its best two.

    It is an order where the ranges of the newest values lie apart, and none where they overlap.
    """
    mains = [(name, _main(bands)) for name, bands in repeated]
    found = []
    for name, bands in mains:
        if len(bands) > 1:
            sign = 1 if bands[0].first.best_is == "lowest" else -1
            one, other = sorted(bands, key=lambda band: sign * band.median[-1])[:2]
            found.append(_of_two(_IN(run=name, whom=there(one.first.whom)), one, there(other.first.whom), other))
    for (name, mine), (another, its) in combinations(mains, 2):
        if mine and its and mine[0].first.measure == its[0].first.measure:
            found.append(_of_two(name, mine[0], another, its[0]))
    return found


def _main(bands: Mapping[str, Band]) -> list[Band]:
    """Those of the first measure there is, as far as they have come to something."""
    known = [band for band in bands.values() if band.last is not None]
    return [band for band in known if band.first.measure == known[0].first.measure]


def _of_two(one: Text, mine: Band, other: Text, its: Band) -> Text:
    label = mine.first.label if mine.first.key == its.first.key else mine.first.of
    (low, _, high), (its_low, _, its_high) = there(mine.last), there(its.last)
    if low <= its_high and its_low <= high:
        return _NO_ORDER(label=label, one=one, other=other, runs=counted(SEEDS, "run", "次"))
    lower, higher = (one, other) if high < its_low else (other, one)
    better, worse = (lower, higher) if mine.first.best_is == "lowest" else (higher, lower)
    return _ORDER(label=label, one=better, other=worse)


def _band(runs: Sequence[Series]) -> Band:
    at = runs[0].at
    for run in runs[1:]:
        at = np.intersect1d(at, run.at)
    values = np.array([run.values[np.searchsorted(run.at, at)] for run in runs])
    return Band(runs[0], at, values.min(axis=0), np.median(values, axis=0), values.max(axis=0))
