"""A run on the shelf as the window holds it: the moment that was pinned, its record, and what is told of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from engine.contract.experiment import Experiment
from engine.contract.output.frame import Frame
from engine.contract.output.measure import Series, series_of
from engine.contract.params import Params
from engine.contract.run.run import Shelved
from engine.shelf.shelved_run import ShelvedRun
from gui.run.open_run import KeptRun
from gui.run.timeline import TimelineEntry


class Repeat:
    """The same run with another seed, which is still to be played."""

    def __init__(self, pinned: Pinned, seed: int) -> None:
        self.pinned, self.run = pinned, dataclasses.replace(pinned.moment.run, seed=seed)


class Pinned:
    """``kept`` is the run up to the pinned moment, with its record; of one that came from a file there is none, and it
    is played anew. Its figures stay when the frames of the record give way to others. ``repeating`` is what is still to
    be played of it with other seeds.
    """

    def __init__(self, moment: Shelved, kept: KeptRun | None, stood: ShelvedRun) -> None:
        self.moment, self.kept, self.stood = moment, kept, stood
        self.repeating: list[Repeat] = []
        self._seen: tuple[Params, tuple[Series, ...]] | None = None
        self.played: tuple[Params, Frame] | None = None
        """The pinned moment, once it was played anew."""

    @property
    def entry(self) -> TimelineEntry | None:
        """The pinned entry."""
        return self.kept.timeline.newest if self.kept is not None else None

    def series_seen_as(self, experiment: Experiment, params: Params) -> Sequence[Series]:
        """Its figures where what is only looked at is as in these parameters, such as the pair of networks that is
        chosen; those of its own where its frame is not there.
        """
        seen = self.stood.params.seen_as(params)
        if seen == self.stood.params:
            return self.stood.series or ()
        frame = self.entry.frame if self.entry is not None else self.played[1] if self.played is not None else None
        if frame is None:
            return self.stood.series or ()
        if self._seen is None or self._seen[0] != seen:
            tables = experiment.main_tables(seen, frame)
            self._seen = seen, series_of(tables, experiment.measures, experiment.unit_ids)
        return self._seen[1]

    def rename(self, name: str) -> None:
        """Call it by this name; empty has the program name it."""
        self.moment = dataclasses.replace(self.moment, name=name)
        self.stood = dataclasses.replace(self.stood, name=name)

    def is_same_moment(self, moment: Shelved) -> bool:
        """Whether another moment is this one, whatever it is called and whatever is looked at in it."""
        mine, run = self.moment, moment.run
        return (mine.update, mine.run.seed, mine.run.journal, mine.run.written) == (
            moment.update,
            run.seed,
            run.journal,
            run.written,
        ) and mine.run.params.seen_as(run.params) == run.params


def pinned_run(experiment: Experiment, kept: KeptRun) -> Pinned:
    """What is put on the shelf of a run that is kept up to a moment of it."""
    entry = kept.timeline.newest
    assert entry is not None  # a run without a record is not kept
    series = series_of(experiment.main_tables(kept.params, entry.frame), experiment.measures, experiment.unit_ids)
    stood = ShelvedRun(kept.params, kept.run.seed, entry.update, series)
    return Pinned(Shelved(kept.run, entry.update), kept, stood)


def from_file(shelved: Shelved) -> Pinned:
    """What a session tells of a run on its shelf; its figures follow when it was played."""
    params = shelved.run.params_at(shelved.update)
    stood = ShelvedRun(params, shelved.run.seed, shelved.update, None, shelved.name, ranges=shelved.ranges)
    return Pinned(shelved, None, stood)
