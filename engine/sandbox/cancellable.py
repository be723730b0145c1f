"""A check of foreign code, which another thread may cancel."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from typing import TypeVar

from engine.sandbox.caller import PATIENCE, Sandbox
from engine.sandbox.confinement import expected

_T = TypeVar("_T")


class Cancelled(Exception):
    """Raised where a check was cancelled."""


class CancellableCheck:
    """A check in one confined process after the other. ``lacks`` are, once there was one, the restrictions that this
    system could not impose on its code.
    """

    def __init__(self) -> None:
        self.lacks: frozenset[str] = frozenset()
        self.is_worked_out = False
        """Whether the last process had used up the processor's time that it may have."""
        self._lock = threading.Lock()
        self._sandbox: Sandbox | None = None
        self._is_cancelled = False

    def cancel(self) -> None:
        """Ends what is under way, with ``Cancelled`` in its thread; may be called from any thread."""
        with self._lock:
            self._is_cancelled = True
            if self._sandbox is not None:
                self._sandbox.end()

    def hold(self, sandbox: Sandbox | None) -> None:
        """Remembers the process that a cancel has to end; ``Cancelled`` if there was one already."""
        with self._lock:
            self._sandbox = sandbox
            if sandbox is not None and self._is_cancelled:
                raise Cancelled

    def in_sandbox(self, what: Callable[[Sandbox], _T], trains: bool = False, patience: float = PATIENCE) -> _T:
        """What comes of something in a process of its own, for as long as ``patience`` says; OSError if none can be
        started, and what the process ends with.
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
