"""A timer that rings once, some time after it was started last."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, SignalInstance


def single_shot(parent: QObject, milliseconds: int, call: Callable[[], None] | SignalInstance) -> QTimer:
    """Not started yet; ``call`` is what happens when it rings."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(call)
    return timer
