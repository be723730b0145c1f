"""The window's side of a run: open, play, step, go back, change; one Runner for the whole window."""

from __future__ import annotations

import dataclasses
import weakref
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

from engine.contract.experiment import Amount, Experiment
from engine.contract.params import Params, field_of, fields_of
from engine.contract.run.run import Run, Shelved
from engine.networks.kept import KeptNetwork
from gui.run.background_runner import BackgroundRunner
from gui.run.display import DISPLAY_INTERVAL, Display
from gui.run.mailbox import Replay
from gui.run.open_run import KeptRun, Memento, OpenRun, has_moment, opening_of, place_of
from gui.run.timeline import TimelineEntry

SUSPENDED_PLAYERS = 12
"""So many experiments that were left keep their state; the others are computed again when one comes back."""
KEPT_PLAYERS = 4
"""So many runs that others have taken the place of keep their state; the rest are computed again."""


class Runner(Display):
    """Plays experiments on a thread of its own and keeps the record of what they showed.

    ``networked`` carries what ``ask_network`` asked for. ``before_exit`` is called (to save settings) should a
    computation not stop within a second of ``close``, when nothing but ending the process is left.
    """

    networked = Signal(object)

    def __init__(self, parent: QObject | None = None, before_exit: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self._before_exit = before_exit
        self._left: dict[str, OpenRun] = {}
        self._kept: list[weakref.ref[KeptRun]] = []
        self._closed = False
        self._aside: BackgroundRunner | None = None
        self._record_timer.timeout.connect(self._on_record)
        self._asked: TimelineEntry | None = None
        """The entry whose network is being fetched."""
        self._thread.worker.replayed.connect(self._on_replayed, Qt.ConnectionType.QueuedConnection)
        self._thread.worker.networked.connect(self._on_networked, Qt.ConnectionType.QueuedConnection)
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self.close)

    @property
    def aside(self) -> BackgroundRunner:
        """Plays runs beside the one that is open, until the runner is closed."""
        if self._aside is None:
            self._aside = BackgroundRunner(self)
            self._aside.networked.connect(self._on_networked_aside)
        return self._aside

    # Coming and going.

    def open(self, experiment: Experiment, run: Run, update: int | None = None) -> None:
        """Begin a run and wait at its opening, or with ``update`` replay it up to there.

        Another experiment that is open is suspended; an earlier visit to this one is forgotten.
        """
        self.suspend()
        self._left.pop(experiment.id, None)
        target = opening_of(experiment, run.params) if update is None else (0, update)
        self._visit = OpenRun(experiment, run, target, self._budget)
        self._launch()

    def suspend(self) -> None:
        """Leave the experiment that is open; ``resume`` comes back to it, paused where it was."""
        visit = self._visit
        if visit is None:
            return
        self._look()
        if self._wanted is not None:
            visit.begin(self._wanted, self._wanted_target)
        if visit.is_worked_on:
            visit.phase = "paused"
        self._stop_timers()
        self._thread.leave()
        self._visit, self._wanted, self._going = None, None, False
        self._left[visit.experiment.id] = visit
        for old in list(self._left.values())[:-SUSPENDED_PLAYERS]:
            old.forget_player()
        self._tell()

    def resume(self, experiment_id: str) -> bool:
        """Come back to an experiment that was left; False if there is none of this id to come back to."""
        if experiment_id not in self._left:
            return False
        visit = self._left.pop(experiment_id)
        self.suspend()
        if visit.playing.is_lost:
            visit.forget_player()
        self._visit = visit
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
            if self._aside is not None:
                self._aside.close()
            self._thread.close(self._before_exit)

    def recover(self) -> None:
        """Compute the run again, from its journal, up to where it was lost; nothing if it is not lost."""
        visit = self._visit
        if visit is not None and visit.phase == "lost":
            visit.forget_player()
            self._launch()

    # Playing.

    def restart(self, run: Run | None = None) -> None:
        """Begin again, with another run of the same experiment or the present parameters; what plays goes on playing.

        The newest of several wins; it follows as soon as the first frame of the last start was taken.
        """
        visit = self._opened()
        if run is None:
            run = dataclasses.replace(visit.run, params=visit.with_view(visit.params), journal=())
        self._begin(run, self._reopening(visit, run.params))

    def _reopening(self, visit: OpenRun, params: Params) -> tuple[int, int]:
        """Where a run with these parameters waits: at its opening, unless a change begins it anew at another place."""
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
        """Begin another run of the same experiment, and wait where so many of a unit are completed; None is its start.

        Nothing goes on playing.
        """
        self.pause()
        self._begin(run, place_of(self._opened().experiment, stop))

    def set_aside(self) -> KeptRun | None:
        """Keep the run that a restart is about to take the place of; None where there is nothing of it yet."""
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
        """Take up a run of the open experiment that was set aside, paused where one looked at it.

        ``params`` are as asked for now: those of the run, but for what is only looked at. What stands in its place is
        gone, unless it is set aside before.
        """
        visit = self._opened()
        self._stop_timers()
        self._look()
        self._wanted = None
        visit.bring_back(kept, params)
        self._launch()
        self._show()

    def copied(self) -> KeptRun | None:
        """The run that is open up to what is looked at, to be come back to; None where there is nothing of it yet."""
        visit = self._visit
        if visit is None or self._wanted is not None:
            return None
        self._look()
        return visit.copied()

    def has(self, moment: Shelved) -> bool:
        """Whether the moment lies in the run that is open, and nothing was set differently since."""
        visit = self._visit
        return (
            visit is not None
            and self._wanted is None
            and not visit.fresh
            and has_moment(moment, visit.run, visit.params, visit.timeline)
        )

    def look_at(self, entry: TimelineEntry) -> None:
        """To an entry of the run that is open, which is kept again if it was not any more; pauses."""
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
        """Go on; scrubbed back, show the record first."""
        self.recover()
        visit = self._opened()
        self._backs = []
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
        """Stand still, in the middle of a long step too; the last frame is shown."""
        visit = self._opened()
        self._record_timer.stop()
        self._going = False
        self._wanted_steps.clear()
        self._control.pause()
        if visit.phase in ("running", "stepping"):
            visit.phase = "finished" if visit.finished else "paused"
        self._tell()

    def stay_here(self) -> bool:
        """Stay at what is reached on a long way to a place; False where nothing is on such a way."""
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
        """One step of ``unit`` (the pace's unit if none is named); scrubbed back, the next one of the record.

        Steps wait for one another, and each one's frame is shown.
        """
        self.recover()
        visit = self._opened()
        if visit.shown is not None:
            self.pause()
            self._look_at(visit.timeline.next(visit.shown.update, unit))
        elif visit.phase not in ("finished", "failed"):
            self._going, self._backs = False, []
            unit = unit or self._pace().unit
            if self._wanted is None:
                self._control.step(unit)
            else:
                self._wanted_steps.append(unit)  # they are meant for the run that is about to begin
            visit.phase = "loading" if visit.phase == "loading" else "stepping"
            self._tell()

    def back(self, unit: str | None = None) -> None:
        """To the update before, or to the last before at which a ``unit`` ended; pauses.

        Where that is not kept it is played again, which takes a moment, or else the kept entry before is shown. Steps
        back wait for one another.
        """
        if self._backs:
            self._backs.append(unit)
            return
        entry = self.entry
        if entry is None:
            return
        self.pause()
        visit = self._opened()
        update = visit.timeline.place_before(entry.update, unit)
        if update is None or visit.timeline.at(update) is not None or not self._plays_again(visit, update):
            self._look_at(visit.timeline.previous(entry.update, unit))
        else:
            self._backs = [unit]
            self._control.play_again(update)

    def _plays_again(self, visit: OpenRun, update: int) -> bool:
        return self._wanted is None and visit.phase in ("paused", "finished") and visit.is_within_reach(update)

    @Slot(int, object)
    def _on_replayed(self, number: int, replay: Replay) -> None:
        """Show the update that was asked for, or where it took too long the kept one before; then go on back."""
        visit, backs = self._visit, self._backs
        if visit is None or number != visit.number or not backs:
            return
        visit.fill_in(replay)
        entry = self.entry
        assert entry is not None  # one goes back from somewhere
        self._look_at(visit.timeline.at(replay.update) or visit.timeline.previous(entry.update, backs[0]))
        for unit in backs[1:]:
            self.back(unit)

    def ask_network(self) -> bool:
        """Have ``networked`` tell the network of the frame that is shown, None where it cannot be had; pauses.

        At the newest frame it is there at once. That of an earlier one is computed again, which may take as long as it
        took before: then the answer is False, and ``give_up_network`` ends it.
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
        """Wait no more for a network that was asked for."""
        asked, self._asked = self._asked, None
        self.aside.drop([asked])

    def _play_for_network(self) -> None:
        visit, asked = self._opened(), self._asked
        if asked is not None:
            self.aside.play(asked, visit.experiment, visit.run, asked.update, network=True)

    @Slot(int, object)
    def _on_networked(self, number: int, network: KeptNetwork | None) -> None:
        """The network of where the run stands: that of the frame that was shown, unless it has gone on."""
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
        """To the kept entry that is closest; pauses."""
        self.pause()
        self._look_at(self._opened().timeline.nearest(update))

    def to_newest(self) -> None:
        """To where the run stands."""
        visit = self._opened()
        if visit.shown is not None:
            self.pause()
            self._look_at(visit.timeline.newest)

    def full_speed(self, on: bool) -> None:
        """Play as fast as the window leaves time for, or at the pace."""
        self._full_speed = on
        self._control.set_full_speed(on)
        self._tell()

    def set_speed(self, multiplier: float | None) -> None:
        """Play so many times faster than the normal pace; None is as fast as the window leaves time for."""
        if multiplier is not None:
            self.set_pace(multiplier)
        self.full_speed(multiplier is None)

    def set_pace(self, multiplier: float) -> None:
        """Play so many times faster than the experiment's normal pace; ValueError unless it is positive."""
        if not multiplier > 0:
            raise ValueError(f"pace {multiplier}: must be positive")
        self._multiplier = multiplier
        self._apply_pace()

    @Slot()
    def _on_record(self) -> None:
        """Show the next entry of the record; after the newest the run itself goes on."""
        visit = self._opened()
        if visit.shown is not None:
            self._look_at(visit.timeline.next(visit.shown.update))
        if visit.shown is None:
            self._record_timer.stop()
            visit.phase = "finished" if visit.finished else "paused"
            self.play()

    # Changing.

    def apply(self, params: Params) -> Memento | None:
        """Go over to ``params`` as far as they differ: restart, live change or only another view, as declared.

        The memento, as with ``change``, is of what was dropped.
        """
        visit = self._opened()
        before = visit.params
        if params.strongest_effect(before) == "restart":
            self.restart(dataclasses.replace(visit.run, params=params, journal=()))
            return None
        mementos = [self.change(name, getattr(params, name)) for name in params.differing(before)]
        return next((memento for memento in mementos if memento is not None), None)

    def change(self, path: str, value: Any) -> Memento | None:
        """Put a live change or an edit by hand in: at once when paused, before the next update otherwise.

        A parameter that only changes what is shown is drawn anew without the engine. Scrubbed back, the run continues
        from there; the memento can bring back what was dropped. ``Refused`` for a value that is not allowed,
        ValueError for a parameter that asks for a restart.
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
        memento = self.continue_from_here()
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

    def continue_from_here(self) -> Memento | None:
        """Drop what comes after the entry shown, from the journal too; None if it is the newest."""
        visit = self._opened()
        if visit.shown is None:
            return None
        self._stop_timers()
        self._look()
        memento = visit.branch_at(visit.shown.update)
        self._launch()
        return memento

    def restore(self, memento: Memento) -> Memento | None:
        """Bring back what ``continue_from_here`` dropped; the result undoes this, if the run is still the same."""
        visit = self._opened()
        self._stop_timers()
        self._look()
        self._wanted = None
        exchanged = visit.restore(memento)
        self._launch()
        if not visit.fresh:
            self._show()
        return exchanged
