"""Ctrl+C in the terminal, and being asked to end by the system, close the window as a click does."""

from __future__ import annotations

import signal
import socket
import time

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from gui.app.promises import open_promises

_PATIENCE, _LOOK_AGAIN = 5.0, 20
"""Seconds for which something that was promised to be written is waited for, and milliseconds between two looks."""
_WANTED = ("SIGINT", "SIGTERM", "SIGHUP")


class ClosingSignals(QObject):
    """From its making on, a signal closes ``window``, once there is one and the event loop runs.

    ``status`` is what the process then ends with, as terminals expect it: 128 and the number of the signal, 0 without
    one. A second signal ends the process at once, so that a window that hangs can be left. What the system has been
    told to ignore stays ignored.
    """

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.status = 0
        self.window: QWidget | None = None
        # Queued: Python calls a handler between any two of its instructions, also in the middle of a drawing.
        self._arrived.connect(self._close, Qt.ConnectionType.QueuedConnection)
        # Python notices a signal only when it runs; a byte in a socket wakes Qt, and then a slot runs.
        self._woken, self._waking = socket.socketpair()
        for end in (self._woken, self._waking):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._woken.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)
        self._wakeup_before = signal.set_wakeup_fd(self._waking.fileno(), warn_on_full_buffer=False)
        self._before = {}
        for number in [getattr(signal, name) for name in _WANTED if hasattr(signal, name)]:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._take)

    def uninstall(self) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        self._notifier.setEnabled(False)
        for end in (self._woken, self._waking):
            end.close()

    def _take(self, number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        self.status = 128 + number
        self._arrived.emit()

    def _drain(self) -> None:
        self._woken.recv(64)

    def _close(self) -> None:
        if self.window is not None:
            self.window.close()
        self._leave(time.monotonic() + _PATIENCE)

    def _leave(self, until: float) -> None:
        if self.window is not None and open_promises(self.window):
            if time.monotonic() < until:
                QTimer.singleShot(_LOOK_AGAIN, self, lambda: self._leave(until))
                return
            self.window.close()  # once more, which waits for nothing
        # Dialogs that wait for an answer would keep the program alive.
        QCoreApplication.exit(self.status)
