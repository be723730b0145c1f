"""Plays runs beside the one that is open, in a process of their own, and tells what they come to."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Container
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from engine.contract.experiment import Experiment
from engine.contract.run.protocol import Request
from engine.contract.run.run import Run
from engine.contract.text.refusal import Refused
from engine.playing.run_player import ComputationFailed, Lost, RunPlayer
from gui.run.player_factory import PlayerFactory

_PIECE = 20
"""So many updates are asked for at once; between two pieces it is seen whether anybody still wants them."""
_LAST_WAIT = 1.0
"""Seconds that the thread has to end when it is closed; what it waits for is told to end at once."""


class BackgroundRunner(QObject):
    """One run at a time, in the order in which they were asked for; belongs to the GUI thread.

    ``played(ticket, params, frame)`` follows for each, with the parameters at its end, or where its network is wanted
    ``networked(ticket, network)``, None where that could not be had; of another that cannot be played nothing follows.
    The thread and its process end with the last run, and with ``close``.
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
        """Whether there is still something to be played."""
        return self._thread is not None and self._thread.is_alive()

    def play(self, ticket: object, experiment: Experiment, run: Run, update: int, network: bool = False) -> None:
        """Play a run to an update; what is told of it, its last frame or its ``network``, carries the ``ticket``."""
        with self._condition:
            if self._closed:
                return
            self._wanted.append((ticket, experiment, run, update, network))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="aside", daemon=True)
                self._thread.start()

    def drop(self, tickets: Container[object]) -> None:
        """Play what carries one of these tickets no more."""
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
        """Play a run and tell of its end; False where it cannot be played, for a reason of its own."""
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
        except (Refused, ComputationFailed, Lost):
            # It is told where somebody wants to see the run itself.
            players.bury()
            return False
