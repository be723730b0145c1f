"""The run of an experiment that is open, or that was left and can be resumed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from engine.contract.experiment import Amount, Experiment
from engine.contract.frame import heavy_fields
from engine.contract.params import Params, field_of
from engine.contract.run import Run, Shelved
from gui.run.frame_memory import FrameMemory
from gui.run.mailbox import Replay, Snapshot
from gui.run.timeline import Phase, Timeline, TimelineEntry
from gui.run.worker_commands import RunHandle


@dataclass(frozen=True, eq=False)
class Memento:
    """The entries of a run's record that 'continue from here' dropped, kept for undo.

    ``run`` and ``params`` are those before the dropping; ``later`` holds the entries from update ``branched_at`` to
    update ``newest``. ``OpenRun.restore`` accepts a memento once and returns the memento for redo.
    """

    run: Run
    params: Params
    branched_at: int
    newest: int
    later: Timeline


@dataclass(eq=False)
class KeptRun:
    """A run that was replaced by another one of the same experiment, with all that is needed to resume it: its record,
    the entry shown, and its player.

    ``opening`` is where it paused first, as (index of a unit, number completed). ``seconds`` is the engine's computing
    time for it; ``asked`` are changes that were requested and not yet applied.
    """

    run: Run
    params: Params
    opening: tuple[int, int]
    playing: RunHandle
    timeline: Timeline
    shown: TimelineEntry | None
    seconds: float
    asked: dict[str, Any] = field(default_factory=dict)

    def copied_at(self, update: int) -> KeptRun:
        """A copy of the run that ends at ``update``, at which an entry must be kept."""
        return copied_at(update, self.run, self.timeline, self.opening, self.playing.experiment, self.seconds)

    def has(self, moment: Shelved) -> bool:
        """Whether a run on the shelf (pinned for comparison) is this run as it was at the pinned run's update."""
        return has_moment(moment, self.run, self.params, self.timeline)

    @property
    def went_on(self) -> bool:
        """Whether the run has gone beyond where it first paused; False for experiments that do not advance."""
        (unit, count), newest = self.opening, self.timeline.newest
        return newest is not None and bool(newest.counts) and newest.counts[unit] > count

    def forget_player(self) -> None:
        """Drop the player to save memory; if the run is resumed, its state is computed again."""
        newest = self.timeline.newest
        assert newest is not None  # a run without a record is not kept
        self.playing = RunHandle(self.playing.experiment, self.run, (0, newest.update), recording=False)


def copied_at(
    update: int, run: Run, timeline: Timeline, opening: tuple[int, int], experiment: Experiment, seconds: float
) -> KeptRun:
    """A copy of a run and its record up to ``update``, at which an entry must be kept. Its player is made only when it
    is resumed.
    """
    copy, run = timeline.copied_until(update), _cut(run, update)
    assert copy.newest is not None
    return KeptRun(
        run, copy.newest.params, opening, RunHandle(experiment, run, (0, update), recording=False), copy, None, seconds
    )


def has_moment(moment: Shelved, run: Run, params: Params, timeline: Timeline) -> bool:
    """Whether a run on the shelf (pinned for comparison) is ``run`` as it was at the pinned run's update, with the same
    changes and parameters; parameters that only change the view may differ.
    """
    newest, wanted = timeline.newest, moment.run
    return (
        newest is not None
        and newest.update >= moment.update
        and (run.seed, run.written, run.params.seen_as(wanted.params)) == (wanted.seed, wanted.written, wanted.params)
        and _cut(run, moment.update).journal == wanted.journal
        and params.seen_as(wanted.params) == wanted.params_at(moment.update)
    )


_WORKING: frozenset[Phase] = frozenset({"loading", "running", "stepping"})


class OpenRun:
    """The run of one experiment, its record and the entry shown; lives in the GUI thread.

    ``run`` is as of the newest entry; ``params`` are the parameters as last requested; ``shown`` is the earlier entry
    that is shown, None if the newest one is followed. ``view`` holds the parameters that only change what is drawn; the
    engine never gets them, and they replace those of every entry shown.
    """

    def __init__(self, experiment: Experiment, run: Run, target: tuple[int, int], budget: FrameMemory) -> None:
        self.experiment = experiment
        self._budget = budget
        self.timeline = Timeline(experiment.units, budget)
        self._is_kept = False
        self.shown: TimelineEntry | None = None
        self.view: dict[str, Any] = {}
        self._back: tuple[TimelineEntry, TimelineEntry, TimelineEntry] | None = None
        """Cache of ``_looked_at``: an earlier entry, the newest entry, and the earlier one as it is shown with the
        newest one's selections.
        """
        self.asked: dict[str, Any] = {}
        """Parameter changes (path to value) that were requested and are in no frame yet; kept because the player that
        received them may die or be left before it applies them."""
        self._phase: Phase = "loading"
        self._seconds, self._since = 0.0, perf_counter()
        self.finished = False
        self.far_to_replay: int | None = None
        """The highest update that a replay reached within its time limit before it was given up; None if none was."""
        self.number = 0
        self.heard = False
        """Whether a frame or a progress report has arrived since this start; only then may a restart follow."""
        self.begin(run, target)

    def begin(self, run: Run, target: tuple[int, int]) -> None:
        """Replace the run; the old record stays visible until the new run's first frame arrives. ``target`` is where
        the new run pauses first, as (index of a unit, number completed).
        """
        self.run = run
        self.params = run.params
        self.asked = {}
        self.opening = target
        self.playing = RunHandle(self.experiment, run, target, recording=True)
        self.fresh = True
        self.far_to_replay = None
        self._seconds, self._since = 0.0, perf_counter()

    def replay(self, run: Run, update: int) -> None:
        """Have the engine play ``run`` up to ``update``; the record of the run exists already."""
        self.run = run
        self.playing = RunHandle(self.experiment, run, (0, update), recording=False)

    @property
    def phase(self) -> Phase:
        """What the run is doing, such as "loading", "running" or "paused"."""
        return self._phase

    @phase.setter
    def phase(self, phase: Phase) -> None:
        self._seconds = self._worked()
        self._phase, self._since = phase, perf_counter()

    @property
    def is_worked_on(self) -> bool:
        """Whether the engine is computing for this run."""
        return self._phase in _WORKING

    def _worked(self) -> float:
        """For how many seconds the engine has worked on the run."""
        return self._seconds + (perf_counter() - self._since if self.is_worked_on else 0.0)

    @property
    def entry(self) -> TimelineEntry | None:
        """The entry shown, with the present values of parameters that only choose what is viewed; None before the first
        frame.
        """
        return self._seen(self.shown or self.timeline.newest)

    @property
    def newest(self) -> TimelineEntry | None:
        """The newest kept entry, with the present values of parameters that only choose what is viewed; None before the
        first frame.
        """
        return self._seen(self.timeline.newest)

    def with_view(self, params: Params) -> Params:
        """``params`` with the current values of the parameters that only change the view."""
        return params.replaced(self.view) if self.view else params

    def can_look_back(self, params: Params, name: str) -> bool:
        """Whether the live parameter ``name`` only selects what is shown and can also be applied to an earlier entry,
        without computing the run again.
        """
        newest = self.timeline.newest
        return (
            field_of(type(params), name).looks
            and not self.fresh
            and newest is not None
            and self.experiment.seen_back(newest.frame, newest.frame) is not None
        )

    def _seen(self, entry: TimelineEntry | None) -> TimelineEntry | None:
        if entry is None:
            return None
        entry = self._looked_at(entry)
        if not self.view:
            return entry
        params = self.with_view(entry.params)
        return entry if params == entry.params else dataclasses.replace(entry, params=params)

    def _looked_at(self, entry: TimelineEntry) -> TimelineEntry:
        """An earlier entry, shown with the newest entry's values of the parameters that only select what is shown."""
        newest = self.timeline.newest
        if newest is None or entry is newest or not (names := newest.params.looks_differing(entry.params)):
            return entry
        if self._back is None or self._back[:2] != (entry, newest):
            frame = self.experiment.seen_back(entry.frame, newest.frame)
            params = entry.params.replaced({name: getattr(newest.params, name) for name in names})
            seen = entry if frame is None else dataclasses.replace(entry, frame=frame, params=params)
            self._back = entry, newest, seen
        return self._back[2]

    def tell_what_is_kept(self) -> None:
        """Tell the worker which frame is the newest in the record, so that it does not send that frame again."""
        newest = self.timeline.newest
        if newest is None or self.fresh:
            return
        heavy = heavy_fields(self.experiment.frame_type)
        has_all = bool(heavy) and all(getattr(newest.frame, name) is not None for name in heavy)
        self.playing.in_record = newest.update, has_all

    def look_at(self, entry: TimelineEntry) -> None:
        """Show a kept entry; if it is the newest one, newer frames are shown as they arrive from then on."""
        self.shown = None if entry is self.timeline.newest else entry

    def is_within_reach(self, update: int) -> bool:
        """Whether an earlier update is kept, or can probably be replayed fast enough."""
        is_near = self.far_to_replay is None or update <= self.far_to_replay
        return is_near or self.timeline.at(update) is not None

    def fill_in(self, replay: Replay) -> None:
        """Add the replayed frames to the record."""
        if replay.reached < replay.update:
            self.far_to_replay = max(replay.reached, self.far_to_replay or 0)
        for snapshot in replay.snapshots:
            self.timeline.fill_in(snapshot.frame, snapshot.params, edited=snapshot.edited)

    def record(self, snapshots: list[Snapshot]) -> None:
        """Add the worker's snapshots to the record, in their order."""
        if self.fresh:
            self.fresh, self.shown = False, None
            if self._is_kept:
                self._is_kept, self.timeline = False, Timeline(self.experiment.units, self._budget)
            self.timeline.clear()
        for snapshot in snapshots:
            self.timeline.journal = snapshot.run.journal
            self.timeline.add(snapshot.frame, snapshot.params, stepped=snapshot.stepped, edited=snapshot.edited)
        self.run = snapshots[-1].run
        self.heard = True
        put_in = {change.path: change.value for change in self.run.journal}
        self.asked = {path: value for path, value in self.asked.items() if put_in.get(path) != value}

    def branch_at(self, update: int) -> Memento:
        """Drop all entries after ``update`` and their changes in the journal, and have the engine go back there.
        Returns the memento that undoes this.
        """
        memento = self._cut_at(update)
        here = memento.later.first
        assert here is not None  # the entry at ``update`` is among what was cut off
        self.replay(_cut(self.run, update), update)
        self.timeline.add(here.frame, here.params, stepped=here.stepped, edited=here.edited)
        self.timeline.journal = self.run.journal
        self.params = self.with_view(here.params)
        return memento

    def restore(self, memento: Memento) -> Memento | None:
        """Bring back the dropped entries and return those they replace; None if the run has been replaced meanwhile."""
        update = memento.branched_at
        if self.fresh or _cut(self.run, update - 1) != _cut(memento.run, update - 1):
            self.begin(memento.run, (0, memento.newest))
            self.params = memento.params
            return None
        exchanged = self._cut_at(update)
        self.timeline.bring_back(memento.later)
        self.params = self.with_view(memento.params)
        self.replay(memento.run, memento.newest)
        return exchanged

    def set_aside(self) -> KeptRun | None:
        """Return this run to be kept while another replaces it; None if it has no entries yet.

        Its record stays visible until the other run's first frame arrives.
        """
        if self.fresh or self.timeline.newest is None:
            return None
        self._is_kept = True
        return KeptRun(
            self.run, self.params, self.opening, self.playing, self.timeline, self.shown, self._worked(), self.asked
        )

    def copied(self) -> KeptRun | None:
        """A copy of the run up to the entry shown; None if no entry is shown yet."""
        entry = self.shown or self.timeline.newest
        if self.fresh or entry is None:
            return None
        run = dataclasses.replace(self.run, params=self.with_view(self.run.params))
        kept = copied_at(entry.update, run, self.timeline, self.opening, self.experiment, self._worked())
        kept.params = self.with_view(kept.params)
        return kept

    def bring_back(self, kept: KeptRun, params: Params) -> None:
        """Resume a run that was set aside, where it was left. From ``params`` only those that change the view are used,
        since they may have changed meanwhile.
        """
        if kept.playing.is_lost:
            kept.forget_player()
        self.run, self.opening, self.playing = kept.run, kept.opening, kept.playing
        self.timeline, self.shown = kept.timeline, kept.shown
        self.view = {name: getattr(params, name) for name in params.differing_by(kept.run.params, "view")}
        self.params, self.asked = params, kept.asked
        self._seconds, self._since = kept.seconds, perf_counter()
        self.fresh = self._is_kept = False

    def _cut_at(self, update: int) -> Memento:
        """Cut the record after ``update`` and return the memento, which also holds the entry at ``update``, since a
        later edit would replace that entry.
        """
        newest = self.timeline.newest
        assert newest is not None  # where something is cut off, something is kept
        later = self.timeline.truncate_after(update - 1)
        self.shown, self.asked = None, {}
        return Memento(self.run, self.params, update, newest.update, later)

    def forget_player(self) -> None:
        """Drop the player to save memory; if the run is resumed, its state is computed again."""
        newest, ahead = self.timeline.newest, self.playing.target if self.playing.recording else None
        if newest is None or self.fresh or ahead is not None:
            params, asked = self.params, self.asked
            self.begin(self.run, ahead or self.opening)
            self.params, self.asked = params, asked
        else:
            self.replay(self.run, newest.update)


def opening_of(experiment: Experiment, params: Params) -> tuple[int, int]:
    """Where a new run pauses first, as (index of a unit, how many of it are completed)."""
    return place_of(experiment, experiment.opening_for(params))


def place_of(experiment: Experiment, stop: Amount | None) -> tuple[int, int]:
    """``stop`` as (index of a unit, how many of it are completed); None means the start."""
    return (0, 0) if stop is None else (experiment.unit_ids.index(stop.unit), stop.count)


def _cut(run: Run, update: int) -> Run:
    return dataclasses.replace(run, journal=tuple(change for change in run.journal if change.at_update <= update))
