"""Starts threads that run a method of a QObject, and drops the last reference to that object in the GUI thread only.

A thread that runs a method keeps the method's object alive. If that is its last reference, the object is destroyed in
the thread when the thread ends, while Qt may be deleting it with its parent: PySide then deletes it twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot


class _Held(QObject):
    """Keeps a reference to each running thread's callable until the thread has ended; lives in the GUI thread."""

    ending = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[threading.Thread, Callable[[], None]] = {}
        self.ending.connect(self._let_go, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Callable[[], None], name: str) -> threading.Thread:
        thread = threading.Thread(target=self._run, args=(work,), name=name, daemon=True)
        self._held[thread] = work
        thread.start()
        return thread

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            self.ending.emit(threading.current_thread())

    @Slot(object)
    def _let_go(self, thread: threading.Thread) -> None:
        thread.join()  # by now it has said its last word, and lets go of what it ran
        del self._held[thread]


_holder: _Held | None = None


def start_thread(work: Callable[[], None], name: str) -> threading.Thread:
    """Start a daemon thread named ``name`` that calls ``work``, which may be a method of a QObject. To be called in the
    GUI thread.
    """
    global _holder
    if _holder is None:
        _holder = _Held()
    return _holder.start(work, name)
