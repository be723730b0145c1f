"""What is told of a run on the shelf: the parameters it had, its seed, how far it had come, and its figures."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.output.measure import Series
from engine.contract.output.ranges import SeedRange
from engine.contract.params import Params
from engine.shelf.repeats import SEEDS, Band, bands_of, bands_of_ranges


@dataclass(frozen=True, eq=False)
class ShelvedRun:
    """A run where it stood when it was put on the shelf.

    ``params`` are those of then, live changes included; ``series`` are its figures up to there, none of a run that
    still has to be played; ``name`` is what somebody called it, or empty. ``repeats`` are the figures with other seeds,
    as far as they were played; ``ranges`` are what a session has kept of them.
    """

    params: Params
    seed: int
    update: int
    series: tuple[Series, ...] | None = None
    name: str = ""
    repeats: tuple[tuple[Series, ...], ...] = ()
    ranges: tuple[SeedRange, ...] = ()

    def bands(self) -> dict[str, Band]:
        """The ranges of its figures over all the seeds, once every one was played; nothing before."""
        if self.series is None:
            return {}
        if len(self.repeats) < SEEDS - 1:
            return bands_of_ranges(self.ranges, self.series)
        return bands_of((self.series, *self.repeats))
