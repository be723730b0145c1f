"""Differences between operating systems: console windows, Ctrl+C, the name of Python, and locks on files."""

from __future__ import annotations

import errno
import shlex
import shutil
import signal
import subprocess
import sys

NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""The creation flag for every child process: without it, Windows opens a console window for each one when this program
has none (pythonw).
"""

_LOCKED = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK, 0)
"""Error numbers that mean another process has the lock; under Wine it is 0."""


def leave_interrupts_to_parent() -> None:
    """Ignores Ctrl+C and Ctrl+Break. A terminal sends them to all its processes, but the window's process ends the
    others itself.
    """
    for name in ("SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def python_call(file: str) -> str:
    """The command that runs a file with Python in a terminal: ``python3`` on Linux and macOS, ``py`` on Windows, or
    ``python`` if ``py`` is missing, as in the Microsoft Store version.
    """
    if sys.platform != "win32":
        return f"python3 {shlex.quote(file)}"
    return f"{'py' if shutil.which('py') else 'python'} {subprocess.list2cmdline([file])}"


def lock_file(descriptor: int) -> bool:
    """Locks an open file until its descriptor is closed; False if another process has the lock. OSError if the file
    system has no locks.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _LOCKED:
            raise
        return False
    return True
