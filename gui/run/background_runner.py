"""Plays further runs in a process of their own, beside the run that is open, and emits their results."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Container
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from engine.contract.experiment import Experiment
from engine.contract.protocol import Request
from engine.contract.run import Run
from engine.playing import RunPlayer
from gui.run.aside import start_thread
from gui.run.player_factory import PlayerFactory

_PIECE = 20
"""Updates computed per request; between two requests the thread checks whether the run is still wanted."""
_LAST_WAIT = 1.0
"""Seconds that ``close`` waits for the thread to end."""


class BackgroundRunner(QObject):
    """A queue of runs that are played one at a time; lives in the GUI thread.

    Emits ``played(ticket, params, frame)`` with the last parameters and frame of each run; or, if its network was asked
    for, ``networked(ticket, network)``, where None means that there is none. Emits nothing for a run that cannot be
    played. The thread and its process end after the last run and in ``close``.
    """

    played = Signal(object, object, object)
    networked = Signal(object, object)
    _reached = Signal(object, object, object)
    _network_reached = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._condition = threading.Condition()
        self._wanted: deque[tuple[Any, Experiment, Run, int, bool]] = deque()
        self._thread: threading.Thread | None = None
        self._players: PlayerFactory | None = None
        self._closed = False
        self._ticket: object = None
        self._reached.connect(self.played, Qt.ConnectionType.QueuedConnection)
        self._network_reached.connect(self.networked, Qt.ConnectionType.QueuedConnection)

    @property
    def is_playing(self) -> bool:
        """Whether a run is being played or waits in the queue."""
        return self._thread is not None and self._thread.is_alive()

    def play(self, ticket: object, experiment: Experiment, run: Run, update: int, network: bool = False) -> None:
        """Queue a run to be played up to ``update``. ``ticket`` is any object by which the caller knows the run again
        in the signal with its frame, or with its network if ``network``.
        """
        with self._condition:
            if self._closed:
                return
            self._wanted.append((ticket, experiment, run, update, network))
            if self._thread is None:
                self._thread = start_thread(self._work, "aside")

    def drop(self, tickets: Container[object]) -> None:
        """Remove the runs with one of these tickets from the queue, the one being played included."""
        with self._condition:
            self._wanted = deque(one for one in self._wanted if one[0] not in tickets)
            if self._ticket is not None and self._ticket in tickets:
                self._ticket = None

    def close(self) -> None:
        """End the thread and its process."""
        with self._condition:
            self._closed = True
            self._wanted.clear()
            thread, players = self._thread, self._players
        if players is not None:
            players.hang_up()
        if thread is not None:
            thread.join(_LAST_WAIT)

    def _work(self) -> None:
        players = self._players = PlayerFactory(threading.Condition())
        try:
            while True:
                with self._condition:
                    if not self._wanted:
                        self._thread = self._players = None
                        return
                    ticket, experiment, run, update, network = self._wanted.popleft()
                    self._ticket = ticket
                tell = self._tell_network if network else self._tell
                if not self._play(players, ticket, experiment, run, update, tell) and network:
                    self._network_reached.emit(ticket, None)
        finally:
            players.close()

    def _tell(self, ticket: object, player: RunPlayer) -> None:
        frame = player.go(0)
        self._reached.emit(ticket, player.params, frame)

    def _tell_network(self, ticket: object, player: RunPlayer) -> None:
        self._network_reached.emit(ticket, player.network())

    def _play(
        self,
        players: PlayerFactory,
        ticket: object,
        experiment: Experiment,
        run: Run,
        update: int,
        tell: Callable[[object, RunPlayer], None],
    ) -> bool:
        """Play a run to ``update`` and call ``tell`` with the ticket and its player; False if the run cannot be
        played.
        """
        try:
            player = players.player_for(experiment, run, lambda: not self._closed)
            while player is not None and not self._closed and self._ticket is ticket:
                left = update - player.update
                if left <= 0 or player.finished:
                    tell(ticket, player)
                    player.close()
                    return True
                for _ in player.answers(Request(min(left, _PIECE), frame=False)):
                    if self._closed or self._ticket is not ticket:
                        return True
            return True
        except Exception:  # whatever an experiment raises
            # It is told where somebody wants to see the run itself.
            players.bury()
            return False
