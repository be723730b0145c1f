"""The record of a run: its kept frames, so that one can go back to one, look at it and continue from it."""

from __future__ import annotations

import dataclasses
import weakref
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import IntEnum
from operator import attrgetter
from typing import Any, Literal

from engine.contract.experiment import Unit
from engine.contract.frame import Frame, heavy_fields
from engine.contract.params import Params
from engine.contract.run import Change
from engine.contract.text import Text, enumerated, notation
from gui.run.frame_memory import FrameMemory

NEWEST_KEPT = 65
"""Number of newest entries that the open run's record always keeps: the newest and the 64 before it."""
STEPPED_KEPT = 512
MOST_COPIED = 192
"""Maximum number of entries in a copy of a record, not counting its newest one."""

_update = attrgetter("update")


class Grade(IntEnum):
    """How much an entry is worth keeping. When memory is short the lowest grade is thinned first; ``FIXED`` entries
    always stay.
    """

    PLAIN = 0
    UNIT_END = 1
    EVENT = 2
    STEPPED = 3
    RECENT = 4
    FIXED = 5


@dataclass(frozen=True, eq=False)
class TimelineEntry:
    """A kept frame with the parameters it was made with.

    ``parts`` are pairs of each unit of the experiment (update, epoch, …) and how many of it were completed.
    ``stepped``: a step ended here; ``edited``: a change was applied at this update; ``turned``: the frame's status (as
    'diverged') differs from that of the entry before.
    """

    frame: Frame
    params: Params
    parts: tuple[tuple[Unit, int], ...]
    stepped: bool = False
    edited: bool = False
    turned: bool = False

    @property
    def update(self) -> int:
        """The number of updates completed."""
        return self.frame.update

    @property
    def counts(self) -> tuple[int, ...]:
        """The number completed of each of the experiment's units, in their order."""
        return self.frame.counts

    @property
    def events(self) -> tuple[str, ...]:
        """The names of the events at this update; a completed larger unit, such as an epoch, is one of them."""
        return self.frame.events

    @property
    def label(self) -> Text:
        """How far the run was at this entry, in words, as in 'update 120 · after epoch 1'; a larger unit is named once
        one is completed.

        It says 'after', since the epoch under way, whose bar or curve is growing on the stage, is the next one.
        """
        place = [place_words(unit, count) for unit, count in self.parts[:1]]
        done = [_DONE(unit=unit.name, count=count) for unit, count in self.parts[1:] if count]
        if done:
            place.append(_AFTER(done=enumerated(done)))
        return notation(" · ".join(f"{{part{index}}}" for index in range(len(place))))(
            **{f"part{index}": part for index, part in enumerate(place)}
        )


def place_words(unit: Unit, count: int) -> Text:
    """How many of a unit were completed, in words, as in 'update 120'."""
    return _PLACE(unit=unit.name, count=count)


_PLACE = Text("{unit} {count:,}")
_DONE = Text("{unit} {count:,}", context="amount")
_AFTER = Text("after {done}")


class Timeline:
    """The kept entries of a run in the order of their updates, at most one for each update, within a memory budget
    shared with other timelines.

    ``journal`` is the run's, from which the flags are taken; whoever adds entries must keep it up to date.
    """

    def __init__(self, units: tuple[Unit, ...], budget: FrameMemory) -> None:
        self.units = units
        self.journal: tuple[Change, ...] = ()
        self._budget = budget
        self._entries: list[TimelineEntry] = []
        # Of an hour at full speed there are 200,000: 2 MB like this, 8 as a list.
        self._ticks: dict[str, array[int]] = {unit.id: array("q") for unit in units[1:]}
        self._diverged: int | None = None
        # The finalizer holds the list, so the arrays are alive while they are counted off.
        weakref.finalize(self, _let_go, budget, self._entries).atexit = False
        budget.register_idle(self)

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> tuple[TimelineEntry, ...]:
        """All kept entries, the first one first."""
        return tuple(self._entries)

    @property
    def first(self) -> TimelineEntry | None:
        """The first entry of the run; None if the record is empty."""
        return self._entries[0] if self._entries else None

    @property
    def newest(self) -> TimelineEntry | None:
        """The newest entry; None if the record is empty."""
        return self._entries[-1] if self._entries else None

    @property
    def flags(self) -> tuple[int, ...]:
        """The updates, up to the newest entry, at which a change was made that affects how the run goes on."""
        if not self._entries:
            return ()
        last, params_type = self._entries[-1].update, type(self._entries[-1].params)
        made = {one.at_update for one in self.journal if one.at_update <= last and one.steers(params_type)}
        return tuple(sorted(made))

    @property
    def diverged(self) -> int | None:
        """The update at which the run was first found to have diverged; None if it was not."""
        return self._diverged

    def ticks(self, unit: str, most: int | None = None) -> tuple[int, ...]:
        """The updates at which a larger unit, such as an epoch, was completed, whether or not an entry is kept there.

        If there are more than twice ``most``, only some of them, evenly spaced.
        """
        ticks = self._ticks[unit]
        return tuple(ticks[:: max(1, len(ticks) // most)] if most else ticks)

    def add(self, frame: Frame, params: Params, *, stepped: bool = False, edited: bool = False) -> TimelineEntry:
        """Add a frame at the end; it replaces the newest entry if that is at the same update. ValueError for an earlier
        update.
        """
        newest = self.newest
        if newest is not None and frame.update < newest.update:
            raise ValueError(f"update {frame.update} after update {newest.update}")
        again = newest is not None and frame.update == newest.update
        if newest is not None and again:
            stepped, edited, turned = stepped or newest.stepped, edited or newest.edited, newest.turned
            self._drop([len(self._entries) - 1])
        else:
            self._lighten_newest()
            turned = False
        before = self._entries[-1].frame.status if self._entries else None
        turned = turned or _kind_of(frame.status) != _kind_of(before)
        entry = TimelineEntry(
            frame, params, tuple(zip(self.units, frame.counts, strict=False)), stepped, edited, turned
        )
        self._budget.hold(frame)
        self._entries.append(entry)
        self._note(entry)
        self._budget.use(self)
        self._budget.make_room()
        return entry

    def fill_in(self, frame: Frame, params: Params, *, edited: bool = False) -> None:
        """Add a frame between the first and the newest entry, unless its update is kept already."""
        index = bisect_left(self._entries, frame.update, key=_update)
        if not 0 < index < len(self._entries) or self._entries[index].update == frame.update:
            return
        turned = _kind_of(frame.status) != _kind_of(self._entries[index - 1].frame.status)
        parts = tuple(zip(self.units, frame.counts, strict=False))
        self._budget.hold(frame)
        self._entries.insert(index, TimelineEntry(frame, params, parts, edited=edited, turned=turned))
        self._budget.use(self)

    def at(self, update: int) -> TimelineEntry | None:
        """The entry of exactly this update, if it is kept."""
        index = bisect_left(self._entries, update, key=_update)
        found = index < len(self._entries) and self._entries[index].update == update
        return self._entries[index] if found else None

    def previous(self, update: int, unit: str | None = None) -> TimelineEntry | None:
        """The last entry before ``update``; with a ``unit``, the last one at which such a unit was completed, or the
        first entry if there is none.
        """
        index = bisect_left(self._entries, update, key=_update)
        if unit is None or index == 0:
            return self._entries[index - 1] if index > 0 else None
        return next((entry for entry in reversed(self._entries[:index]) if unit in entry.events), self._entries[0])

    def place_before(self, update: int, unit: str | None = None) -> int | None:
        """The update before ``update``; with a larger ``unit`` the last earlier one at which such a unit was completed,
        or the first if there is none. No entry need be kept there. None if ``update`` is the first.
        """
        first = self.first
        if first is None or update <= first.update:
            return None
        if unit is None or unit == self.units[0].id:
            return update - 1
        index = bisect_left(self._ticks[unit], update)
        return self._ticks[unit][index - 1] if index else first.update

    def place_after(self, update: int, unit: str | None = None) -> int | None:
        """The update after ``update``; with a larger ``unit`` the next one at which such a unit was completed, or the
        newest if there is none. No entry need be kept there. None if ``update`` is the newest.
        """
        newest = self.newest
        if newest is None or update >= newest.update:
            return None
        if unit is None or unit == self.units[0].id:
            return update + 1
        index = bisect_right(self._ticks[unit], update)
        return self._ticks[unit][index] if index < len(self._ticks[unit]) else newest.update

    def next(self, update: int, unit: str | None = None) -> TimelineEntry | None:
        """The first entry after ``update``; with a ``unit``, the first one at which such a unit was completed, or the
        newest entry if there is none.
        """
        index = bisect_right(self._entries, update, key=_update)
        if unit is None or index == len(self._entries):
            return self._entries[index] if index < len(self._entries) else None
        return next((entry for entry in self._entries[index:] if unit in entry.events), self._entries[-1])

    def nearest(self, update: int) -> TimelineEntry | None:
        """The entry closest to ``update``; of two equally close ones the earlier."""
        index = bisect_left(self._entries, update, key=_update)
        around = self._entries[max(index - 1, 0) : index + 1]
        return min(around, key=lambda entry: abs(entry.update - update), default=None)

    def truncate_after(self, update: int) -> Timeline:
        """Drop all later entries and return them as a timeline, which ``bring_back`` accepts."""
        later = Timeline(self.units, self._budget)
        index = bisect_right(self._entries, update, key=_update)
        later._entries.extend(self._entries[index:])
        del self._entries[index:]
        for unit, ticks in self._ticks.items():
            place = bisect_right(ticks, update)
            later._ticks[unit] = ticks[place:]
            del ticks[place:]
        later.journal = self.journal
        self.journal = tuple(change for change in self.journal if change.at_update <= update)
        if self._diverged is not None and self._diverged > update:
            self._diverged, later._diverged = None, self._diverged
        return later

    def bring_back(self, later: Timeline) -> None:
        """Put back the entries that ``truncate_after`` dropped; ValueError if this timeline has entries at those
        updates.
        """
        if self._entries and later._entries and self._entries[-1].update >= later._entries[0].update:
            raise ValueError(f"update {later._entries[0].update} after update {self._entries[-1].update}")
        if later._entries:
            self._lighten_newest()
        self._entries.extend(later._entries)
        later._entries.clear()
        for unit, ticks in self._ticks.items():
            ticks.extend(later._ticks[unit])
        self.journal = later.journal
        self._diverged = later._diverged if self._diverged is None else self._diverged

    def copied_until(self, update: int) -> Timeline:
        """A copy up to the entry at ``update``. It shares the frames, so that these count only once.

        If there are very many entries, the copy holds a limited number spread over all, so that copying stays fast.
        ValueError if there is no entry at ``update``.
        """
        end = bisect_right(self._entries, update, key=_update)
        if not end or self._entries[end - 1].update != update:
            raise ValueError(f"update {update}: nothing is kept of it")
        stride = -(-end // MOST_COPIED)
        copy = Timeline(self.units, self._budget)
        copy._entries.extend([*self._entries[: end - 1 : stride], self._entries[end - 1]])
        for entry in copy._entries:
            self._budget.hold(entry.frame)
        for unit, ticks in self._ticks.items():
            copy._ticks[unit] = ticks[: bisect_right(ticks, update)]
        copy.journal = tuple(change for change in self.journal if change.at_update <= update)
        copy._diverged = self._diverged if self._diverged is not None and self._diverged <= update else None
        return copy

    def clear(self) -> None:
        """Drop all entries, for another run."""
        self._drop(range(len(self._entries)))
        for ticks in self._ticks.values():
            del ticks[:]
        self.journal = ()
        self._diverged = None

    def thin(self, grade: int) -> bool:
        """Drop every second entry whose grade is at most ``grade``, to free memory; False if there is none left to
        drop.
        """
        candidates = [index for index, worth in enumerate(self._grades()) if worth <= grade]
        self._drop(candidates[::2])
        return bool(candidates)

    def _grades(self) -> list[Grade]:
        size = len(self._entries)
        grades = [Grade.PLAIN] * size
        steps_kept = 0
        for index in range(size - 1, -1, -1):
            entry = self._entries[index]
            if index in (0, size - 1):
                grades[index] = Grade.FIXED
            elif index >= size - NEWEST_KEPT:
                grades[index] = Grade.RECENT
            elif entry.stepped and steps_kept < STEPPED_KEPT:
                grades[index] = Grade.STEPPED
            elif entry.edited or entry.turned:
                grades[index] = Grade.EVENT
            elif any(unit.id in entry.events for unit in self.units[1:]):
                grades[index] = Grade.UNIT_END
            steps_kept += entry.stepped
        return grades

    def _drop(self, indices: range | list[int]) -> None:
        self._budget.release([self._entries[index].frame for index in indices])
        dropped = set(indices)
        self._entries[:] = [entry for index, entry in enumerate(self._entries) if index not in dropped]

    def _lighten_newest(self) -> None:
        """Clear the newest entry's heavy fields (those filled only on request) before another entry follows: kept in
        hundreds of entries, they would take too much memory.
        """
        if not self._entries:
            return
        entry = self._entries[-1]
        heavy = heavy_fields(type(entry.frame))
        if any(getattr(entry.frame, name) is not None for name in heavy):
            without: dict[str, Any] = dict.fromkeys(heavy)
            light = dataclasses.replace(entry.frame, **without)
            self._budget.hold(light)
            self._budget.release([entry.frame])
            self._entries[-1] = dataclasses.replace(entry, frame=light)

    def _note(self, entry: TimelineEntry) -> None:
        for unit in entry.events:
            ticks = self._ticks.get(unit)
            if ticks is not None and (not ticks or ticks[-1] < entry.update):
                ticks.append(entry.update)
        if self._diverged is None and _kind_of(entry.frame.status) == "diverged":
            self._diverged = entry.update


def _kind_of(status: object) -> str | None:
    return getattr(status, "kind", None)


def _let_go(budget: FrameMemory, entries: list[TimelineEntry]) -> None:
    budget.release([entry.frame for entry in entries])


Phase = Literal["idle", "loading", "running", "stepping", "paused", "finished", "failed", "lost"]
"""``idle``: no experiment is open. ``loading``: on the way to the first frame or to an earlier update. ``running``: the
run, or the record of it, plays. ``stepping``: a step asked for is being worked on. ``paused``: waits. ``finished``:
waits at the end. ``failed``: the computation stopped with an error; only a restart helps. ``lost``: the process that
computed has ended; what it showed is still there, and ``recover`` or any step computes the run again up to there."""


@dataclass(frozen=True)
class RunState:
    """State of the runner. ``update`` and ``counts`` (completed units) belong to the entry shown; ``newest`` is the
    newest entry's update.

    ``at_newest``: the newest entry is shown, not an earlier one. ``back_is_exact``: one step back leads to the previous
    update; otherwise to the previous kept entry, since replaying would take too long.
    """

    phase: Phase = "idle"
    update: int = 0
    counts: tuple[int, ...] = ()
    newest: int = 0
    at_newest: bool = True
    full_speed: bool = False
    back_is_exact: bool = True
