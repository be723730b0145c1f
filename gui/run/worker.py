"""Plays one run at a time on its own thread, in short slices, reading the window's commands between them."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from time import perf_counter

from PySide6.QtCore import QObject, Signal, Slot

from engine.contract.frame import Frame, required
from engine.contract.protocol import Answer, Request
from engine.contract.text import Refused, Text
from engine.playing import OVERTAKEN, QUIET, SLICE, ComputationFailed, FullSpeed, Lost, RunPlan, RunUntil
from gui.run.mailbox import Mailbox, Replay, Snapshot
from gui.run.paint_priority import PaintPriority
from gui.run.player_factory import PlayerFactory
from gui.run.worker_commands import Order, OrderKind, RunHandle, WorkerCommands

GATE_PATIENCE = 0.05
"""Seconds that the worker waits at most for the window to paint before it computes the next slice."""
PAINTING_PATIENCE = 1.0
"""Seconds that the worker waits at most for a page to be painted for the first time before a process is started."""
REPORTS_APART = 0.03
"""Minimum number of seconds between two progress reports."""
PLAYED_AGAIN = 0.2
"""Seconds that the replay of a run to an earlier update may take."""
PLAYED_WITH = 8
"""Number of updates before the one replayed to whose frames are returned too, for the next steps back."""
LONGEST_LAG = 0.1
"""Seconds: if steps at a set pace are later than this, they are not made up for in a burst."""


class Worker(QObject):
    """Plays runs in a thread of its own, to which it is moved. ``start`` is its only queued slot; it returns when the
    worker leaves the run.

    Signals, all but ``posted`` with the run's number: ``networked``: its ``KeptNetwork``, or None if it has none.
    ``replayed``: a ``Replay``. ``posted``: the mailbox has frames to draw. ``progressed``: a ``Progress``. ``rested``:
    nothing is left to do; with the serial of the last command carried out and whether the run is at its end.
    ``failed``: the engine raised an exception; with a ``Text`` and the traceback. ``lost``: the process that played
    the run died; with whether another can be started.
    """

    networked = Signal(int, object)
    posted = Signal()
    rested = Signal(int, int, bool)
    progressed = Signal(int, object)
    replayed = Signal(int, object)
    failed = Signal(int, object, str)
    lost = Signal(int, bool)

    def __init__(self, control: WorkerCommands, mailbox: Mailbox, gate: PaintPriority, players: PlayerFactory) -> None:
        super().__init__()
        self._control = control
        self._mailbox = mailbox
        self._gate = gate
        self._players = players
        self._reported = 0.0
        self._stood_aside = 0.0

    @Slot(object, int)
    def start(self, playing: RunHandle, number: int) -> None:
        """Play the run until another one is to be played; returns at once if that is so already."""
        if not self._control.is_current(number):
            return
        playing.number, playing.is_unseen = number, False
        try:
            self._serve(playing)
        except _Left:
            pass
        except Refused as refusal:  # a file that is damaged, say: no fault of the program
            self.failed.emit(number, refusal.text, "")
        except Lost:
            if self._control.is_current(number):  # otherwise the window is being closed
                self.lost.emit(number, self._players.bury())
        except ComputationFailed as failure:
            self.failed.emit(number, _words_for(str(failure)), failure.trace)
        except Exception as error:  # whatever an experiment raises; the program goes on without it
            self.failed.emit(number, _words_for(f"{type(error).__name__}: {error}"), traceback.format_exc())

    def _serve(self, playing: RunHandle) -> None:
        if not playing.is_prepared:
            self._take_up(playing)
            self._reach_target(playing)
        if playing.recording:
            self._give_out_opening(playing)
        due = perf_counter()
        while True:
            order = self._control.next_order(playing.number, due, self._mailbox.is_free)
            if order.kind is OrderKind.LEAVE:
                return
            if order.kind is OrderKind.PACE:
                due = self._keep_pace(playing, order, due)
            elif order.kind is OrderKind.SPEED:
                self._hurry(playing)
            elif order.kind is OrderKind.AGAIN:
                self.replayed.emit(playing.number, self._play_again(playing, order.update))
            elif order.kind is OrderKind.NETWORK:
                self.networked.emit(playing.number, playing.plays.network())
            elif order.kind is OrderKind.REST:
                self._rest(playing, order)
            elif order.kind is OrderKind.PREPARE:
                self._prepare(required(order.prepared), playing.number)
            else:
                self._answer(playing, order)

    def _take_up(self, playing: RunHandle) -> None:
        self._players.tidy()
        if playing.player is None:
            if self._players.must_start_for(playing.experiment):
                self._gate.wait(PAINTING_PATIENCE)  # which can wait until the page is there to be seen
            playing.player = self._players.player_for(
                playing.experiment, playing.run, lambda: self._control.is_current(playing.number)
            )
            if playing.player is None:
                raise _Left
        self._ask(playing, Request(frame=False))  # begins it, or finishes what was left in the middle
        playing.shown, playing.in_record = playing.in_record, None

    def _reach_target(self, playing: RunHandle) -> None:
        """Play to ``target``, keeping frames on the way if the run is recorded."""
        playing.record.clear()
        if playing.target is None:
            return
        course = RunUntil(*playing.target, playing.recording, telling=True)
        shown = perf_counter()
        # What is changed on the way to a target is meant for the place that will be reached.
        for answer in self._follow(playing, course, lambda: self._control.is_on_its_way(playing.number)):
            if answer.frame is not None:
                playing.record.append(self._snapshot_of(playing, answer.frame))
            if playing.record and perf_counter() - shown > QUIET and self._mailbox.is_free():
                shown = perf_counter()
                self._give_out(playing)
        playing.target = None

    def _give_out_opening(self, playing: RunHandle) -> None:
        """Put the frames kept on the way and the run's present frame into the mailbox, unless they were put there
        already.
        """
        if not playing.is_prepared and playing.shown != (playing.plays.update, playing.has_heavy_fields):
            playing.record.append(self._snapshot(playing, heavy=playing.has_heavy_fields))
        playing.is_prepared = False
        if playing.record:
            self._give_out(playing)

    def _give_out(self, playing: RunHandle) -> None:
        self._mailbox.put([dataclasses.replace(one, number=playing.number) for one in playing.record])
        playing.record.clear()
        self.posted.emit()

    def _prepare(self, playing: RunHandle, resting: int) -> None:
        """Play a run that is not open yet up to its target while the open run, number ``resting``, has nothing to do.
        If a command arrives before it is there, its player and frames are dropped: frames that the player has already
        passed would be missing in the record.
        """
        playing.number, playing.is_unseen = resting, True
        try:
            self._take_up(playing)
            course = RunUntil(*required(playing.target), playing.recording)
            for answer in self._follow(playing, course, lambda: self._control.is_resting(resting)):
                if answer.frame is not None:
                    playing.record.append(self._snapshot_of(playing, answer.frame))
            if self._control.is_resting(resting):
                playing.record.append(self._snapshot(playing, heavy=playing.has_heavy_fields))
                playing.target, playing.is_prepared = None, True
        except _Left:
            raise
        except Exception:  # it is told when somebody opens the run
            pass
        finally:
            if not playing.is_prepared:
                playing.player = None
                playing.record.clear()

    def _answer(self, playing: RunHandle, order: Order) -> None:
        if order.kind is OrderKind.CHANGE:
            self._put_in(playing, order.changes)
            if len(self._mailbox) < OVERTAKEN:
                self._post(playing, edited=True)
        elif not playing.plays.finished:
            self._step(playing, order.unit)
            self._post(playing, stepped=True, heavy=playing.has_heavy_fields)

    def _keep_pace(self, playing: RunHandle, order: Order, due: float) -> float:
        now = perf_counter()
        if now - due > LONGEST_LAG:
            due = now
        self._step(playing, order.unit)
        if playing.plays.finished:
            self._control.finish(playing.number)  # the last frame is made when it rests
        elif not len(self._mailbox):
            self._show(self._snapshot(playing))
        return due + 1.0 / order.per_second

    def _hurry(self, playing: RunHandle) -> None:
        for answer in self._follow(playing, FullSpeed(), lambda: self._control.is_hurrying(playing.number)):
            if answer.frame is not None:
                self._show(self._snapshot_of(playing, answer.frame))
        if playing.plays.finished:
            self._control.finish(playing.number)

    def _rest(self, playing: RunHandle, order: Order) -> None:
        playing.plays.come_back()
        now = (playing.plays.update, playing.has_heavy_fields)
        if playing.shown != now:
            self._post(playing, heavy=playing.has_heavy_fields)
        self.rested.emit(playing.number, order.serial, playing.plays.finished)

    def _play_again(self, playing: RunHandle, update: int) -> Replay:
        """Replay the run from its start to an earlier update, with a separate player and all recorded changes; returns
        the frames of the last few updates before it too. Given up if it takes longer than ``PLAYED_AGAIN``.
        """
        run, wanted = playing.plays.run, lambda: self._control.is_current(playing.number)
        player = self._players.player_for(playing.experiment, run, wanted)
        if player is None:
            raise _Left
        ends = perf_counter() + PLAYED_AGAIN
        found: list[Snapshot] = []

        def keep(frame: Frame) -> None:
            edited = any(change.at_update == player.update for change in run.journal)
            found.append(Snapshot(playing.number, player.run, player.params, frame, edited=edited))

        def in_time() -> bool:
            return wanted() and perf_counter() < ends

        try:
            near = max(0, update - PLAYED_WITH)
            with closing(player.follow(RunUntil(0, near), is_wanted=in_time)) as answers:
                for _ in answers:
                    pass
            player.come_back()
            while player.update < update and in_time():
                keep(player.go(1))
            return Replay(update, player.update, tuple(found))
        finally:
            player.close()

    def _step(self, playing: RunHandle, unit: str | None) -> None:
        """Advance by one ``unit`` (default: one update), or less if paused; live changes are applied on the way."""
        player = playing.plays
        index = 0 if unit is None else playing.experiment.unit_ids.index(unit)
        course = RunUntil(index, player.counts[index] + 1)
        while True:
            for _ in self._follow(playing, course, lambda: self._control.is_undisturbed(playing.number)):
                pass
            if changes := self._control.take_changes(playing.number):
                self._put_in(playing, changes)
            if course.is_reached(player.update, player.counts, player.finished) or self._control.is_halted():
                return

    def _put_in(self, playing: RunHandle, changes: tuple[tuple[str, object], ...]) -> None:
        self._ask(playing, Request(changes=changes, frame=False))
        playing.shown = None

    def _follow(self, playing: RunHandle, course: RunPlan, is_wanted: Callable[[], bool]) -> Iterator[Answer]:
        self._wait_at_gate(playing)
        with closing(playing.plays.follow(course, self._mailbox.__len__, is_wanted)) as answers:
            for answer in answers:
                if answer.progress is not None:
                    self._report(playing, answer)
                yield answer
                self._wait_at_gate(playing)
        if not self._control.is_current(playing.number):
            raise _Left

    def _snapshot(
        self, playing: RunHandle, *, stepped: bool = False, edited: bool = False, heavy: bool = False
    ) -> Snapshot:
        self._wait_at_gate(playing)
        frame = self._ask(playing, Request(heavy=heavy)).frame
        assert frame is not None  # it was asked for
        return self._snapshot_of(playing, frame, stepped=stepped, edited=edited, heavy=heavy)

    def _snapshot_of(
        self, playing: RunHandle, frame: Frame, *, stepped: bool = False, edited: bool = False, heavy: bool = False
    ) -> Snapshot:
        player = playing.plays
        playing.shown = (player.update, heavy)
        edited = edited or any(change.at_update == player.update for change in player.run.journal)
        return Snapshot(playing.number, player.run, player.params, frame, stepped, edited)

    def _post(self, playing: RunHandle, *, stepped: bool = False, edited: bool = False, heavy: bool = False) -> None:
        self._mailbox.put([self._snapshot(playing, stepped=stepped, edited=edited, heavy=heavy)])
        self.posted.emit()

    def _show(self, snapshot: Snapshot) -> None:
        if self._mailbox.put([snapshot]):
            self.posted.emit()  # the display looked in vain: it need not wait for its next turn

    def _ask(self, playing: RunHandle, request: Request) -> Answer:
        answer = None
        for answer in playing.plays.answers(request):
            if answer.progress is not None:
                self._report(playing, answer)
                self._wait_at_gate(playing)
        assert answer is not None
        return answer

    def _report(self, playing: RunHandle, answer: Answer) -> None:
        if not playing.is_unseen and perf_counter() - self._reported > REPORTS_APART:
            self._reported = perf_counter()
            self.progressed.emit(playing.number, answer.progress)

    def _wait_at_gate(self, playing: RunHandle) -> None:
        if playing.plays is None or not playing.plays.is_elsewhere:
            self._give_way(playing)
        if not self._control.is_current(playing.number):
            raise _Left

    def _give_way(self, playing: RunHandle) -> None:
        self._gate.wait(GATE_PATIENCE)
        now = perf_counter()
        # On the way to a target the window has little to draw, and waits for what is found there.
        if now - self._stood_aside > (SLICE / 2 if playing.target is None else 2 * SLICE):
            self._stood_aside = now
            self._control.stand_aside()


class _Left(Exception):
    """Raised to make the worker leave the present run because another one is to be played; the run keeps its state."""


def _words_for(error: str) -> Text:
    return Text("The computation stopped: {error}.")(error=error)
