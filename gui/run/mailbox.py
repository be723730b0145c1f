"""The mailbox for frames from the worker to the window; and where the timeline's axis ends."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.contract.experiment import Experiment, Walk
from engine.contract.frame import Frame
from engine.contract.params import Params
from engine.contract.run import Run
from engine.playing import AHEAD
from gui.run.timeline import TimelineEntry


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A frame with the run and parameters it was made with, and how it came about.

    ``number`` is the run's number, ``run`` holds the journal and ``params`` the live values as of this frame.
    ``stepped``: the frame ends a step that was asked for; ``edited``: a change was applied at this update.
    """

    number: int
    run: Run
    params: Params
    frame: Frame
    stepped: bool = False
    edited: bool = False


@dataclass(frozen=True, eq=False)
class Replay:
    """The snapshots made while a run was replayed up to the earlier ``update``; ``reached`` is smaller than ``update``
    if the replay took too long and was given up there.
    """

    update: int
    reached: int
    snapshots: tuple[Snapshot, ...]


class Mailbox:
    """A thread-safe queue of snapshots from the worker to the GUI thread, which draws the newest and keeps them all.

    ``condition`` is notified when snapshots are put in and when they are taken.
    """

    def __init__(self, condition: threading.Condition) -> None:
        self._condition = condition
        self._snapshots: list[Snapshot] = []
        self._awaited = False

    def put(self, snapshots: Sequence[Snapshot]) -> bool:
        """Append snapshots, the newest last; True if the reader had found the mailbox empty and must be notified."""
        with self._condition:
            self._snapshots.extend(snapshots)
            awaited, self._awaited = self._awaited, False
            self._condition.notify_all()
            return awaited

    def wait(self, seconds: float) -> None:
        """Wait until there are snapshots, or for this long."""
        with self._condition:
            self._condition.wait_for(lambda: bool(self._snapshots), seconds)

    def take(self) -> tuple[Snapshot, ...]:
        """Remove and return all snapshots, the newest last."""
        with self._condition:
            taken = tuple(self._snapshots)
            self._awaited = not taken
            self._snapshots.clear()
            self._condition.notify_all()
            return taken

    def take_next(self) -> tuple[Snapshot, ...]:
        """Remove and return the oldest snapshots: one, or more if otherwise too many would be left waiting."""
        with self._condition:
            count = max(1, len(self._snapshots) - AHEAD + 1)
            taken = tuple(self._snapshots[:count])
            self._awaited = not taken
            del self._snapshots[:count]
            self._condition.notify_all()
            return taken

    def is_free(self) -> bool:
        """Whether the mailbox is empty."""
        return not self._snapshots

    def __len__(self) -> int:
        return len(self._snapshots)


_ROOM = 30
"""Length of the timeline's axis in updates where it is not known how far a run will go."""


def line_end(experiment: Experiment[Any, Any], params: Params, newest: TimelineEntry | None) -> int:
    """The last update of the timeline's axis: the run's end if it is known, else where the run first pauses, else a
    default; but never before the newest entry.
    """
    if isinstance(experiment, Walk):
        return experiment.last_stop(params)
    stop = experiment.way_to_opening(params)
    known = stop.count if stop.unit == experiment.units[0].id else 0
    if newest is None:
        return known or _ROOM
    return newest.update if newest.frame.finished else max(known or _ROOM, newest.update)
