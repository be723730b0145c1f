"""Keeps the console of a double click on Windows until its last sentence was read. Every Python can read this file."""

import os
import sys


def wait_for_key():
    """Waits where the console goes with this process: a shell, which would keep it, sets PROMPT."""
    if sys.platform != "win32" or getattr(sys, "frozen", False) or "PROMPT" in os.environ:
        return
    if sys.stdin is not None and sys.stdin.isatty():  # pythonw has none
        os.system("pause")  # which says in the system's language what it waits for
