"""Windows: a job object restricts a process, which may start no others, has a memory limit, and ends when the job's
handle is closed.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_EXTENDED_LIMITS, _INTERFACE = 9, 4
_ACTIVE_PROCESSES, _PROCESS_MEMORY, _DIE_ON_EXCEPTION, _KILL_ON_CLOSE = 0x8, 0x100, 0x400, 0x2000
_EVERYTHING_OF_THE_DESKTOP = 0xFF
"""All user interface restrictions: other windows, the clipboard, display settings, the desktop, logging off."""


class _Limits(ctypes.Structure):
    """The structure JOBOBJECT_EXTENDED_LIMIT_INFORMATION of the Windows API."""

    _fields_ = (
        ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", ctypes.c_uint32),
        ("least_set", ctypes.c_size_t), ("most_set", ctypes.c_size_t), ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t), ("priority", ctypes.c_uint32), ("scheduling", ctypes.c_uint32),
        ("transferred", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t), ("job_memory", ctypes.c_size_t),
        ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t),
    )  # fmt: skip


class Job:
    """A Windows job object for one process; its limits hold after ``take``, and ``close`` ends the process."""

    def __init__(self, memory: int) -> None:
        self._kernel: Any = getattr(ctypes, "WinDLL")("kernel32") if sys.platform == "win32" else None  # noqa: B009
        self._handle: Any = None
        if self._kernel is None:
            return
        self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
        self._handle = ctypes.c_void_p(self._kernel.CreateJobObjectW(None, None))
        limits = _Limits(flags=_ACTIVE_PROCESSES | _PROCESS_MEMORY | _DIE_ON_EXCEPTION | _KILL_ON_CLOSE, processes=1,
                         process_memory=memory)  # fmt: skip
        self._set(_EXTENDED_LIMITS, limits)
        self._set(_INTERFACE, ctypes.c_uint32(_EVERYTHING_OF_THE_DESKTOP))

    def take(self, process_handle: int) -> bool:
        """Assigns a process to the Windows job object, given its handle; False on another system, or if Windows
        refuses.
        """
        if not self._handle:
            return False
        return bool(self._kernel.AssignProcessToJobObject(self._handle, ctypes.c_void_p(process_handle)))

    def close(self) -> None:
        """Closes the job's handle, which ends the process."""
        if self._handle:
            self._kernel.CloseHandle(self._handle)
            self._handle = None

    def _set(self, kind: int, value: Any) -> None:
        self._kernel.SetInformationJobObject(self._handle, kind, ctypes.byref(value), ctypes.sizeof(value))
