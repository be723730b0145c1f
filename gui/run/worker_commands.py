"""The window's commands to the worker: written by the GUI thread, read by the worker between two requests; and what
they are about, a run with its player.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from time import perf_counter
from typing import Any

from engine.contract.experiment import Experiment
from engine.contract.frame import heavy_fields
from engine.contract.run import Run
from engine.playing import RunPlayer
from gui.run.mailbox import Snapshot

NOBODY = 0
"""A number that no run has; while it is the current one, no run may be computed."""

DRAWN_ONE_BY_ONE = 60.0
"""Steps a second up to which the frame of every step is drawn; at a faster pace some frames are skipped."""

ASIDE = 0.0001
"""Seconds for which the worker yields the interpreter to the window after a slice."""


class RunHandle:
    """One run with its player; only the worker reads or writes it while the run's number is set in ``WorkerCommands``.

    ``number`` is the number of its latest launch. ``target`` is how far to play before waiting for orders, as (index of
    a unit, how many of it are completed); with ``recording``, frames are kept on the way there.
    """

    def __init__(self, experiment: Experiment, run: Run, target: tuple[int, int], recording: bool) -> None:
        self.experiment = experiment
        self.run = run
        self.target: tuple[int, int] | None = target
        self.recording = recording
        self.number = 0
        self.player: RunPlayer | None = None
        self.shown: tuple[int, bool] | None = None
        """Update of the last frame put into the mailbox, and whether its heavy fields (filled only on request) were."""
        self.in_record: tuple[int, bool] | None = None
        """The same for the newest frame in the record; set by the GUI thread when it comes back to a run."""
        self.has_heavy_fields = bool(heavy_fields(experiment.frame_type))
        self.is_unseen = False
        """Whether it is prepared while another run is open; then no progress is reported for it."""
        self.record: list[Snapshot] = []
        """The frames on the way to ``target`` that were not put into the mailbox yet."""
        self.is_prepared = False
        """Whether ``record`` ends with the frame at the target."""

    @property
    def plays(self) -> RunPlayer:
        """The player of this run; RuntimeError before the worker has made one."""
        if self.player is None:
            raise RuntimeError("this run was not taken up yet")
        return self.player

    @property
    def is_lost(self) -> bool:
        """Whether the run's state is lost and must be computed again."""
        return self.player is not None and self.player.is_lost


class OrderKind(Enum):
    """What the worker is told to do next: leave the run, apply changes, do a step, a step at the set pace, or steps at
    full speed, replay to an earlier update, send the network, report that nothing is left to do, or prepare a run.
    """

    LEAVE = auto()
    CHANGE = auto()
    STEP = auto()
    PACE = auto()
    SPEED = auto()
    AGAIN = auto()
    NETWORK = auto()
    REST = auto()
    PREPARE = auto()


@dataclass(frozen=True)
class Order:
    """The worker's next order. ``serial`` counts all commands so far, ``unit`` is what a step advances by,
    ``per_second`` the pace, ``changes`` are (path, value) pairs, ``update`` is the update to replay to, ``prepared``
    the run to prepare.
    """

    kind: OrderKind
    serial: int = 0
    unit: str | None = None
    per_second: float = 0.0
    changes: tuple[tuple[str, Any], ...] = ()
    update: int = 0
    prepared: RunHandle | None = None


class WorkerCommands:
    """The commands for the worker, guarded by a condition variable.

    A signal queued for the worker's thread would not arrive while its loop runs, so the worker reads its commands here.
    Only the worker of the run with the current number may go on. A change is addressed by its path, such as a
    parameter's name; of several waiting changes to one path only the newest is sent.
    """

    def __init__(self) -> None:
        self.condition = threading.Condition()
        self._number = NOBODY
        self._serial = 0
        self._playing = False
        self._halted = False
        self._stays = False
        self._full_speed = False
        self._pace: tuple[str, float] = ("", 1.0)
        self._steps: deque[str] = deque()
        self._changes: dict[str, Any] = {}
        self._again: int | None = None
        self._network_wanted = False
        self._told_to_rest = False
        self._to_prepare: deque[RunHandle] = deque()
        self._prepares = False

    # Set from the GUI thread.

    @property
    def serial(self) -> int:
        """The number of commands so far, which the worker reports when nothing is left to do."""
        return self._serial

    def begin(self, number: int, playing: bool = False) -> None:
        """Make run ``number`` the current one: pending commands are dropped, and the worker leaves the previous run."""
        with self._changing():
            self._number = number
            self._playing = playing
            self._halted = self._stays = False
            self._steps.clear()
            self._changes.clear()
            self._again = None
            self._network_wanted = False

    def cancel(self) -> None:
        """Make the worker leave the current run; no other run follows."""
        self.begin(NOBODY)

    def play(self) -> None:
        """Play until paused."""
        with self._changing():
            self._playing = True
            self._halted = False
            self._steps.clear()

    def pause(self) -> None:
        """Pause, also within a long step."""
        with self._changing():
            self._playing = False
            self._halted = True
            self._steps.clear()

    def stay(self) -> None:
        """Stop playing towards the target; the run stays where it is."""
        with self._changing():
            self._stays = True

    def step(self, unit: str) -> None:
        """Queue one more step of ``unit``."""
        with self._changing():
            self._playing = False
            self._halted = False
            self._steps.append(unit)

    def play_again(self, update: int) -> None:
        """Request a replay to an earlier update, with a player of its own; the run keeps its state."""
        with self._changing():
            self._again = update

    def ask_network(self) -> None:
        """Ask for the network at the run's present update."""
        with self._changing():
            self._network_wanted = True

    def prepare(self, playing: RunHandle) -> None:
        """Have the worker play a run that is not open yet up to its opening while it has nothing else to do. The next
        command of any other kind cancels that.
        """
        with self.condition:
            self._to_prepare.append(playing)
            self.condition.notify_all()

    @property
    def is_preparing(self) -> bool:
        """Whether runs are being prepared or wait to be."""
        return self._prepares or bool(self._to_prepare)

    def change(self, path: str, value: Any) -> None:
        """Queue a live change to be applied before the next update."""
        with self._changing():
            self._changes.pop(path, None)  # so that the newest also comes last
            self._changes[path] = value

    def set_pace(self, unit: str, per_second: float) -> None:
        """Set the pace: ``per_second`` steps of ``unit`` a second when not at full speed."""
        with self._changing():
            self._pace = (unit, per_second)

    def set_full_speed(self, on: bool) -> None:
        """Play as fast as the window allows, or, if not ``on``, at the set pace."""
        with self._changing():
            self._full_speed = on

    # Read by the worker.

    def next_order(self, number: int, due: float, slot_is_free: Callable[[], bool]) -> Order:
        """The next order for run ``number``. If nothing is left to do, one call returns the order ``REST``, and the
        next one waits for a command.

        ``due`` is the time of the next paced step (of ``perf_counter``). A step waits until ``slot_is_free()``, that
        is, until the previous frame has been drawn.
        """
        with self.condition:
            self._prepares = False
            while True:
                order, patience = self._next(number, due, slot_is_free)
                if order is not None:
                    return order
                self.condition.wait(patience)

    def is_current(self, number: int) -> bool:
        """Whether run ``number`` is the current one."""
        return self._number == number

    def is_on_its_way(self, number: int) -> bool:
        """Whether run ``number`` should still be played towards its target."""
        return self._number == number and not self._stays

    def is_resting(self, number: int) -> bool:
        """Whether no command was given since run ``number`` ran out of things to do."""
        return self._number == number and self._told_to_rest

    def is_halted(self) -> bool:
        """Whether the current step should be ended before its unit is completed."""
        return self._halted

    def is_undisturbed(self, number: int) -> bool:
        """Whether a step of run ``number`` may continue: no change is pending, and the step should not be ended."""
        return self._number == number and not self._halted and not self._changes

    def is_hurrying(self, number: int) -> bool:
        """Whether run ``number`` should play on at full speed, with nothing else to do first."""
        return self._number == number and self._playing and self._full_speed and not (self._changes or self._steps)

    def take_changes(self, number: int) -> tuple[tuple[str, Any], ...]:
        """Remove and return the pending changes for run ``number``."""
        if not self._changes:
            return ()
        with self.condition:
            if self._number != number:
                return ()
            changes = tuple(self._changes.items())
            self._changes.clear()
            return changes

    def stand_aside(self) -> None:
        """Yield the interpreter to the window for a moment.

        NumPy releases and retakes the interpreter's lock many times within one switch interval. A thread that waits for
        the lock starts its interval anew each time and never gets to ask for it: the window waited for up to 80 ms
        (measured). A short wait for something, here for a command, always yields.
        """
        with self.condition:
            self.condition.wait(ASIDE)

    def finish(self, number: int) -> None:
        """Stop playing run ``number``, since it has reached its end."""
        with self.condition:
            if self._number == number:
                self._playing = False
                self._steps.clear()

    def _next(self, number: int, due: float, slot_is_free: Callable[[], bool]) -> tuple[Order | None, float | None]:
        if self._number != number:
            return Order(OrderKind.LEAVE), None
        if self._changes:
            changes = tuple(self._changes.items())
            self._changes.clear()
            return Order(OrderKind.CHANGE, self._serial, changes=changes), None
        if self._steps:
            return (
                (Order(OrderKind.STEP, self._serial, self._steps.popleft()), None) if slot_is_free() else (None, None)
            )
        if self._again is not None:
            update, self._again = self._again, None
            return Order(OrderKind.AGAIN, self._serial, update=update), None
        if self._network_wanted:
            self._network_wanted = False
            return Order(OrderKind.NETWORK, self._serial), None
        if self._playing:
            return self._going_on(due, slot_is_free)
        if not self._told_to_rest:
            self._told_to_rest = True
            return Order(OrderKind.REST, self._serial), None
        if self._to_prepare:
            self._prepares = True
            return Order(OrderKind.PREPARE, self._serial, prepared=self._to_prepare.popleft()), None
        return None, None

    def _going_on(self, due: float, slot_is_free: Callable[[], bool]) -> tuple[Order | None, float | None]:
        self._told_to_rest = False
        if self._full_speed:
            return Order(OrderKind.SPEED, self._serial), None
        unit, per_second = self._pace
        if per_second <= DRAWN_ONE_BY_ONE and not slot_is_free():
            return None, None
        patience = due - perf_counter()
        if patience > 0:
            return None, patience
        return Order(OrderKind.PACE, self._serial, unit, per_second), None

    def _changing(self) -> _Change:
        """Context manager in which commands may be changed; at its end all waiting preparations are cancelled and the
        worker is woken.
        """
        return _Change(self)

    def _changed(self) -> None:
        self._serial += 1
        self._told_to_rest = self._prepares = False
        self._to_prepare.clear()
        self.condition.notify_all()


class _Change:
    """Context manager that holds the condition's lock while commands are changed, then wakes the worker."""

    def __init__(self, control: WorkerCommands) -> None:
        self._control = control

    def __enter__(self) -> None:
        self._control.condition.acquire()

    def __exit__(self, *_: object) -> None:
        self._control._changed()
        self._control.condition.release()
