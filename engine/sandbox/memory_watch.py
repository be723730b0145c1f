"""macOS: watches the memory of a process from outside, since the system takes no limit for it (RLIMIT_AS)."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

_PULSE = 0.1
_TASK_INFO = 4
"""The constant PROC_PIDTASKINFO of libproc.h; in its struct proc_taskinfo, the second field is the resident size."""
_NUMBERS = 12
"""The size of that struct in units of 8 bytes: six fields of 8 bytes, and twelve of 4."""


def resident_size(process: int) -> int | None:
    """The memory in bytes that one of the user's processes takes on macOS; None if it has ended, or elsewhere."""
    if sys.platform != "darwin":
        return None
    found = (ctypes.c_uint64 * _NUMBERS)()
    size = ctypes.sizeof(found)
    told = ctypes.CDLL("/usr/lib/libproc.dylib").proc_pidinfo(process, _TASK_INFO, ctypes.c_uint64(0), found, size)
    return int(found[1]) if told == size else None


class MemoryWatch:
    """Kills a process that takes more than ``most`` bytes, and then sets ``is_over``; ``end`` stops watching.

    It does nothing where ``size_of`` returns None.
    """

    def __init__(self, process: int, most: int, size_of: Callable[[int], int | None] = resident_size) -> None:
        self.is_over = False
        self._process, self._most, self._size_of = process, most, size_of
        self._ends = threading.Event()
        self._thread: threading.Thread | None = None
        if size_of(process) is not None:
            self._thread = threading.Thread(target=self._look, daemon=True, name="memory")
            self._thread.start()

    def end(self) -> None:
        """Stops watching; must be called before the process is waited for, since its id may then be reused."""
        self._ends.set()
        if self._thread is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._ends.wait(_PULSE):
            size = self._size_of(self._process)
            if size is not None and size > self._most:
                self.is_over = True
                with suppress(OSError):
                    os.kill(self._process, getattr(signal, "SIGKILL", signal.SIGTERM))
                return
