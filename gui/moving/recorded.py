"""The run that is shown, with what is kept of it, as a moving picture is made of it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from engine.contract.experiment import Unit
from engine.contract.output.frame import Frame
from engine.contract.params import Params
from engine.contract.run.run import Run, Shelved
from gui.export.moving.order import Order
from gui.export.moving.wanted import MovingPicture, sampled
from gui.run.timeline import Timeline, TimelineEntry


@dataclass(frozen=True)
class Recorded:
    """A ``run`` with its record; ``params`` say how what is only looked at is set now."""

    run: Run
    timeline: Timeline
    params: Params
    shelf: tuple[Shelved, ...] = ()

    @property
    def unit(self) -> Unit:
        """What one update is called."""
        return self.timeline.units[0]

    @property
    def first(self) -> int:
        """The update at which the record begins."""
        return self.timeline.first.update if self.timeline.first is not None else 0

    @property
    def last(self) -> int:
        """The update that the run has come to."""
        return self.timeline.newest.update if self.timeline.newest is not None else 0

    def order(self, wanted: MovingPicture, suffix: str, language: str, path: str, when: str) -> Order:
        """The picture itself, to be written; what is kept of its places goes with it.

        The learner's own code plays in the window's process only: of a run with such code there are the places that
        are kept, each the nearest.
        """
        updates = [place.update for place in wanted.places()]
        find = self.timeline.nearest if self.run.written else self.timeline.at
        found = {update: find(update) for update in updates}
        kept = {update: self._seen(entry) for update, entry in found.items() if entry is not None}
        return Order(self._plain_run(), wanted, suffix, kept, language, path=path, when=when, shelf=self.shelf)

    def sample(self, wanted: MovingPicture, suffix: str, language: str) -> Order:
        """How large it will be, by a few of its places: as they are kept, else by what is kept nearest, unless they are
        played again in a moment.
        """
        places = wanted.places()
        kept: dict[int, tuple[Params, Frame]] = {}
        near: dict[int, tuple[Params, Frame]] = {}
        before: TimelineEntry | None = None
        for number in sampled(len(places)):
            update = places[number].update
            exact, entry = self.timeline.at(update), self.timeline.nearest(update)
            if entry is before and entry is not None:
                # What one frame adds to another is seen of two only.
                entry = self.timeline.next(entry.update) or self.timeline.previous(entry.update)
            before = exact or entry
            if before is not None:
                (kept if exact is not None or self.run.written else near)[update] = self._seen(before)
        return Order(self._plain_run(), wanted, suffix, kept, language, near=near)

    def _seen(self, entry: TimelineEntry) -> tuple[Params, Frame]:
        return entry.params.seen_as(self.params), entry.frame

    def _plain_run(self) -> Run:
        return dataclasses.replace(self.run, written=())
