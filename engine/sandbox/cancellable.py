"""A check of untrusted code that another thread may cancel."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from typing import TypeVar

from engine.sandbox.caller import PATIENCE, Sandbox
from engine.sandbox.confinement import expected

_T = TypeVar("_T")


class Cancelled(Exception):
    """Raised in the thread of a check that was cancelled."""


class CancellableCheck:
    """A check that runs untrusted code in one confined process after the other.

    ``lacks`` are the restrictions that this system could not impose on the code, known once a process has run.
    """

    def __init__(self) -> None:
        self.lacks: frozenset[str] = frozenset()
        self.is_worked_out = False
        """Whether the last process ended by its limit of CPU time."""
        self._lock = threading.Lock()
        self._sandbox: Sandbox | None = None
        self._is_cancelled = False

    def cancel(self) -> None:
        """Ends the current process; its check raises ``Cancelled``. May be called from any thread."""
        with self._lock:
            self._is_cancelled = True
            if self._sandbox is not None:
                self._sandbox.end()

    def hold(self, sandbox: Sandbox | None) -> None:
        """Sets the process that ``cancel`` has to end; raises ``Cancelled`` if ``cancel`` was already called."""
        with self._lock:
            self._sandbox = sandbox
            if sandbox is not None and self._is_cancelled:
                raise Cancelled

    def in_sandbox(self, what: Callable[[Sandbox], _T], trains: bool = False, patience: float = PATIENCE) -> _T:
        """Calls ``what`` with a new sandbox process and returns its result.

        ``patience`` is the time limit in seconds. OSError if no process can be started; exceptions of ``what`` are
        raised.
        """
        with tempfile.TemporaryDirectory(prefix="layerwise-") as empty, Sandbox(empty, patience, trains) as sandbox:
            self.hold(sandbox)
            try:
                return what(sandbox)
            finally:
                self.is_worked_out = sandbox.is_worked_out
                self.lacks |= expected() - set(sandbox.held) if sandbox.is_ready else frozenset()
                self._let_go()

    def _let_go(self) -> None:
        with self._lock:
            self._sandbox = None
            if self._is_cancelled:
                raise Cancelled
