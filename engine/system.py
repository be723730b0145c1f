"""What differs by the system in starting programs: consoles, the keys that end them, and how Python is called."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
import sys

NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Goes with every process that is started: without a console of ours (pythonw) Windows opens one for each."""


def leave_interrupts_to_parent() -> None:
    """Ignores Ctrl+C and Ctrl+Break, which reach all processes of a terminal: the window ends the others itself."""
    for name in ("SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def python_call(file: str) -> str:
    """What is typed in a terminal to run a file with Python. On Windows it is called py, but that of the Store, which
    has no py.
    """
    if sys.platform != "win32":
        return f"python3 {shlex.quote(file)}"
    return f"{'py' if shutil.which('py') else 'python'} {subprocess.list2cmdline([file])}"
