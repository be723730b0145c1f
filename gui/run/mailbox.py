"""The one slot through which frames travel from the worker to the window."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from engine.contract.output.frame import Frame
from engine.contract.params import Params
from engine.contract.run.run import Run
from engine.playing.run_plan import AHEAD


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A frame with what it is the frame of.

    ``number`` tells which run it comes from, ``run`` has the journal as of then, ``params`` the live values as of
    then. ``stepped``: somebody asked for this very step; ``edited``: a change was put in at this update.
    """

    number: int
    run: Run
    params: Params
    frame: Frame
    stepped: bool = False
    edited: bool = False


@dataclass(frozen=True, eq=False)
class Replay:
    """What was played once more on the way to an earlier ``update``, up to ``reached``; it was given up where these
    differ.
    """

    update: int
    reached: int
    snapshots: tuple[Snapshot, ...]


class Mailbox:
    """Holds the newest snapshot, to be drawn, and those it overtook, to be kept in the record.

    ``condition`` is notified when the slot was emptied.
    """

    def __init__(self, condition: threading.Condition) -> None:
        self._condition = condition
        self._snapshots: list[Snapshot] = []
        self._awaited = False

    def put(self, snapshots: Sequence[Snapshot]) -> bool:
        """Lay snapshots in, the newest last; True if somebody looked for one and found nothing."""
        with self._condition:
            self._snapshots.extend(snapshots)
            awaited, self._awaited = self._awaited, False
            return awaited

    def take(self) -> tuple[Snapshot, ...]:
        """Empty the slot; the newest snapshot is the last."""
        with self._condition:
            taken = tuple(self._snapshots)
            self._awaited = not taken
            self._snapshots.clear()
            self._condition.notify_all()
            return taken

    def take_next(self) -> tuple[Snapshot, ...]:
        """The oldest snapshot, if there is one, and with it as many as leave few enough waiting."""
        with self._condition:
            count = max(1, len(self._snapshots) - AHEAD + 1)
            taken = tuple(self._snapshots[:count])
            self._awaited = not taken
            del self._snapshots[:count]
            self._condition.notify_all()
            return taken

    def is_free(self) -> bool:
        """Whether everything was taken."""
        return not self._snapshots

    def __len__(self) -> int:
        return len(self._snapshots)
