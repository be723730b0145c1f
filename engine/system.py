"""What a process that is started from here has to know of Windows' consoles, where nothing else says so."""

from __future__ import annotations

import signal
import subprocess

NO_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""Goes with every process that is started: without a console of ours (pythonw) Windows opens one for each."""


def leave_interrupts_to_parent() -> None:
    """Ignores Ctrl+C and Ctrl+Break, which reach all processes of a terminal: the window ends the others itself."""
    for name in ("SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
