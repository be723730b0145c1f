"""What the process of the learner's code may not do: be greedy, be endless, touch files, start anything.

An audit hook is no sandbox. It keeps from accidents, which is why code from a stranger runs only when somebody asks.
"""

from __future__ import annotations

import faulthandler
import io
import os
import signal
import sys
from typing import Any

from engine.exercises.own_code import Forbidden, is_learners

MEMORY = 2 * 2**30
CPU_SECONDS = 2
_MOST_PRINTED = 2_000
_ROOMS = (
    "subprocess",
    "socket",
    "ctypes",
    "shutil",
    "mmap",
    "pty",
    "fcntl",
    "syslog",
    "urllib",
    "winreg",
    "webbrowser",
)
_OF_OS = (
    "system", "fork", "forkpty", "exec", "posix_spawn", "spawn", "startfile", "remove", "rename", "rmdir", "mkdir",
    "link", "symlink", "chmod", "chown", "truncate", "putenv", "unsetenv", "kill", "killpg", "utime",
)  # fmt: skip
_FORBIDDEN = frozenset(
    (*(f"os.{name}" for name in _OF_OS), "_thread.start_new_thread", "_thread.start_joinable_thread")
)
_MODULES = (".py", ".pyc", ".so", ".pyd")


class Printed(io.TextIOBase):
    """Keeps the beginning of what is printed, and drops the rest."""

    def __init__(self) -> None:
        self.text = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text[: _MOST_PRINTED - len(self.text)]
        return len(text)


def limit_memory(most: int = MEMORY, may_write: bool = False) -> None:
    """So much memory, no file that is written, no core: where the system has such limits."""
    try:
        import resource
    except ImportError:  # Windows: the parent ends what takes too long
        return
    limits = {resource.RLIMIT_AS: most, resource.RLIMIT_CORE: 0, **({} if may_write else {resource.RLIMIT_FSIZE: 0})}
    for what, limit in limits.items():
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):  # a lower limit is in force, or the system takes none (macOS and RLIMIT_AS)
            continue


def limit_time(seconds: float) -> None:
    """End this process after so much time, and after so much work; its last lines are written to stderr."""
    faulthandler.dump_traceback_later(seconds, exit=True, file=2)
    if hasattr(signal, "SIGXCPU"):
        import resource

        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        faulthandler.register(signal.SIGXCPU, file=2, all_threads=False, chain=True)
        most = round(used + CPU_SECONDS + 0.5)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))


def forbid() -> None:
    """Refuse the learner's code files, processes, threads and the network from now on; this cannot be taken back."""
    sys.addaudithook(_refuse)


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    is_open = event == "open"
    if not (is_open or event in _FORBIDDEN or event.partition(".")[0] in _ROOMS) or not _is_asked_by_the_learner():
        return
    if is_open:
        path, mode = args[0], args[1] or ""
        # What NumPy imports late is read; everything else that is opened was the learner's wish.
        if isinstance(path, (str, os.PathLike)) and str(path).endswith(_MODULES) and mode in ("r", "rb", ""):
            return
        raise Forbidden(f"open({path!r})")
    raise Forbidden(event)


def _is_asked_by_the_learner() -> bool:
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        if is_learners(frame.f_code):
            return True
    return False
