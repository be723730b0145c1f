"""Drops all rights of a process that computing does not need, for the rest of its life, as far as each system can."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from collections.abc import Iterable, Sequence

from engine.sandbox.audit import forbid
from engine.sandbox.landlock import restrict_files
from engine.sandbox.seatbelt import restrict
from engine.sandbox.seccomp import restrict_calls

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

MEMORY = 2 * 2**30
CALLS, FILES, SEATBELT, WINDOWS = "calls", "files", "seatbelt", "windows"
"""The kinds of restrictions: on system calls and on files (Linux), both together (macOS), and a Windows job object.

A job object limits processes and memory, and nothing more.
"""
_PR_SET_PDEATHSIG = 1


def expected() -> frozenset[str]:
    """The restrictions needed on this system so that untrusted code can read, write, send or start nothing."""
    return frozenset({"darwin": (SEATBELT,), "win32": (WINDOWS,)}.get(sys.platform, (CALLS, FILES)))


def confine(writes: Sequence[int], readable: Sequence[str] = (), own_threads: bool = False) -> tuple[str, ...]:
    """Confines this process: it can then write only to the pipes ``writes``, and read only below ``readable``.

    It can send and start nothing. Everything that will be needed must be imported and open before. Returns the
    restrictions that the system enforces.
    """
    held = []
    if sys.platform == "linux":
        # Files first: the filter of calls has no place for Landlock's own.
        if restrict_files(readable):
            held.append(FILES)
        if restrict_calls(bool(readable), writes):
            held.append(CALLS)
    elif sys.platform == "darwin" and restrict(readable):
        held.append(SEATBELT)
    for name in ("ctypes", "_ctypes"):  # which could write into the memory of the hook
        sys.modules.pop(name, None)
    forbid(readable, own_threads)
    return tuple(held)


def limit_memory(most: int = MEMORY) -> None:
    """Limits this process's memory, and forbids core dumps and writing to files, where the system can."""
    if resource is None:  # Windows: a job object holds the memory
        return
    for what, limit in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):  # a lower limit is in force, or the system takes none (macOS and RLIMIT_AS)
            continue


def limit_time(wall: float, work: float) -> None:
    """Ends this process after so many seconds of wall time or of CPU time, with a traceback on stderr.

    The parent process has a time limit of its own; this one exists because it can report the line that was running.
    """
    faulthandler.dump_traceback_later(wall, exit=True, file=2)
    if resource is not None:
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        faulthandler.register(signal.SIGXCPU, file=2, all_threads=False, chain=True)
        most = round(used + work + 0.5)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))


def die_with_parent() -> None:
    """Makes this process end with its parent, where the system supports it; the parent may have ended already."""
    if sys.platform != "linux":
        return
    import ctypes

    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def folders_of_modules(*further: str) -> tuple[str, ...]:
    """The folders that must be readable to import modules: those of loaded modules, of system libraries, and
    ``further``.
    """
    places: Iterable[str] = (*sys.path, os.path.dirname(os.__file__), *_LIBRARIES, *further)
    return tuple(dict.fromkeys(os.path.realpath(one) for one in places if one and os.path.exists(one)))


_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache") if sys.platform == "linux" else (
    ("/usr/lib", "/System/Library") if sys.platform == "darwin" else ()
)  # fmt: skip
