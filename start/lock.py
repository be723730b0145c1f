"""A lock on a folder, so that two starts at the same time do not both install into it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from engine.system import lock_file

_POLL_SECONDS = 0.2


class FolderLock:
    """A context manager that holds the lock; the system releases it when the process dies.

    ``on_wait`` is called once if another process holds the lock. No effect if the file system has no locks.
    """

    def __init__(self, path: str, on_wait: Callable[[], None]) -> None:
        self._path = path
        self._on_wait = on_wait
        self._descriptor = -1

    @property
    def descriptor(self) -> int:
        """The open lock file. A child that inherits it keeps the folder locked after its parent was killed."""
        return self._descriptor

    def __enter__(self) -> FolderLock:
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        told = False
        while not self._try():
            if not told:
                self._on_wait()
                told = True
            time.sleep(_POLL_SECONDS)
        return self

    def __exit__(self, *exception: object) -> None:
        os.close(self._descriptor)
        self._descriptor = -1

    def _try(self) -> bool:
        """Tries to take the lock; False if another process has it."""
        try:
            return lock_file(self._descriptor)
        except OSError:
            return True
