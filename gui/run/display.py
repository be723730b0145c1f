"""Receives the worker's frames, keeps them in the record and shows them at the display's refresh rate."""

from __future__ import annotations

import dataclasses
import logging
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from engine.contract.experiment import Experiment, Pace
from engine.contract.params import Params
from engine.contract.protocol import Progress
from engine.contract.run import Run
from engine.contract.text import Text
from gui.run.collecting import Collecting
from gui.run.frame_memory import FrameMemory
from gui.run.mailbox import Mailbox, Snapshot
from gui.run.open_run import OpenRun
from gui.run.paint_priority import PaintPriority, shorten_switch_interval
from gui.run.player_factory import PlayerFactory
from gui.run.timeline import Phase, RunState, Timeline, TimelineEntry
from gui.run.worker import Worker
from gui.run.worker_commands import NOBODY, RunHandle, WorkerCommands

LAST_WAIT = 1000
"""Milliseconds that closing waits for the worker."""

_log = logging.getLogger(__name__)


class EngineThread(QObject):
    """Owns the worker and its thread; lives in the GUI thread. Connect to ``worker``'s signals with queued slots."""

    _started = Signal(object, int)

    def __init__(self, parent: QObject, is_busy: Callable[[], bool]) -> None:
        super().__init__(parent)
        shorten_switch_interval()
        self._collecting = Collecting(is_busy, self)
        self._collecting.begin()
        self.gate = PaintPriority()
        self.control = WorkerCommands()
        self.mailbox = Mailbox(self.control.condition)
        self.players = PlayerFactory(self.control.condition)
        self.worker = Worker(self.control, self.mailbox, self.gate, self.players)
        self._numbers = NOBODY
        self._thread = QThread()
        self._thread.setObjectName("engine")
        self.worker.moveToThread(self._thread)
        self._started.connect(self.worker.start, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def launch(self, playing: RunHandle, going: bool) -> int:
        """Replace the worker's run by ``playing``, which plays on past its target if ``going``; returns the number of
        this launch, by which the worker's signals name the run.
        """
        if self.players.must_start_for(playing.experiment):
            # The gate opens when the event loop has painted what is there to be painted.
            with self.gate.drawing():
                pass
        self._numbers += 1
        self.control.begin(self._numbers, going)
        self._started.emit(playing, self._numbers)
        return self._numbers

    def leave(self) -> None:
        """Make the worker stop playing the current run, which keeps its state."""
        self.control.cancel()
        self.gate.open()

    def close(self, before_exit: Callable[[], None] | None) -> None:
        """End the thread. If a computation does not stop within a second, call ``before_exit`` and end the whole
        process.
        """
        self.leave()
        self.players.hang_up()
        self._thread.quit()
        if self._thread.wait(LAST_WAIT):
            self.players.close()
            self._collecting.end()
            return
        if before_exit is not None:
            before_exit()
        _log.warning("a computation did not stop within %d ms; the process ends without it", LAST_WAIT)
        logging.shutdown()
        # A thread that is alive when Qt is torn down would abort the process with an error.
        os._exit(0)


DISPLAY_INTERVAL = 16
"""Milliseconds between two readings of the mailbox, from which frames are drawn, while a run plays."""
DEFAULT_PACE = 4.0
PATIENCE = 4_000
"""Milliseconds for which a restart waits for the worker's answer to the previous start; then it begins without it."""


class Display(QObject):
    """The half of ``Runner`` that receives the worker's results; the other half sends the commands.

    ``frame_changed`` carries the timeline entry to show, the newest one or an earlier one; the worker pauses until the
    slots connected to it have painted. ``progressed`` carries a ``Progress``, ``failed`` a ``Text`` and a traceback.
    ``lost`` is emitted when the computing process died; it carries whether another process can be started.
    """

    frame_changed = Signal(object)
    state_changed = Signal()
    progressed = Signal(object)
    failed = Signal(object, str)
    lost = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._budget = FrameMemory()
        self._visit: OpenRun | None = None
        self._wanted: Run | None = None
        self._wanted_target = (0, 0)
        self._wanted_steps: list[str] = []
        self._moves: list[tuple[bool, str | None]] = []
        self._going = False
        self._rested_at = -1
        self._multiplier = 1.0
        self._full_speed = False
        self._drawn_at = 0.0
        self._told = RunState()
        self._display_timer = self._timer(DISPLAY_INTERVAL)
        self._display_timer.timeout.connect(self._on_display)
        self._record_timer = self._timer(DISPLAY_INTERVAL)
        self._patience_timer = self._timer(PATIENCE)
        self._patience_timer.setSingleShot(True)
        self._patience_timer.timeout.connect(self._wait_no_longer)
        self.engine_thread = EngineThread(self, self._is_busy)
        self._control = self.engine_thread.control
        worker, queued = self.engine_thread.worker, Qt.ConnectionType.QueuedConnection
        worker.posted.connect(self._on_posted, queued)
        worker.rested.connect(self._on_rested, queued)
        worker.progressed.connect(self._on_progressed, queued)
        worker.failed.connect(self._on_failed, queued)
        worker.lost.connect(self._on_lost, queued)

    @property
    def experiment(self) -> Experiment | None:
        """The open experiment; None if there is none."""
        return self._visit.experiment if self._visit else None

    @property
    def run(self) -> Run | None:
        """The open run with all changes made so far, as it is saved when the program ends; None if none is open."""
        visit = self._visit
        return dataclasses.replace(visit.run, params=visit.with_view(visit.run.params)) if visit else None

    @property
    def params(self) -> Params | None:
        """The parameters of the entry shown; if that is the newest, including changes that are not yet applied."""
        visit = self._visit
        if visit is None:
            return None
        return visit.with_view(visit.shown.params if visit.shown else visit.params)

    @property
    def entry(self) -> TimelineEntry | None:
        """The entry that is shown; None until the first frame is there."""
        return self._visit.entry if self._visit else None

    @property
    def newest(self) -> TimelineEntry | None:
        """The newest entry, shown or not; None until the first frame is there."""
        return self._visit.newest if self._visit else None

    @property
    def timeline(self) -> Timeline | None:
        """The kept frames of the open run; None if none is open."""
        return self._visit.timeline if self._visit else None

    def _is_busy(self) -> bool:
        return self.is_running

    @property
    def is_running(self) -> bool:
        """Whether the run, or the replay of its record, is playing."""
        return self._visit is not None and self._visit.phase == "running"

    @property
    def awaits_a_frame(self) -> bool:
        """Whether a run has begun but its first frame has not arrived."""
        return self._visit is not None and self._visit.phase == "loading" and self._visit.fresh

    @property
    def is_settled(self) -> bool:
        """Whether all commands have been carried out and the last frame has been shown."""
        visit = self._visit
        return visit is None or visit.phase in ("failed", "lost") or self._rested_at == self._control.serial

    @property
    def state(self) -> RunState:
        """The state of the run and of the entry shown."""
        visit = self._visit
        if visit is None:
            return RunState(full_speed=self._full_speed)
        # Asked for several times a frame: of what is looked at only the frame counts, whatever else changes the look.
        phase, shown, newest = visit.phase, visit.shown, visit.timeline.newest
        entry = shown or newest
        frame = entry.frame if entry else None
        return RunState(
            phase="paused" if phase == "finished" and shown else phase,
            update=frame.update if frame else 0,
            counts=frame.counts if frame else (0,) * len(visit.experiment.units),
            newest=newest.frame.update if newest else 0,
            at_newest=shown is None,
            full_speed=self._full_speed,
            back_is_exact=visit.is_within_reach(frame.update - 1) if frame else True,
        )

    def drawing(self) -> AbstractContextManager[None]:
        """Context manager that makes the worker wait until what is drawn inside it has been painted."""
        return self.engine_thread.gate.drawing()

    # What arrives.

    @Slot()
    def _on_posted(self) -> None:
        """Show the newest frame: at once, or, if something was drawn a moment ago, when the display timer fires."""
        if perf_counter() - self._drawn_at > 0.75 * DISPLAY_INTERVAL / 1000:
            self._look()
        elif not self._display_timer.isActive():
            self._display_timer.start()

    @Slot(int, int, bool)
    def _on_rested(self, number: int, serial: int, finished: bool) -> None:
        visit = self._visit
        if visit is None or number != visit.number:
            return
        self._look()
        if number != visit.number or serial != self._control.serial:
            return  # there are newer orders, it will rest again
        self._going = False
        self._rested_at = serial
        visit.heard, visit.finished = True, finished
        if visit.timeline.newest is not None:
            visit.params = visit.with_view(visit.timeline.newest.params)
        if not self._record_timer.isActive():
            visit.phase = "finished" if finished else "paused"
        self._tell()
        self._launch_wanted()

    @Slot(int, object)
    def _on_progressed(self, number: int, progress: Progress) -> None:
        if self._visit is not None and number == self._visit.number:
            self._visit.heard = True
            self.progressed.emit(progress)
            self._launch_wanted()

    @Slot(int, object, str)
    def _on_failed(self, number: int, text: Text, trace: str) -> None:
        if self._has_stopped(number, "failed"):
            # It may be a change that failed.
            self._opened().asked = {}
            self.failed.emit(text, trace)
            self._launch_wanted()

    @Slot(int, bool)
    def _on_lost(self, number: int, another: bool) -> None:
        if self._has_stopped(number, "lost"):
            self.lost.emit(another)
            self._launch_wanted()

    def _has_stopped(self, number: int, phase: Phase) -> bool:
        """Set ``phase`` because the worker stopped run ``number``; False if another run has been opened meanwhile."""
        visit = self._visit
        if visit is None or number != visit.number:
            return False
        self._look()
        if number != visit.number:
            return False
        self._stop_timers()
        self._going = False
        visit.heard = True
        visit.phase = phase
        self._tell()
        return True

    @Slot()
    def _on_display(self) -> None:
        # At full speed frames are made ahead, and drawn one at a time.
        one_by_one = self._full_speed and self._going
        self._look(self.engine_thread.mailbox.take_next() if one_by_one else self.engine_thread.mailbox.take())
        if not self._going and self.engine_thread.mailbox.is_free():
            self._display_timer.stop()

    # What is done with it.

    def _look(self, taken: tuple[Snapshot, ...] | None = None) -> None:
        """Add the snapshots ``taken``, by default all in the mailbox, to the timeline, and show the newest unless an
        earlier entry is shown. Snapshots of other runs are ignored.
        """
        snapshots = self.engine_thread.mailbox.take() if taken is None else taken
        visit = self._visit
        if visit is None:
            return
        mine = [snapshot for snapshot in snapshots if snapshot.number == visit.number]
        if not mine:
            return
        visit.record(mine)
        if visit.phase == "loading" and self._going:
            visit.phase = "running"
        if visit.shown is None or mine[-1].edited:  # something else may be looked at now, here too
            self._show()
        self._launch_wanted()

    def _show(self) -> None:
        entry = self.entry
        if entry is None:
            return
        self._drawn_at = perf_counter()
        with self.drawing():
            self.frame_changed.emit(entry)
        self._tell()

    def _look_at(self, entry: TimelineEntry | None) -> None:
        self._moves = []
        if entry is not None:
            self._opened().look_at(entry)
            self._show()

    def _tell(self) -> None:
        state = self.state
        if state != self._told:
            self._told = state
            self.state_changed.emit()

    def _launch_wanted(self) -> None:
        """Launch the pending restart, if any, once the worker has answered the previous launch."""
        visit = self._visit
        if visit is not None and visit.heard and self._wanted is not None:
            view = dict(visit.view)
            visit.begin(self._wanted, self._wanted_target)
            visit.params = visit.params.replaced(view) if view else visit.params
            self._wanted = None
            steps = self._wanted_steps
            self._launch(going=self._going or self._record_timer.isActive())
            for unit in steps:
                self._control.step(unit)

    @Slot()
    def _wait_no_longer(self) -> None:
        """Launch the pending restart although the worker has not answered the previous launch in time."""
        if self._visit is not None:
            self._visit.heard = True
            self._launch_wanted()

    def _launch(self, going: bool = False) -> None:
        visit = self._opened()
        self._stop_timers()
        self._apply_pace()
        self._going = going
        visit.heard = visit.finished = False
        visit.phase = "loading"
        self._wanted_steps, self._moves = [], []
        visit.number = self.engine_thread.launch(visit.playing, going)
        self._patience_timer.start()
        for path, value in visit.asked.items():
            self._control.change(path, value)
        if going:
            self._display_timer.start()
        self._tell()

    def _stop_timers(self) -> None:
        self._display_timer.stop()
        self._record_timer.stop()
        self._patience_timer.stop()

    def _pace(self) -> Pace:
        visit = self._opened()
        return visit.experiment.pace_for(visit.params) or Pace(DEFAULT_PACE, visit.experiment.units[0].id)

    def _apply_pace(self) -> None:
        if self._visit is not None:
            pace = self._pace()
            self._control.set_pace(pace.unit, pace.per_second * self._multiplier)

    def _opened(self) -> OpenRun:
        if self._visit is None:
            raise RuntimeError("no experiment is open")
        return self._visit

    def _timer(self, interval: int) -> QTimer:
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(interval)
        return timer
