"""Gives up, for the rest of a process's life, whatever computing does not need; each system as far as it can."""

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
"""What a system can hold: the calls of a process, the files that it reaches, and on macOS both. On Windows a job object
holds processes and memory, and nothing more."""
_PR_SET_PDEATHSIG = 1


def expected() -> frozenset[str]:
    """What has to hold on this system so that nothing can be read, written, sent or started by foreign code."""
    return frozenset({"darwin": (SEATBELT,), "win32": (WINDOWS,)}.get(sys.platform, (CALLS, FILES)))


def confine(writes: Sequence[int], readable: Sequence[str] = (), own_threads: bool = False) -> tuple[str, ...]:
    """Confine this process, and say what the system holds: nothing is written but to the pipes ``writes``, nothing sent
    or started from now on, and nothing read but what lies below ``readable``.

    Everything that will be needed beyond that has to be imported and open by now.
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
    """So much memory, no file that is written, no core: where the system has such limits."""
    if resource is None:  # Windows: a job object holds the memory
        return
    for what, limit in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0)):
        try:
            resource.setrlimit(what, (limit, limit))
        except (ValueError, OSError):  # a lower limit is in force, or the system takes none (macOS and RLIMIT_AS)
            continue


def limit_time(wall: float, work: float) -> None:
    """End this process after so many seconds, and after so many of work; its last lines are written to stderr.

    Whoever started it keeps a limit of its own: this one only says at which line it was.
    """
    faulthandler.dump_traceback_later(wall, exit=True, file=2)
    if resource is not None:
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        faulthandler.register(signal.SIGXCPU, file=2, all_threads=False, chain=True)
        most = round(used + work + 0.5)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))


def die_with_parent() -> None:
    """End with the process that started this one, where the system can see to it; it may have ended already."""
    if sys.platform != "linux":
        return
    import ctypes

    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def folders_of_modules(*further: str) -> tuple[str, ...]:
    """What a process has to read that still imports: the places of its modules, and of the system's libraries."""
    places: Iterable[str] = (*sys.path, os.path.dirname(os.__file__), *_LIBRARIES, *further)
    return tuple(dict.fromkeys(os.path.realpath(one) for one in places if one and os.path.exists(one)))


_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache") if sys.platform == "linux" else (
    ("/usr/lib", "/System/Library") if sys.platform == "darwin" else ()
)  # fmt: skip
