"""A lock on a file that several windows write: the system holds it, and lets it go with its process in any case."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)
_PAUSE = 0.003
"""Seconds between two looks."""
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Locked(Exception):
    """Another process holds the lock."""


@contextlib.contextmanager
def file_lock(path: Path, patience: float) -> Iterator[None]:
    """While nobody else holds it; ``Locked`` after so many seconds. Where no lock can be made, simply so.

    The file is gone afterwards, and who finds one that was left by a process that was killed takes it at once.
    """
    until = time.monotonic() + patience
    while (descriptor := _taken(path)) is None:
        if time.monotonic() > until:
            raise Locked
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        if descriptor >= 0:
            with contextlib.suppress(OSError):  # Windows deletes no file that is open
                path.unlink()
            os.close(descriptor)


def _taken(path: Path) -> int | None:
    """The open file, with its lock; None while another process has it, -1 where there are no locks."""
    try:
        descriptor = os.open(path, _FLAGS, 0o600)
    except OSError:
        return -1
    try:
        _lock(descriptor)
        # Whoever had it may have deleted it meanwhile: a lock on what nobody finds any more is none.
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return descriptor
    except FileNotFoundError:
        pass
    except OSError as error:
        os.close(descriptor)
        return None if error.errno in _HELD else -1
    os.close(descriptor)
    return None


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
