"""A run on the shelf, that is, pinned for comparison: its parameters, seed, update and figures, and texts about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from engine.contract.experiment import Experiment
from engine.contract.frame import required
from engine.contract.history import MOST_PLACES, MOST_RANGES, SEEDS, SeedRange
from engine.contract.params import Params, field_of, fields_of
from engine.contract.table import Series
from engine.contract.text import Text, counted, notation, side_by_side, untranslated

_NEAR = 1e-5
"""The relative tolerance for a value outside its stored range, which is rounded."""
_NO_ORDER = Text("{label}: no order to be seen between “{one}” and “{other}” in {runs}, their ranges overlap.")
_ORDER = Text("{label}: “{one}” does better than “{other}” with every seed.")
_IN = Text("{run}, {whom}")


@dataclass(frozen=True, eq=False)
class Band:
    """The range of one figure over several seeds: its lowest, median and highest values, (N,).

    ``at`` (N,) are the updates or epochs at which all runs have a value. ``first`` is the figure in the run with the
    first seed, from which the label is taken.
    """

    first: Series
    at: np.ndarray
    low: np.ndarray
    median: np.ndarray
    high: np.ndarray

    @property
    def last(self) -> tuple[float, float, float] | None:
        """The lowest, median and highest of the last values; None if there are no values."""
        return (float(self.low[-1]), float(self.median[-1]), float(self.high[-1])) if len(self.at) else None


def bands_of(repeats: Sequence[Sequence[Series]]) -> dict[str, Band]:
    """The ranges over several seeds of all figures that every run has, by key, in the order of the first run's figures.

    Empty for fewer than two runs.
    """
    if len(repeats) < 2:
        return {}
    by_key = [{series.key: series for series in run} for run in repeats]
    return {key: _band([run[key] for run in by_key]) for key in by_key[0] if all(key in run for run in by_key)}


def ranges_of_bands(bands: Mapping[str, Band]) -> tuple[SeedRange, ...]:
    """Converts ranges to the form that a session stores: last values in full, earlier ones thinned out and rounded."""
    return tuple(_range(key, band) for key, band in list(bands.items())[:MOST_RANGES] if len(band.at))


def bands_of_ranges(ranges: Sequence[SeedRange], series: Sequence[Series]) -> dict[str, Band]:
    """Converts stored ranges back, for the run whose figures are ``series``.

    Empty unless each figure lies within its range, since the ranges then belong to another run.
    """
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
    """Sentences that compare the main figure of each pair of runs, and of the best two learners within a run.

    A sentence says which one is better if the ranges of the last values do not overlap, or else that no order can be
    seen.
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
    """The ranges of the figures that share the measure of the first one with values."""
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


@dataclass(frozen=True, eq=False)
class ShelvedRun:
    """A run as it was when it was put on the shelf, that is, pinned for comparison.

    ``params`` are those at that update, live changes included. ``series`` are its figures up to there, None if the run
    still has to be played. ``name`` was given by the learner, or is empty. ``repeats`` are the figures with the other
    seeds played so far; ``ranges`` are those that a session stored.
    """

    params: Params
    seed: int
    update: int
    series: tuple[Series, ...] | None = None
    name: str = ""
    repeats: tuple[tuple[Series, ...], ...] = ()
    ranges: tuple[SeedRange, ...] = ()

    def bands(self) -> dict[str, Band]:
        """The ranges of its figures over all seeds, by key; empty until all seeds were played."""
        if self.series is None:
            return {}
        if len(self.repeats) < SEEDS - 1:
            return bands_of_ranges(self.ranges, self.series)
        return bands_of((self.series, *self.repeats))


MOST_NAMED = 3
_DEFAULTS = Text("as it opens")
_SEED = Text("seed {seed}")
_VALUE = notation("{label} {value}")
_AND_MORE = Text("{parts}, …")
_PLACE = Text("{unit} {update:,}")
_AT = Text("{place}: {name}")


def differing(experiment: Experiment, runs: Sequence[ShelvedRun]) -> tuple[str, ...]:
    """The names of the parameters in which runs differ, in the order of declaration.

    Parameters that only change the view are left out, and those that the form shows for none of these runs.
    """
    return tuple(
        name
        for name, field in fields_of(experiment.params_type).items()
        if field.effect != "view"
        and any(getattr(one.params, name) != getattr(runs[0].params, name) for one in runs)
        and any(one.params.shows(name) for one in runs)
    )


def names_of(experiment: Experiment, runs: Sequence[ShelvedRun]) -> tuple[Text, ...]:
    """The names of all runs, each made of the differing parameters that are not at their defaults.

    For a single run these are all parameters that are not at their defaults. If all differing ones are at their
    defaults but the run differs from the defaults elsewhere, its name has all differing parameters or, if there are
    none, all that are not at their defaults. If runs are at different updates, names say at which. A name given by the
    learner stays.
    """
    opening = ShelvedRun(experiment.params_type(), 0, 0)
    beside = list(runs) if len(runs) > 1 else [*runs, opening]
    names, seeds = differing(experiment, beside), len({one.seed for one in beside}) > 1
    made = [_name(one, opening, names, seeds and experiment.uses_seed, experiment) for one in runs]
    alike, far = len({text.render("en") for text in made}) == 1, len({one.update for one in runs}) > 1
    found = []
    for run, text in zip(runs, made, strict=True):
        if far:
            place = _PLACE(update=run.update, unit=experiment.units[0].name)
            text = place if alike else _AT(name=text, place=place)
        found.append(untranslated(run.name) if run.name else text)
    return tuple(found)


def _name(run: ShelvedRun, opening: ShelvedRun, names: Sequence[str], by_seed: bool, experiment: Experiment) -> Text:
    own = [name for name in differing(experiment, (run, opening)) if run.params.shows(name)]
    told = [name for name in names if name in own]
    if not told and not by_seed and own:
        told = [name for name in names if run.params.shows(name)] or own
    parts = []
    for name in told:
        field = field_of(type(run.params), name)
        parts.append(_VALUE(label=field.label, value=field.spell(getattr(run.params, name))))
    if by_seed:
        parts.append(_SEED(seed=run.seed))
    if not parts:
        return _DEFAULTS
    named = side_by_side(parts[:MOST_NAMED])
    return named if len(parts) <= MOST_NAMED else _AND_MORE(parts=named)
