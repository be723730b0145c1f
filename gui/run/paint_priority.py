"""A gate at which the worker waits while the window paints."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QObject

SWITCH_INTERVAL = 0.0005
"""Seconds after which the interpreter changes threads. Python's default of 5 ms makes the window stutter."""

_DRAWN = QEvent.Type(QEvent.registerEventType())
# Repaints have Qt.LowEventPriority (−1) and are asked for only after the scenes have collected their changes; an event
# below all of them arrives when the picture is on the screen.
_AFTER_PAINTING = -1000


class PaintPriority(QObject):
    """A gate, closed while the window paints; lives in the GUI thread, only ``wait`` is called by the worker."""

    def __init__(self) -> None:
        super().__init__()
        self._open = threading.Event()
        self._open.set()
        self._depth = 0

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Context manager that closes the gate until the event loop has painted what is changed inside it."""
        self._depth += 1
        self._open.clear()
        try:
            yield
        finally:
            self._depth -= 1
            QCoreApplication.postEvent(self, QEvent(_DRAWN), _AFTER_PAINTING)

    def wait(self, timeout: float) -> None:
        """Wait until the gate is open, at most ``timeout`` seconds: the worker slows down but never stops."""
        self._open.wait(timeout)

    @property
    def is_open(self) -> bool:
        """Whether the gate is open, so that the worker may compute."""
        return self._open.is_set()

    def open(self) -> None:
        """Open the gate at once."""
        self._open.set()

    def event(self, event: QEvent) -> bool:
        if event.type() == _DRAWN:
            if self._depth == 0:
                self._open.set()
            return True
        return super().event(event)


def shorten_switch_interval() -> None:
    """Make Python switch threads often enough for a smooth window."""
    sys.setswitchinterval(SWITCH_INTERVAL)
