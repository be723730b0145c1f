"""Differences between operating systems in starting programs: console windows, Ctrl+C, and the name of Python."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
import sys

NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""The creation flag for every child process: without it, Windows opens a console window for each one when this program
has none (pythonw).
"""


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
