"""A run with its frames that are still in memory, as input for a moving picture."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from engine.contract.experiment import Unit
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.run import Run, Shelved
from gui.export.moving.order import Order
from gui.export.moving.wanted import MovingPicture, sampled
from gui.run.timeline import Timeline, TimelineEntry


@dataclass(frozen=True)
class Recorded:
    """A ``run`` with the frames kept in its ``timeline``; ``params`` has the current values of the view parameters,
    which every frame is shown with. ``shelf`` are the runs pinned for comparison.
    """

    run: Run
    timeline: Timeline
    params: Params
    shelf: tuple[Shelved, ...] = ()

    @property
    def unit(self) -> Unit:
        """The unit in which one update is counted."""
        return self.timeline.units[0]

    @property
    def first(self) -> int:
        """The first update kept in the timeline."""
        return self.timeline.first.update if self.timeline.first is not None else 0

    @property
    def last(self) -> int:
        """The newest update kept in the timeline."""
        return self.timeline.newest.update if self.timeline.newest is not None else 0

    def order(self, wanted: MovingPicture, suffix: str, language: str, path: str, when: str) -> Order:
        """An order to write the moving picture, with the kept frames that it needs.

        The process that draws does not run a learner's code: for a run with such code, nothing is played again, and the
        nearest kept frames are used.
        """
        updates = [place.update for place in wanted.places()]
        find = self.timeline.nearest if self.run.written else self.timeline.at
        found = {update: find(update) for update in updates}
        kept = {update: self._seen(entry) for update, entry in found.items() if entry is not None}
        return Order(self._plain_run(), wanted, suffix, kept, language, path=path, when=when, shelf=self.shelf)

    def sample(self, wanted: MovingPicture, suffix: str, language: str) -> Order:
        """An order to estimate the file size from a few frames: kept ones, or replayed ones if that is fast."""
        places = wanted.places()
        kept: dict[int, tuple[Params, Frame]] = {}
        near: dict[int, tuple[Params, Frame]] = {}
        before: TimelineEntry | None = None
        for number in sampled(len(places)):
            update = places[number].update
            exact, entry = self.timeline.at(update), self.timeline.nearest(update)
            if entry is before and entry is not None:
                # Two different frames are needed to see how many bytes one adds to the other.
                entry = self.timeline.next(entry.update) or self.timeline.previous(entry.update)
            before = exact or entry
            if before is not None:
                (kept if exact is not None or self.run.written else near)[update] = self._seen(before)
        return Order(self._plain_run(), wanted, suffix, kept, language, near=near)

    def _seen(self, entry: TimelineEntry) -> tuple[Params, Frame]:
        return entry.params.seen_as(self.params), entry.frame

    def _plain_run(self) -> Run:
        return dataclasses.replace(self.run, written=())
