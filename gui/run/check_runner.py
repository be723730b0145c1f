"""Runs checks of foreign code on a thread beside the window, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.contract.text import Refused, Text
from engine.sandbox.cancellable import CancellableCheck, Cancelled
from gui.run.aside import start_thread

_NO_PROCESS = Text("Your code is checked in a process of its own, and none can be started now.")


class CheckRunner(QObject):
    """A new check cancels the one before.

    ``came(value)`` carries what is found on the way, and ``ended(value)`` what came of it, or a ``Text`` that says why
    nothing did. ``unheld`` is emitted before, with the restrictions that this system cannot impose on the code.
    """

    came = Signal(object)
    ended = Signal(object)
    unheld = Signal(object)
    _told = Signal(object, object, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._check: CancellableCheck | None = None
        self._is_drawn = True
        self._told.connect(self._take)

    @property
    def is_running(self) -> bool:
        """Whether a check is under way."""
        return self._check is not None

    def start(self, check: CancellableCheck, work: Callable[[], object]) -> None:
        """Start a check, whose ``work`` returns what comes of it."""
        self.cancel()
        self._check = check
        start_thread(lambda: self._run(check, work), "check")

    def cancel(self) -> None:
        """End what is under way, without a word."""
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def tell(self, check: CancellableCheck, value: object, ends: bool = False) -> None:
        """Tell the window what was found on the way; called in the check's thread."""
        with suppress(RuntimeError):  # the window may be gone
            self._told.emit(check, value, ends)

    def tell_drawn(self, check: CancellableCheck, value: Callable[[], object]) -> None:
        """Tell how far it is, once the window has taken what was told before."""
        if self._is_drawn:
            self._is_drawn = False
            self.tell(check, value())

    def _run(self, check: CancellableCheck, work: Callable[[], object]) -> None:
        value: object
        try:
            value = work()
        except Refused as refusal:
            value = refusal.text
        except Cancelled:
            return
        except OSError:
            value = _NO_PROCESS
        self.tell(check, value, ends=True)

    def _take(self, check: CancellableCheck, value: Any, ends: bool) -> None:
        self._is_drawn = True
        if check is not self._check:
            return
        if not ends:
            self.came.emit(value)
            return
        self._check = None
        if check.lacks:
            self.unheld.emit(check.lacks)
        self.ended.emit(value)
