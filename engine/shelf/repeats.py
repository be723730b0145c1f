"""The same run with several seeds: the middle and the range of its figures, and whether two runs are in an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from engine.contract.measure import Series
from engine.contract.text import Text, counted

SEEDS = 5
"""So many runs show how far chance alone carries a figure."""
_NO_ORDER = Text(
    "{label}: no order to be seen between “{one}” and “{other}” in {runs}, their ranges overlap.",
    "{label}：“{one}”和“{other}”各{runs}，范围有重叠，分不出高下。",
)
_ORDER = Text(
    "{label}: “{one}” does better than “{other}” with every seed.",
    "{label}：不论哪个种子，“{one}”都比“{other}”好。",
)


@dataclass(frozen=True, eq=False)
class Band:
    """One figure over several seeds at the places ``at`` (N,) that all runs have: lowest, middle and highest, (N,)."""

    at: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray
    best_is: str
    label: Text

    @property
    def last(self) -> tuple[float, float, float] | None:
        """Lowest, middle and highest newest value; None where there is none."""
        return (float(self.low[-1]), float(self.median[-1]), float(self.high[-1])) if len(self.at) else None


def bands_of(repeats: Sequence[Sequence[Series]]) -> dict[str, Band]:
    """The band of every figure that all the runs have, by its key."""
    if len(repeats) < 2:
        return {}
    by_key = [{series.key: series for series in run} for run in repeats]
    return {key: _band([run[key] for run in by_key]) for key in by_key[0] if all(key in run for run in by_key)}


def order_in_words(bands: Sequence[tuple[Text, dict[str, Band]]]) -> list[Text]:
    """What the newest values of the main figure say of every two runs: an order, or that there is none to be seen."""
    found = []
    for (one, mine), (other, its) in combinations(bands, 2):
        key = next((key for key in mine if key in its and mine[key].last and its[key].last), None)
        if key is not None:
            found.append(_of_two(one, mine[key], other, its[key]))
    return found


def _of_two(one: Text, mine: Band, other: Text, its: Band) -> Text:
    assert mine.last is not None and its.last is not None  # whoever asks has looked
    label = mine.label
    if mine.last[0] <= its.last[2] and its.last[0] <= mine.last[2]:
        return _NO_ORDER(label=label, one=one, other=other, runs=counted(SEEDS, "run", "次"))
    lower, higher = (one, other) if mine.last[2] < its.last[0] else (other, one)
    better, worse = (lower, higher) if mine.best_is == "lowest" else (higher, lower)
    return _ORDER(label=label, one=better, other=worse)


def _band(runs: Sequence[Series]) -> Band:
    at = runs[0].at
    for run in runs[1:]:
        at = np.intersect1d(at, run.at)
    values = np.array([run.values[np.searchsorted(run.at, at)] for run in runs])
    return Band(at, values.min(axis=0), np.median(values, axis=0), values.max(axis=0), runs[0].best_is, runs[0].label)
