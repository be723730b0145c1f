"""What the window wants of the worker: written by the GUI thread, read by the worker between two requests."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from time import perf_counter
from typing import Any

NOBODY = 0
"""The run number that no run has; while it is set, no run may work."""

DRAWN_ONE_BY_ONE = 60.0
"""Up to so many steps a second every step's frame is drawn; beyond that some are passed over."""

ASIDE = 0.0001
"""Seconds for which the worker stands aside after a slice."""


class Kind(Enum):
    """What the worker is to do next."""

    LEAVE = auto()
    CHANGE = auto()
    STEP = auto()
    PACE = auto()
    SPEED = auto()
    AGAIN = auto()
    NETWORK = auto()
    REST = auto()


@dataclass(frozen=True)
class Order:
    """One thing to do; ``serial`` counts what the window has asked for so far, ``update`` is what to play again to."""

    kind: Kind
    serial: int = 0
    unit: str | None = None
    per_second: float = 0.0
    changes: tuple[tuple[str, Any], ...] = ()
    update: int = 0


class WorkerCommands:
    """A condition variable and the wishes it guards.

    A queued slot would not arrive inside a running loop, hence this. Only a worker whose run has the number that is
    set here may go on. Changes of the same path coalesce, the newest wins.
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

    # Set from the GUI thread.

    @property
    def serial(self) -> int:
        """How many wishes there were; a worker that rests says at which it did."""
        return self._serial

    def begin(self, number: int, playing: bool = False) -> None:
        """From now on run ``number`` may work, every other one is to leave; wishes for another run are forgotten."""
        with self._changing():
            self._number = number
            self._playing = playing
            self._halted = self._stays = False
            self._steps.clear()
            self._changes.clear()
            self._again = None
            self._network_wanted = False

    def cancel(self) -> None:
        """The run at work is to leave, and none takes its place."""
        self.begin(NOBODY)

    def play(self) -> None:
        """Go on by itself."""
        with self._changing():
            self._playing = True
            self._halted = False
            self._steps.clear()

    def pause(self) -> None:
        """Stand still, in the middle of a long step too."""
        with self._changing():
            self._playing = False
            self._halted = True
            self._steps.clear()

    def stay(self) -> None:
        """The run that is on its way to a place is to stay where it is."""
        with self._changing():
            self._stays = True

    def step(self, unit: str) -> None:
        """One more step of ``unit`` after those already asked for."""
        with self._changing():
            self._playing = False
            self._halted = False
            self._steps.append(unit)

    def play_again(self, update: int) -> None:
        """Play what led to an earlier update once more, beside the run, which stays where it is."""
        with self._changing():
            self._again = update

    def ask_network(self) -> None:
        """Tell the network as it stands where the run is."""
        with self._changing():
            self._network_wanted = True

    def change(self, path: str, value: Any) -> None:
        """Put a live change in before the next update."""
        with self._changing():
            self._changes.pop(path, None)  # so that the newest also comes last
            self._changes[path] = value

    def set_pace(self, unit: str, per_second: float) -> None:
        """Go on by ``per_second`` steps of ``unit`` a second when not at full speed."""
        with self._changing():
            self._pace = (unit, per_second)

    def set_full_speed(self, on: bool) -> None:
        """Go on as fast as the window leaves time for, or at the pace."""
        with self._changing():
            self._full_speed = on

    # Read by the worker.

    def next_order(self, number: int, due: float, slot_is_free: Callable[[], bool]) -> Order:
        """What run ``number`` is to do next; waits while there is nothing, after one order to rest.

        ``due`` is when the next step at pace is to be done (of ``perf_counter``). A step waits until ``slot_is_free``:
        the frame before it is drawn first.
        """
        with self.condition:
            while True:
                order, patience = self._next(number, due, slot_is_free)
                if order is not None:
                    return order
                self.condition.wait(patience)

    def is_current(self, number: int) -> bool:
        """Whether run ``number`` may go on."""
        return self._number == number

    def is_on_its_way(self, number: int) -> bool:
        """Whether run ``number`` may go on towards its place."""
        return self._number == number and not self._stays

    def is_halted(self) -> bool:
        """Whether the step being worked on is to be cut short."""
        return self._halted

    def is_undisturbed(self, number: int) -> bool:
        """Whether a step of run ``number`` may go on: nothing is to be put in before, and it is not cut short."""
        return self._number == number and not self._halted and not self._changes

    def is_hurrying(self, number: int) -> bool:
        """Whether run ``number`` goes on at full speed, and nothing else is to be done first."""
        return self._number == number and self._playing and self._full_speed and not (self._changes or self._steps)

    def take_changes(self, number: int) -> tuple[tuple[str, Any], ...]:
        """The changes that wait for run ``number``, each given out once."""
        if not self._changes:
            return ()
        with self.condition:
            if self._number != number:
                return ()
            changes = tuple(self._changes.items())
            self._changes.clear()
            return changes

    def stand_aside(self) -> None:
        """Leave the interpreter to the window for a moment.

        NumPy lets go of the interpreter's lock and takes it again many times within one switch interval. A thread that
        waits for the lock starts its interval anew each time, and never comes to ask for it: the window got nothing for
        up to 80 ms (measured). A short wait for something, here for a wish, always gives way.
        """
        with self.condition:
            self.condition.wait(ASIDE)

    def finish(self, number: int) -> None:
        """Run ``number`` is at its end: it plays no more."""
        with self.condition:
            if self._number == number:
                self._playing = False
                self._steps.clear()

    def _next(self, number: int, due: float, slot_is_free: Callable[[], bool]) -> tuple[Order | None, float | None]:
        if self._number != number:
            return Order(Kind.LEAVE), None
        if self._changes:
            changes = tuple(self._changes.items())
            self._changes.clear()
            return Order(Kind.CHANGE, self._serial, changes=changes), None
        if self._steps:
            return (Order(Kind.STEP, self._serial, self._steps.popleft()), None) if slot_is_free() else (None, None)
        if self._again is not None:
            update, self._again = self._again, None
            return Order(Kind.AGAIN, self._serial, update=update), None
        if self._network_wanted:
            self._network_wanted = False
            return Order(Kind.NETWORK, self._serial), None
        if self._playing:
            return self._going_on(due, slot_is_free)
        if not self._told_to_rest:
            self._told_to_rest = True
            return Order(Kind.REST, self._serial), None
        return None, None

    def _going_on(self, due: float, slot_is_free: Callable[[], bool]) -> tuple[Order | None, float | None]:
        self._told_to_rest = False
        if self._full_speed:
            return Order(Kind.SPEED, self._serial), None
        unit, per_second = self._pace
        if per_second <= DRAWN_ONE_BY_ONE and not slot_is_free():
            return None, None
        patience = due - perf_counter()
        if patience > 0:
            return None, patience
        return Order(Kind.PACE, self._serial, unit, per_second), None

    def _changing(self) -> _Change:
        """A block in which what the worker is to do may be changed; the worker is woken at its end."""
        return _Change(self)

    def _changed(self) -> None:
        self._serial += 1
        self._told_to_rest = False
        self.condition.notify_all()


class _Change:
    """Holds the condition's lock while the orders are changed, then wakes the worker."""

    def __init__(self, control: WorkerCommands) -> None:
        self._control = control

    def __enter__(self) -> None:
        self._control.condition.acquire()

    def __exit__(self, *_: object) -> None:
        self._control._changed()
        self._control.condition.release()
