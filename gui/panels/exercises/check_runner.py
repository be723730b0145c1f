"""Has the learner's code checked while the window goes on."""

from __future__ import annotations

import threading
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from engine.contract.text.text import Text
from engine.exercises.elsewhere import Checking
from engine.exercises.exercise import Exercise, Inputs

_NO_PROCESS = Text("Your code is checked in a process of its own, and none can be started now.")


class CheckRunner(QObject):
    """One check at a time: another one ends it. ``checked(verdict)`` follows, or ``refused(text)``.

    ``unheld(lacks)`` says before that what this system does not keep away from the code.
    """

    checked = Signal(object)
    refused = Signal(object)
    unheld = Signal(object)
    _came = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._checking: Checking | None = None
        self._came.connect(self._take)

    @property
    def is_checking(self) -> bool:
        """Whether a verdict is still to come."""
        return self._checking is not None

    def check(self, exercise: Exercise, source: str, stage: Inputs) -> None:
        """Begin to check, and leave the check before."""
        self.cancel()
        self._checking = checking = Checking(exercise, source, stage)
        threading.Thread(target=self._wait, args=(checking,), name="check", daemon=True).start()

    def cancel(self) -> None:
        """End the check that is under way; no verdict comes of it."""
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None

    def _wait(self, checking: Checking) -> None:
        try:
            verdict = checking.verdict()
        except OSError:
            verdict = None
        with suppress(RuntimeError):  # the window may be gone
            self._came.emit(checking, verdict)

    def _take(self, checking: Checking, verdict: object) -> None:
        if checking is self._checking:
            self._checking = None
            if checking.lacks:
                self.unheld.emit(checking.lacks)
            if verdict is None:
                self.refused.emit(_NO_PROCESS)
            else:
                self.checked.emit(verdict)
