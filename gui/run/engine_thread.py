"""The long-lived thread that computes, and everything through which the window reaches it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QThread, Signal

from gui.run.collecting import Collecting
from gui.run.mailbox import Mailbox
from gui.run.paint_priority import PaintPriority, shorten_switch_interval
from gui.run.player_factory import PlayerFactory
from gui.run.run_handle import RunHandle
from gui.run.worker import Worker
from gui.run.worker_commands import NOBODY, WorkerCommands

LAST_WAIT = 1000
"""Milliseconds that closing waits for the worker."""

_log = logging.getLogger(__name__)


class EngineThread(QObject):
    """One thread with one worker; belongs to the GUI thread. Connect to ``worker``'s signals with queued slots."""

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
        """Have ``playing`` take the place of the run at work, playing by itself if ``going``; returns its number."""
        if self.players.must_start_for(playing.experiment):
            # The gate opens when the event loop has painted what is there to be painted.
            with self.gate.drawing():
                pass
        self._numbers += 1
        self.control.begin(self._numbers, going)
        self._started.emit(playing, self._numbers)
        return self._numbers

    def leave(self) -> None:
        """Have the run at work left where it is."""
        self.control.cancel()
        self.gate.open()

    def close(self, before_exit: Callable[[], None] | None) -> None:
        """End the thread; a computation that does not stop within a second ends with the whole process."""
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
