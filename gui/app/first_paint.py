"""Tells when a window is on the screen for the first time, so that what takes long can wait until then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

PATIENCE = 1000
"""Milliseconds after which it is done all the same: a window that opens minimised is not painted."""


class FirstPaint(QObject):
    """Calls ``then`` once, when ``window`` has been painted.

    A timer of 0 ms would not do: on X11 it ends before the system has asked for the first painting.
    """

    def __init__(self, window: QWidget, then: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._then = window, then
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(PATIENCE)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._timer.start(0)  # after the painting, which this event begins
        return False

    def _go_on(self) -> None:
        self._window.removeEventFilter(self)
        if self._window.isVisible():  # it may have been closed already
            self._then()
