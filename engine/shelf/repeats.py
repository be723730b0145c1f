"""The same run with several seeds: the middle and the range of its figures, and whether two runs are in an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from engine.contract.output.measure import Series
from engine.contract.output.ranges import MOST_PLACES, MOST_RANGES, SEEDS, SeedRange
from engine.contract.required import required
from engine.contract.text.text import Text, counted

_NEAR = 1e-5
"""How far a value may lie beside a range that was kept, as a share of it: so many digits are kept."""
_NO_ORDER = Text("{label}: no order to be seen between “{one}” and “{other}” in {runs}, their ranges overlap.")
_ORDER = Text("{label}: “{one}” does better than “{other}” with every seed.")
_IN = Text("{run}, {whom}")


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


def ranges_of_bands(bands: Mapping[str, Band]) -> tuple[SeedRange, ...]:
    """What a session keeps of them: the newest values to all their digits, the places before as a small curve."""
    return tuple(_range(key, band) for key, band in list(bands.items())[:MOST_RANGES] if len(band.at))


def bands_of_ranges(ranges: Sequence[SeedRange], series: Sequence[Series]) -> dict[str, Band]:
    """What a session kept, of a run that has these figures; none at all unless each lies within its range there."""
    by_key = {one.key: one for one in series}
    found = {}
    for one in ranges:
        own = by_key.get(one.key)
        band = Band(own, *map(np.asarray, (one.at, one.low, one.median, one.high))) if own is not None else None
        if own is None or band is None or not _lies_within(own, band):
            return {}
        found[one.key] = band
    return found


def order_in_words(repeated: Sequence[tuple[Text, Mapping[str, Band]]]) -> list[Text]:
    """What the main figure says: of every two runs, by name, and within a run with several learners of its best two.

    It is an order where the ranges of the newest values lie apart, and none where they overlap.
    """
    mains = [(name, _main(bands)) for name, bands in repeated]
    found = []
    for name, bands in mains:
        # Of several learners; training and test loss of one network are in no order.
        learners = [band for band in bands if band.first.whom is not None]
        if len(learners) > 1:
            sign = 1 if learners[0].first.best_is == "lowest" else -1
            one, other = sorted(learners, key=lambda band: sign * band.median[-1])[:2]
            found.append(_of_two(_IN(run=name, whom=required(one.first.whom)), one, required(other.first.whom), other))
    for (name, mine), (another, its) in combinations(mains, 2):
        if mine and its and mine[0].first.measure == its[0].first.measure:
            found.append(_of_two(name, mine[0], another, its[0]))
    return found


def _range(key: str, band: Band) -> SeedRange:
    count = len(band.at)
    rows = np.unique(np.linspace(0, count - 1, min(count, MOST_PLACES)).astype(int))
    low, median, high = (
        (*(float(f"{value:.6g}") for value in values[rows[:-1]]), float(values[-1]))
        for values in (band.low, band.median, band.high)
    )
    return SeedRange(key, tuple(band.at[rows].tolist()), low, median, high)


def _lies_within(own: Series, band: Band) -> bool:
    places = np.searchsorted(own.at, band.at)
    if np.any(places >= len(own.at)) or not np.array_equal(own.at[places], band.at):
        return False
    spare = _NEAR * np.maximum(np.abs(band.low), np.abs(band.high))
    values = own.values[places]
    return bool(np.all((values >= band.low - spare) & (values <= band.high + spare)))


def _main(bands: Mapping[str, Band]) -> list[Band]:
    """Those of the first measure there is, as far as they have come to something."""
    known = [band for band in bands.values() if band.last is not None]
    return [band for band in known if band.first.measure == known[0].first.measure]


def _of_two(one: Text, mine: Band, other: Text, its: Band) -> Text:
    label = mine.first.label if mine.first.key == its.first.key else mine.first.of
    (low, _, high), (its_low, _, its_high) = required(mine.last), required(its.last)
    if low <= its_high and its_low <= high:
        return _NO_ORDER(label=label, one=one, other=other, runs=counted(SEEDS, "run"))
    lower, higher = (one, other) if high < its_low else (other, one)
    better, worse = (lower, higher) if mine.first.best_is == "lowest" else (higher, lower)
    return _ORDER(label=label, one=better, other=worse)


def _band(runs: Sequence[Series]) -> Band:
    at = runs[0].at
    for run in runs[1:]:
        at = np.intersect1d(at, run.at)
    values = np.array([run.values[np.searchsorted(run.at, at)] for run in runs])
    return Band(runs[0], at, values.min(axis=0), np.median(values, axis=0), values.max(axis=0))
