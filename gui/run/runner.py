"""The window's side of a run: open, play, step, go back, change; one Runner for the whole window."""

from __future__ import annotations

import dataclasses
import weakref
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from engine.contract.experiment import Amount, Experiment
from engine.contract.params import Params, field_of, fields_of
from engine.contract.run import Run, Shelved
from engine.contract.text import Text
from engine.networks.kept import KeptNetwork
from gui.run.background_runner import BackgroundRunner
from gui.run.display import DISPLAY_INTERVAL, Display
from gui.run.mailbox import Replay
from gui.run.open_run import KeptRun, Memento, OpenRun, has_moment, opening_of, place_of
from gui.run.timeline import TimelineEntry
from gui.run.worker_commands import RunHandle

SUSPENDED_PLAYERS = 12
"""Number of suspended experiments that keep their player; an older one is computed again when it is resumed."""
PREPARED = 2
"""Number of runs, not opened yet, that are kept computed up to their openings."""
PREPARED_WAIT = 0.02
"""Seconds for which the window waits at most for the opening of a prepared run."""
KEPT_PLAYERS = 4
"""Number of runs set aside for another of the same experiment that keep their player; older ones are computed again."""


_AT = Text("{unit} {update:,}")
_FAR = 0.1
"""If the entry shown is further from the update sought than this fraction of the run, a message says so."""
_KEPT = Text("This is {shown}: of a long run few states are kept, and {wanted} would take long to compute again.")


class Runner(Display):
    """Plays experiments on a worker thread and keeps the record of their frames.

    ``networked`` carries the answer to ``ask_network``. ``said`` carries a sentence that names the update shown, if
    that is not the one that a step or ``seek`` was meant to show. ``before_exit`` (which saves settings) is called if
    a computation does not stop within a second of ``close`` and the process must be ended.
    """

    networked = Signal(object)
    said = Signal(object)

    def __init__(self, parent: QObject | None = None, before_exit: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self._before_exit = before_exit
        self._left: dict[str, OpenRun] = {}
        self._prepared: dict[str, RunHandle] = {}
        self._kept: list[weakref.ref[KeptRun]] = []
        self._closed = False
        self._aside: BackgroundRunner | None = None
        self._record_timer.timeout.connect(self._on_record)
        self._asked: TimelineEntry | None = None
        """The entry whose network is being fetched."""
        self.engine_thread.worker.replayed.connect(self._on_replayed, Qt.ConnectionType.QueuedConnection)
        self.engine_thread.worker.networked.connect(self._on_networked, Qt.ConnectionType.QueuedConnection)
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def aside(self) -> BackgroundRunner:
        """The runner for runs played in the background, made on first use."""
        if self._aside is None:
            self._aside = BackgroundRunner(self)
            self._aside.networked.connect(self._on_networked_aside)
        return self._aside

    # Coming and going.

    def open(self, experiment: Experiment, run: Run, update: int | None = None) -> None:
        """Begin a run and pause at its opening (where a new run of the experiment first pauses) or, with ``update``,
        replay it up to that update.

        The experiment that is open is suspended; a suspended run of the new one is dropped.
        """
        self.suspend()
        self._left.pop(experiment.id, None)
        target = opening_of(experiment, run.params) if update is None else (0, update)
        self._visit = OpenRun(experiment, run, target, self._budget)
        prepared = self._prepared.pop(experiment.id, None)
        if prepared is not None and update is None and prepared.run == run and not prepared.is_lost:
            self._visit.playing = prepared
        self._launch()

    def prepare(self, experiment: Experiment, run: Run) -> None:
        """Compute a run that is likely to be opened next up to its opening, once the open run has nothing to do;
        ``open`` then shows it at once. Does nothing for an experiment that is open or suspended, or whose run uses the
        learner's code.
        """
        if self._visit is None or experiment in (self.experiment, *(one.experiment for one in self._left.values())):
            return
        former = self._prepared.pop(experiment.id, None)
        if former is not None and former.is_prepared and former.run == run:
            self._prepared[experiment.id] = former
        elif not run.written:
            playing = RunHandle(experiment, run, opening_of(experiment, run.params), recording=True)
            self._prepared[experiment.id] = playing
            for old in list(self._prepared)[:-PREPARED]:
                del self._prepared[old]
            self._control.prepare(playing)

    def show_prepared(self) -> None:
        """Show the opening of a prepared run that was opened just now, so that its page is not painted without it
        first: the worker hands it over in about a millisecond.
        """
        if self.awaits_a_frame:
            if self._opened().playing.is_prepared:
                self.engine_thread.mailbox.wait(PREPARED_WAIT)
            self._look()

    @property
    def is_preparing(self) -> bool:
        """Whether the openings of other runs are being computed."""
        return self._control.is_preparing

    def suspend(self) -> None:
        """Leave the open experiment; ``resume`` comes back to it, paused where it was."""
        visit = self._visit
        if visit is None:
            return
        self._look()
        if self._wanted is not None:
            visit.begin(self._wanted, self._wanted_target)
        if visit.is_worked_on:
            visit.phase = "paused"
        self._stop_timers()
        self.engine_thread.leave()
        self._visit, self._wanted, self._going = None, None, False
        self._left[visit.experiment.id] = visit
        for old in list(self._left.values())[:-SUSPENDED_PLAYERS]:
            old.forget_player()
        self._tell()

    def resume(self, experiment_id: str) -> bool:
        """Come back to a suspended experiment; False if there is none with this id."""
        if experiment_id not in self._left:
            return False
        visit = self._left.pop(experiment_id)
        self.suspend()
        if visit.playing.is_lost:
            visit.forget_player()
        self._visit = visit
        visit.tell_what_is_kept()
        if visit.phase != "failed":
            self._launch()
        if visit.entry is not None:
            self._show()
        return True

    @Slot()
    def close(self) -> None:
        """End the thread; a computation that does not stop within a second ends with the process."""
        if not self._closed:
            self._closed = True
            self._stop_timers()
            self._visit, self._wanted = None, None
            self._left.clear()
            self._prepared.clear()
            if self._aside is not None:
                self._aside.close()
            self.engine_thread.close(self._before_exit)

    def recover(self) -> None:
        """Compute a lost run again from its journal, up to where it was; does nothing for other runs."""
        visit = self._visit
        if visit is not None and visit.phase == "lost":
            visit.forget_player()
            self._launch()

    # Playing.

    def restart(self, run: Run | None = None) -> None:
        """Begin again with ``run`` of the same experiment, by default with the present parameters. If the old run was
        playing, the new one plays too.

        Of several restarts in a row only the last is carried out, once the worker has answered the previous start, by a
        frame or a progress report, or ``PATIENCE`` is over.
        """
        visit = self._opened()
        if run is None:
            run = dataclasses.replace(visit.run, params=visit.with_view(visit.params), journal=())
        self._begin(run, self._reopening(visit, run.params))

    def _reopening(self, visit: OpenRun, params: Params) -> tuple[int, int]:
        """Where a restarted run with these parameters pauses first, as (index of a unit, how many of it are completed):
        where the experiment's ``reopening`` says if a parameter was changed that needs a restart, else at its opening.
        """
        before, entry = visit.params, self.entry
        if params.strongest_effect(before) != "restart" or entry is None:
            return opening_of(visit.experiment, params)
        unit, reached = 0, entry.update
        if self._wanted is not None:
            unit, reached = self._wanted_target
        elif visit.phase == "loading" and visit.playing.recording:
            # A change that follows soon finds the record on its way to the place that is meant.
            unit, reached = visit.opening
        if unit:
            return opening_of(visit.experiment, params)
        return place_of(visit.experiment, visit.experiment.reopening(before, params, reached))

    def go_to(self, run: Run, stop: Amount | None) -> None:
        """Stop playing and begin another run of the same experiment, pausing after ``stop``; None means its start."""
        self.pause()
        self._begin(run, place_of(self._opened().experiment, stop))

    def set_aside(self) -> KeptRun | None:
        """Return the current run as a ``KeptRun``, so that it can be resumed after a restart has replaced it; None if
        it has no entries yet.
        """
        visit = self._visit
        if visit is None or self._wanted is not None:
            return None
        self._look()
        kept = visit.set_aside()
        if kept is not None:
            self._kept = [one for one in self._kept if one() is not None]
            self._kept.append(weakref.ref(kept))
            for old in self._kept[:-KEPT_PLAYERS]:
                if (run := old()) is not None:
                    run.forget_player()
        return kept

    def bring_back(self, kept: KeptRun, params: Params) -> None:
        """Resume a run of the open experiment that was set aside, paused at the entry that was shown.

        ``params`` are the run's own, with the current values of those that only change the view. The run that is
        replaced is dropped, unless it was set aside before.
        """
        visit = self._opened()
        self._stop_timers()
        self._look()
        self._wanted = None
        visit.bring_back(kept, params)
        visit.tell_what_is_kept()
        self._launch()
        self._show()

    def copied(self) -> KeptRun | None:
        """A copy of the open run up to the entry shown; None if no entry is shown yet."""
        visit = self._visit
        if visit is None or self._wanted is not None:
            return None
        self._look()
        return visit.copied()

    def has(self, moment: Shelved) -> bool:
        """Whether a run on the shelf (pinned for comparison) is the open run as it was at the pinned run's update, with
        the same changes and parameters; parameters that only change the view may differ.
        """
        visit = self._visit
        return (
            visit is not None
            and self._wanted is None
            and not visit.fresh
            and has_moment(moment, visit.run, visit.params, visit.timeline)
        )

    def look_at(self, entry: TimelineEntry) -> None:
        """Pause and show an entry of the open run; if it was dropped from the record, it is added again."""
        self.pause()
        timeline = self._opened().timeline
        timeline.fill_in(entry.frame, entry.params, edited=entry.edited)
        self._look_at(timeline.at(entry.update))

    def _begin(self, run: Run, target: tuple[int, int]) -> None:
        visit = self._opened()
        visit.view.clear()
        visit.params = run.params
        visit.shown = None
        self._wanted, self._wanted_target = run, target
        self._wanted_steps.clear()
        self._launch_wanted()

    def play(self) -> None:
        """Play on; if an earlier entry is shown, the kept entries after it are shown one by one first."""
        self.recover()
        visit = self._opened()
        self._moves = []
        if visit.shown is not None:
            pace = self._multiplier * self._pace().per_second
            self._record_timer.start(max(DISPLAY_INTERVAL, 0 if self._full_speed else int(1000 / pace)))
            visit.phase = "running"
        elif visit.phase not in ("finished", "failed"):
            self._going = True
            self._control.play()
            self._display_timer.start()
            visit.phase = "loading" if visit.phase == "loading" else "running"
        self._tell()

    def pause(self) -> None:
        """Pause at once, even within a long step; the last frame computed is shown."""
        visit = self._opened()
        self._record_timer.stop()
        self._going = False
        self._wanted_steps.clear()
        self._control.pause()
        if visit.phase in ("running", "stepping"):
            visit.phase = "finished" if visit.finished else "paused"
        self._tell()

    def stay_here(self) -> bool:
        """Stop a long computation up to a target; the run stays at the update that it has reached. False if there is no
        such computation.
        """
        visit = self._visit
        if visit is None or visit.phase != "loading" or not visit.playing.recording:
            return False
        self._control.stay()
        return True

    def toggle(self) -> None:
        """Play or pause."""
        if self._opened().phase in ("running", "stepping"):
            self.pause()
        else:
            self.play()

    def step(self, unit: str | None = None) -> None:
        """Advance by one ``unit`` (default: the pace's unit). If an earlier entry is shown, show the next update
        instead or, with a larger ``unit`` such as an epoch, the update at which the next one was completed.

        Several calls are queued, and the frame of each step is shown.
        """
        if self._moves:
            self._moves.append((True, unit))
            return
        self.recover()
        visit = self._opened()
        if visit.shown is not None:
            self.pause()
            self._move(visit, True, unit, visit.timeline.place_after(visit.shown.update, unit))
        elif visit.phase not in ("finished", "failed"):
            self._going, self._moves = False, []
            unit = unit or self._pace().unit
            if self._wanted is None:
                self._control.step(unit)
            else:
                self._wanted_steps.append(unit)  # they are meant for the run that is about to begin
            visit.phase = "loading" if visit.phase == "loading" else "stepping"
            self._tell()

    def back(self, unit: str | None = None) -> None:
        """Pause and show the previous update or, with a larger ``unit`` such as an epoch, the update at which the
        previous one was completed.

        If no entry is kept there, the run is replayed to it; if that takes too long, the previous kept entry is shown.
        Several calls are queued.
        """
        if self._moves:
            self._moves.append((False, unit))
            return
        entry = self.entry
        if entry is None:
            return
        self.pause()
        visit = self._opened()
        self._move(visit, False, unit, visit.timeline.place_before(entry.update, unit))

    def _move(self, visit: OpenRun, ahead: bool, unit: str | None, update: int | None) -> None:
        """Show ``update`` after a step forwards (``ahead``) or back; the run is replayed to it if no entry is kept
        there. If that is impossible or ``update`` is None, show the next kept entry in that direction.
        """
        if update is None or visit.timeline.at(update) is not None or not self._plays_again(visit, update):
            self._look_at_kept(visit, update, ahead, unit)
        else:
            self._moves = [(ahead, unit)]
            self._control.play_again(update)

    def _look_at_kept(self, visit: OpenRun, update: int | None, ahead: bool, unit: str | None) -> None:
        """Show ``update`` or, if no entry is kept there, the next kept entry in the direction of the step, and emit a
        message that says so.
        """
        entry = self.entry
        assert entry is not None  # one goes from somewhere
        found = visit.timeline.at(update) if update is not None else None
        other = visit.timeline.next if ahead else visit.timeline.previous
        self._look_at(found or other(entry.update, unit))
        shown = self.entry
        if update is not None and shown is not None and shown.update not in (update, entry.update):
            self._say_kept(visit, shown.update, update)

    def _say_kept(self, visit: OpenRun, shown: int, wanted: int) -> None:
        called = visit.experiment.units[0].name
        now, meant = (_AT(unit=called, update=one) for one in (shown, wanted))
        self.said.emit(_KEPT(shown=now, wanted=meant))

    def _plays_again(self, visit: OpenRun, update: int) -> bool:
        return self._wanted is None and visit.phase in ("paused", "finished") and visit.is_within_reach(update)

    @Slot(int, object)
    def _on_replayed(self, number: int, replay: Replay) -> None:
        """Show the replayed update, or, if the replay was given up, the nearest kept entry; then do the next queued
        step.
        """
        visit, moves = self._visit, self._moves
        if visit is None or number != visit.number or not moves:
            return
        visit.fill_in(replay)
        (ahead, unit), *later = moves
        self._look_at_kept(visit, replay.update, ahead, unit)
        for is_step, unit in later:
            (self.step if is_step else self.back)(unit)

    def ask_network(self) -> bool:
        """Pause and request the network of the frame shown, which ``networked`` then carries; None if there is none.

        Returns True for the newest frame of a run that is not working, whose network is at hand. Otherwise the run is
        computed again, which may take as long as it did before, and ``give_up_network`` cancels that.
        """
        self.pause()
        visit, self._asked = self._opened(), self.entry
        is_at_hand = visit.shown is None and visit.phase in ("paused", "finished") and self._wanted is None
        if is_at_hand:
            self._control.ask_network()
        else:
            self._play_for_network()
        return is_at_hand

    def give_up_network(self) -> None:
        """Cancel the request made by ``ask_network``; ``networked`` is not emitted for it."""
        asked, self._asked = self._asked, None
        self.aside.drop([asked])

    def _play_for_network(self) -> None:
        visit, asked = self._opened(), self._asked
        if asked is not None:
            self.aside.play(asked, visit.experiment, visit.run, asked.update, network=True)

    @Slot(int, object)
    def _on_networked(self, number: int, network: KeptNetwork | None) -> None:
        """Emit the network from the worker, if the frame that was asked about is still the one shown."""
        visit = self._visit
        if visit is None or number != visit.number or self._asked is None:
            return
        if network is not None and network.updates != self._asked.update:
            self._play_for_network()
        else:
            self._asked = None
            self.networked.emit(network)

    @Slot(object, object)
    def _on_networked_aside(self, ticket: object, network: KeptNetwork | None) -> None:
        if ticket is self._asked and ticket is not None:
            self._asked = None
            self.networked.emit(network)

    def seek(self, update: int) -> None:
        """Pause and show the kept entry closest to ``update``; if that is far from it, emit a message that says so."""
        self.pause()
        visit = self._opened()
        self._look_at(visit.timeline.nearest(update))
        shown, newest = self.entry, visit.timeline.newest
        if shown is not None and newest is not None and abs(shown.update - update) > _FAR * newest.update:
            self._say_kept(visit, shown.update, update)

    def to_newest(self) -> None:
        """Show the newest entry."""
        visit = self._opened()
        if visit.shown is not None:
            self.pause()
            self._look_at(visit.timeline.newest)

    def full_speed(self, on: bool) -> None:
        """Play as fast as the window leaves time for, or, if not ``on``, at the set pace."""
        self._full_speed = on
        self._control.set_full_speed(on)
        self._tell()

    def set_speed(self, multiplier: float | None) -> None:
        """Play ``multiplier`` times as fast as the experiment's normal pace; None: as fast as the window allows."""
        if multiplier is not None:
            self.set_pace(multiplier)
        self.full_speed(multiplier is None)

    def set_pace(self, multiplier: float) -> None:
        """Set the pace to ``multiplier`` times the experiment's normal pace, used unless at full speed; ValueError
        unless it is positive.
        """
        if not multiplier > 0:
            raise ValueError(f"pace {multiplier}: must be positive")
        self._multiplier = multiplier
        self._apply_pace()

    @Slot()
    def _on_record(self) -> None:
        """Show the next kept entry while kept entries are shown one by one; after the newest, let the run play on."""
        visit = self._opened()
        if visit.shown is not None:
            self._look_at(visit.timeline.next(visit.shown.update))
        if visit.shown is None:
            self._record_timer.stop()
            visit.phase = "finished" if visit.finished else "paused"
            self.play()

    # Changing.

    def apply(self, params: Params) -> Memento | None:
        """Change the parameters to ``params``. Depending on the fields that differ, this restarts the run, changes it
        while it goes on, or only changes what is drawn.

        Returns the memento of dropped entries as ``change`` does, None if there is none.
        """
        visit = self._opened()
        before = visit.params
        if params.strongest_effect(before) == "restart":
            self.restart(dataclasses.replace(visit.run, params=params, journal=()))
            return None
        mementos = [self.change(name, getattr(params, name)) for name in params.differing(before)]
        return next((memento for memento in mementos if memento is not None), None)

    def change(self, path: str, value: Any) -> Memento | None:
        """Apply a live change of a parameter, or an edit by hand: at once if paused, else before the next update.

        A parameter that only changes the view is drawn without the engine. If an earlier entry is shown, the run
        continues from there, except where ``looks_back_by`` is True; the memento returned can bring back the entries
        that were dropped. ``Refused`` for a value that is not allowed, ValueError for a parameter that needs a restart.
        """
        visit = self._opened()
        field = None
        if path in fields_of(type(visit.params)):
            field = field_of(type(visit.params), path)
            if field.effect == "restart":
                raise ValueError(f"{path} begins the run again: apply or restart")
            changed = visit.params.replaced({path: value})
            if field.effect == "view":
                visit.params = changed
                visit.view[path] = getattr(changed, path)
                self._show()
                return None
            value = field.to_json(getattr(changed, path))
        # What is only looked at drops nothing, wherever one looks.
        memento = None if self.looks_back_by(path) else self.continue_from_here()
        self.recover()
        if field is not None:
            visit.params = visit.params.replaced({path: field.from_json(value)})
        if self._wanted is None:
            if field is not None:
                visit.asked = {**visit.asked, path: value}
            self._control.change(path, value)
        elif field is not None:  # the run that is about to begin has it from its start
            self._wanted = dataclasses.replace(self._wanted, params=visit.params)
        return memento

    def looks_back_by(self, name: str) -> bool:
        """Whether a change of the live parameter ``name`` only selects what is shown, and earlier entries can be shown
        with it too, so that none need be dropped.
        """
        visit = self._visit
        if visit is None or name not in fields_of(type(visit.params)):
            return False
        return self._wanted is None and visit.can_look_back(visit.params, name)

    def continue_from_here(self) -> Memento | None:
        """Drop the entries after the one shown, and their changes in the journal. Returns the memento that brings them
        back, None if the newest entry is shown.
        """
        visit = self._opened()
        if visit.shown is None:
            return None
        self._stop_timers()
        self._look()
        memento = visit.branch_at(visit.shown.update)
        self._launch()
        return memento

    def restore(self, memento: Memento) -> Memento | None:
        """Bring back the entries that ``continue_from_here`` dropped; returns the memento for redo."""
        visit = self._opened()
        self._stop_timers()
        self._look()
        self._wanted = None
        exchanged = visit.restore(memento)
        self._launch()
        if not visit.fresh:
            self._show()
        return exchanged
