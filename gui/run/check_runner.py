"""Runs checks of the learner's code on a background thread, one at a time."""

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
    """Runs one check at a time on a background thread; starting a check cancels the previous one.

    ``came(value)`` is emitted with each intermediate result, ``ended(value)`` with the final result, or with a ``Text``
    that says why there is none. ``unheld(restrictions)`` is emitted just before ``ended`` if this system cannot impose
    some restrictions on the process in which the code runs.
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
        """Whether a check of code is under way."""
        return self._check is not None

    def start(self, check: CancellableCheck, work: Callable[[], object]) -> None:
        """Call ``work`` on a background thread and emit its return value by ``ended``. ``check`` is the object by which
        the work is cancelled.
        """
        self.cancel()
        self._check = check
        start_thread(lambda: self._run(check, work), "check")

    def cancel(self) -> None:
        """Cancel the running check, if any; no signal is emitted for it."""
        if self._check is not None:
            self._check.cancel()
            self._check = None

    def tell(self, check: CancellableCheck, value: object, ends: bool = False) -> None:
        """Emit an intermediate result of ``check`` by ``came``, or its final one by ``ended`` if ``ends``; called in
        the check's thread.
        """
        with suppress(RuntimeError):  # the window may be gone
            self._told.emit(check, value, ends)

    def tell_drawn(self, check: CancellableCheck, value: Callable[[], object]) -> None:
        """Emit the progress that ``value`` returns by ``came``, unless the window has not yet taken the result before
        it; called in the check's thread.
        """
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
