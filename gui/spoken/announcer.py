"""Reads out a sentence that keeps changing: once it has rested, and while it goes on changing once a second."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from gui.spoken.telling import is_listening, say

REST = 0.5
"""Seconds without a change after which the sentence is read."""
APART = 1.0
"""Seconds from one reading to the next at least, and from a first change to its reading at most."""


class Announcer(QObject):
    """``ask`` gives the sentence when its time has come; one that was read already, or of a hidden widget, is not."""

    def __init__(self, widget: QWidget, ask: Callable[[], str]) -> None:
        super().__init__(widget)
        self._widget, self._ask = widget, ask
        self._said = ""
        self._said_at = self._changed_at = -APART
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._say)

    def changed(self) -> None:
        """The sentence is another one; nothing is done unless somebody listens."""
        if not is_listening():
            return
        now = monotonic()
        if not self._timer.isActive():
            self._changed_at = now
        due = max(min(now + REST, self._changed_at + APART), self._said_at + APART)
        self._timer.start(max(0, round(1000 * (due - now))))

    def forget(self) -> None:
        """What was to be read is no longer meant, such as a value of what has lost the keys; what comes next is new."""
        self._timer.stop()
        self._said = ""

    def _say(self) -> None:
        words = self._ask()
        if words != self._said and self._widget.isVisible():
            self._said, self._said_at = words, monotonic()
            say(self._widget, words)
