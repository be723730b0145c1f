"""Plays one run at a time on its own thread, in short slices, looking at the window's wishes between them."""

from __future__ import annotations

import traceback
from math import ceil
from time import perf_counter, thread_time

from PySide6.QtCore import QObject, Signal, Slot

from engine.contract.player import NO_LIMIT, Player
from engine.contract.protocol import Answer, Progress, Request
from engine.contract.refusal import Refused
from engine.contract.text import Text
from gui.run.control import Control, Kind, Order
from gui.run.gate import Gate
from gui.run.mailbox import Mailbox, Snapshot
from gui.run.playing import SLICE, Playing

GATE_PATIENCE = 0.05
"""Seconds to wait for the window before a slice is done all the same."""
QUIET = 0.1
"""Seconds on the way to a run's opening or to an earlier update after which something is shown of it."""
REPORTS_APART = 0.03
"""Seconds between two reports of progress at least."""
LONGEST_LAG = 0.1
"""Seconds of steps at pace that are made up for; beyond that the pace is given up, not caught up with in a burst."""
RECORDING, RECORDING_SHARE = 0.006, 0.15
"""Seconds, spread over the way to an opening, and share of the time that frames for the record may take there."""
OVERTAKEN = 8
"""Snapshots that may lie in the mailbox beside the one to be drawn."""
EXACT_BACK = 64


class Worker(QObject):
    """Moved to a thread of its own; ``start`` is its only queued slot and returns when the run is left.

    ``posted``: something lies in the mailbox that should be drawn soon. ``rested``: nothing is left to do (run number,
    serial of the last wish that was heeded, whether the run is at its end). ``failed``: the engine raised.
    """

    posted = Signal()
    rested = Signal(int, int, bool)
    progressed = Signal(int, object)
    failed = Signal(int, object, str)

    def __init__(self, control: Control, mailbox: Mailbox, gate: Gate) -> None:
        super().__init__()
        self._control = control
        self._mailbox = mailbox
        self._gate = gate
        self._reported = 0.0
        self._stood_aside = 0.0

    @Slot(object, int)
    def start(self, playing: Playing, number: int) -> None:
        """Play until another run is wanted; at once nothing if that is already so."""
        if not self._control.is_current(number):
            return
        playing.number = number
        try:
            self._serve(playing)
        except _Left:
            pass
        except Refused as refusal:  # a file that is damaged, say: no fault of the program
            self.failed.emit(number, refusal.text, "")
        except Exception as error:  # whatever an experiment raises; the program goes on without it
            self.failed.emit(number, _words_for(error), traceback.format_exc())

    def _serve(self, playing: Playing) -> None:
        self._take_up(playing)
        self._reach_target(playing)
        due = perf_counter()
        while True:
            order = self._control.next_order(playing.number, due, self._mailbox.is_free)
            if order.kind is Kind.LEAVE:
                return
            if order.kind is Kind.PACE:
                due = self._keep_pace(playing, order, due)
            elif order.kind is Kind.SPEED:
                self._hurry(playing)
            elif order.kind is Kind.REST:
                self._rest(playing, order)
            else:
                self._answer(playing, order)

    def _take_up(self, playing: Playing) -> None:
        if playing.player is None:
            playing.player = Player(playing.experiment, playing.run)
            self._ask(playing, Request(frame=False))
        elif playing.pending is not None:
            self._hear_out(playing)
        playing.shown = None

    def _reach_target(self, playing: Playing) -> None:
        """Go to the place where the run waits for the first order, keeping frames on the way if it is recorded."""
        player, record = playing.player, []
        shown = perf_counter()
        making, made = 0.0, 0
        while playing.target is not None:
            now = perf_counter()
            if now - shown > QUIET:
                shown = now
                self._tell_progress(playing)
                if record and self._mailbox.is_free():
                    self._mailbox.put(record)
                    record = []
                    self.posted.emit()
            index, count = playing.target
            if player.finished or player.counts[index] >= count:
                playing.target = None
                break
            if playing.recording:
                started = thread_time()
                record.append(self._snapshot(playing))
                making += thread_time() - started
                made += 1
            self._work(playing, *_next_stop(playing, making / max(made, 1)))
        if playing.recording:
            record.append(self._snapshot(playing, heavy=playing.has_heavy_fields))
            self._mailbox.put(record)
            self.posted.emit()

    def _tell_progress(self, playing: Playing) -> None:
        index, count = playing.target
        fraction = min(1.0, playing.player.counts[index] / count) if count else None
        self.progressed.emit(playing.number, Progress(_ON_THE_WAY, fraction))

    def _answer(self, playing: Playing, order: Order) -> None:
        if order.kind is Kind.CHANGE:
            self._ask(playing, Request(changes=order.changes, frame=False))
            playing.shown = None
            if len(self._mailbox) < OVERTAKEN:
                self._post(playing, edited=True)
        elif order.kind is Kind.HEAVY:
            self._post(playing, heavy=True)
        elif not playing.player.finished:
            self._work(playing, *_one(playing, order.unit), heeding_pause=True)
            self._post(playing, stepped=True, heavy=playing.has_heavy_fields)

    def _keep_pace(self, playing: Playing, order: Order, due: float) -> float:
        now = perf_counter()
        if now - due > LONGEST_LAG:
            due = now
        self._work(playing, *_one(playing, order.unit), heeding_pause=True)
        self._show_if_free(playing)
        return due + 1.0 / order.per_second

    def _hurry(self, playing: Playing) -> None:
        unit, before = playing.slow_unit(), playing.player.counts[-1]
        if not playing.player.finished:
            self._slice(playing, playing.slice_updates, unit)
        ended = unit is not None and playing.player.counts[-1] > before
        self._show_if_free(playing, room=OVERTAKEN if ended else 1)

    def _show_if_free(self, playing: Playing, room: int = 1) -> None:
        if playing.player.finished:
            self._control.finish(playing.number)  # the last frame is made when it rests
        elif len(self._mailbox) < room and self._mailbox.put([self._snapshot(playing)]):
            self.posted.emit()  # the display looked in vain: it need not wait for its next turn

    def _rest(self, playing: Playing, order: Order) -> None:
        now = (playing.player.update, playing.has_heavy_fields)
        if playing.shown != now:
            self._post(playing, heavy=playing.has_heavy_fields)
        self.rested.emit(playing.number, order.serial, playing.player.finished)

    def _work(self, playing: Playing, updates: int, unit: str | None, heeding_pause: bool = False) -> None:
        """Do updates, slice by slice, until so many are done, one of ``unit`` is completed or the run is at its end."""
        player = playing.player
        index = playing.experiment.unit_ids.index(unit) if unit is not None else 0
        end, before = player.update + updates, player.counts[index]
        reported = perf_counter()
        while player.update < end and not player.finished:
            self._slice(playing, min(playing.slice_updates, end - player.update), unit)
            if unit is not None and player.counts[index] > before:
                return
            if heeding_pause and self._control.is_halted():
                return
            if not heeding_pause and perf_counter() - reported > QUIET:
                reported = perf_counter()
                self._tell_progress(playing)

    def _slice(self, playing: Playing, updates: int, unit: str | None) -> None:
        self._wait_at_gate(playing)
        # On the way to a target nothing is changed: what waits belongs to the place that will be reached.
        changes = self._control.take_changes(playing.number) if playing.target is None else ()
        before, began = playing.player.update, perf_counter()
        self._ask(playing, Request(updates, unit, changes, frame=False))
        playing.measured(playing.player.update - before, perf_counter() - began)
        if changes:
            playing.shown = None

    def _snapshot(
        self, playing: Playing, *, stepped: bool = False, edited: bool = False, heavy: bool = False
    ) -> Snapshot:
        self._wait_at_gate(playing)
        frame = self._ask(playing, Request(heavy=heavy)).frame
        player = playing.player
        playing.shown = (player.update, heavy)
        journal = player.run.journal
        edited = edited or any(change.at_update == player.update for change in journal)
        return Snapshot(playing.number, player.run, player.params, frame, stepped, edited)

    def _post(self, playing: Playing, *, stepped: bool = False, edited: bool = False, heavy: bool = False) -> None:
        self._mailbox.put([self._snapshot(playing, stepped=stepped, edited=edited, heavy=heavy)])
        self.posted.emit()

    def _ask(self, playing: Playing, request: Request) -> Answer:
        playing.pending = playing.player.answers(request)
        return self._hear_out(playing)

    def _hear_out(self, playing: Playing) -> Answer:
        answer = None
        for answer in playing.pending:
            if answer.progress is not None:
                if perf_counter() - self._reported > REPORTS_APART:
                    self._reported = perf_counter()
                    self.progressed.emit(playing.number, answer.progress)
                self._wait_at_gate(playing)
        playing.pending = None
        assert answer is not None
        return answer

    def _wait_at_gate(self, playing: Playing) -> None:
        self._gate.wait(GATE_PATIENCE)
        now = perf_counter()
        # On the way to a target the window has little to draw, and waits for what is found there.
        if now - self._stood_aside > (SLICE / 2 if playing.target is None else 2 * SLICE):
            self._stood_aside = now
            self._control.stand_aside()
        if not self._control.is_current(playing.number):
            raise _Left


class _Left(Exception):
    """Another run is wanted; this one can be taken up again where it is."""


_ON_THE_WAY = Text("Computing the run up to here", "正在计算到这里为止的过程")


def _one(playing: Playing, unit: str | None) -> tuple[int, str | None]:
    """Limit of updates and unit for one step of ``unit``."""
    first = unit is None or unit == playing.experiment.units[0].id
    return (1, None) if first else (NO_LIMIT, unit)


def _next_stop(playing: Playing, making: float) -> tuple[int, str | None]:
    """How far to go at once towards the target, and to which unit's end.

    A recorded run stops at every update near the target and often before, as far as frames that take ``making`` seconds
    each leave time for it, and at every edit.
    """
    index, count = playing.target
    if index != 0:
        return NO_LIMIT, playing.experiment.units[index].id
    now = playing.player.update
    left = count - now
    if not playing.recording:
        return left, None
    affordable = (RECORDING + RECORDING_SHARE * left * playing.update_seconds) / max(making, 1e-9)
    apart = max(1, ceil(left / max(affordable, 1)))
    exact_from = max(0, count - EXACT_BACK)
    if now < exact_from:
        apart = min(max(apart, exact_from // EXACT_BACK), exact_from - now)
    edits = [change.at_update - now for change in playing.player.run.journal if now < change.at_update <= count]
    return min(apart, left, *edits), None


def _words_for(error: Exception) -> Text:
    return Text("The computation stopped: {error}.", "计算中止：{error}。").with_values(
        error=f"{type(error).__name__}: {error}"
    )
