"""A pinned run: a run up to an update (its moment), the record of its frames, and its series of measures."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from engine.contract.experiment import Experiment
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.run import Shelved
from engine.contract.table import Series, series_of
from engine.shelf.shelved_run import ShelvedRun
from gui.run.open_run import KeptRun
from gui.run.timeline import TimelineEntry


class Repeat:
    """A pinned run with another seed, still to be played."""

    def __init__(self, pinned: Pinned, seed: int) -> None:
        self.pinned, self.run = pinned, dataclasses.replace(pinned.moment.run, seed=seed)


class Pinned:
    """A pinned run. ``moment`` is the run and the pinned update; ``kept`` is the run with its record up to there, None
    for a run from a file, which must be played again. ``stood`` holds its parameters and series, which stay when
    frames of the record are dropped. ``repeating`` are the runs still to be played with other seeds.
    """

    def __init__(self, moment: Shelved, kept: KeptRun | None, stood: ShelvedRun) -> None:
        self.moment, self.kept, self.stood = moment, kept, stood
        self.repeating: list[Repeat] = []
        self._seen: tuple[Params, tuple[Series, ...]] | None = None
        self.played: tuple[Params, Frame] | None = None
        """Parameters and frame at the pinned update, once a run from a file has been played."""

    @property
    def entry(self) -> TimelineEntry | None:
        """The timeline entry at the pinned update; None for a run from a file."""
        return self.kept.timeline.newest if self.kept is not None else None

    def series_seen_as(self, experiment: Experiment, params: Params) -> Sequence[Series]:
        """The run's series with the view parameters of ``params``, such as which pair of networks is chosen. If there
        is no pinned frame, the series with the run's own view parameters; () if there are none.
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
        """Set the run's name; with "" the program names it by its parameters."""
        self.moment = dataclasses.replace(self.moment, name=name)
        self.stood = dataclasses.replace(self.stood, name=name)

    def is_same_moment(self, moment: Shelved) -> bool:
        """Whether a run on the shelf is the same up to the same update; the name and parameters that only change the
        view may differ.
        """
        mine, run = self.moment, moment.run
        return (mine.update, mine.run.seed, mine.run.journal, mine.run.written) == (
            moment.update,
            run.seed,
            run.journal,
            run.written,
        ) and mine.run.params.seen_as(run.params) == run.params


def pinned_run(experiment: Experiment, kept: KeptRun) -> Pinned:
    """A ``Pinned`` of a run that was copied up to the update to be pinned."""
    entry = kept.timeline.newest
    assert entry is not None  # a run without a record is not kept
    series = series_of(experiment.main_tables(kept.params, entry.frame), experiment.measures, experiment.unit_ids)
    stood = ShelvedRun(kept.params, kept.run.seed, entry.update, series)
    return Pinned(Shelved(kept.run, entry.update), kept, stood)


def from_file(shelved: Shelved) -> Pinned:
    """A ``Pinned`` of a run from a session file; its series are missing until it has been played."""
    params = shelved.run.params_at(shelved.update)
    stood = ShelvedRun(params, shelved.run.seed, shelved.update, None, shelved.name, ranges=shelved.ranges)
    return Pinned(shelved, None, stood)
