"""Linux: restricts the system calls of a process by a seccomp filter that cannot be removed.

All calls that are not named here are refused: a process that only computes needs some 70 of 450. The filter is classic
BPF (``man 2 seccomp``): it sees the number of a call and its arguments, but not the memory that pointers refer to.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from collections.abc import Iterable

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The kernel's ids of the supported processors (AUDIT_ARCH_…): system call numbers depend on the processor."""
_X32 = 0x40000000
"""The bit that marks calls of x86_64's second table (x32)."""

# Name: (x86_64, aarch64), None where there is no such call.
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "pread64": (17, 67), "preadv": (295, 69),
    "close": (3, 57), "close_range": (436, 436), "lseek": (8, 62),
    "poll": (7, None), "ppoll": (271, 73), "select": (23, None), "pselect6": (270, 72),
    "fstat": (5, 80), "newfstatat": (262, 79), "stat": (4, None), "lstat": (6, None), "statx": (332, 291),
    "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "mremap": (25, 216), "madvise": (28, 233),
    "brk": (12, 214), "futex": (202, 98), "futex_waitv": (449, 449), "membarrier": (324, 283),
    "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135), "rt_sigreturn": (15, 139), "sigaltstack": (131, 132),
    "rt_sigpending": (127, 136), "rt_sigtimedwait": (128, 137), "restart_syscall": (219, 128),
    "set_robust_list": (273, 99), "get_robust_list": (274, 100), "rseq": (334, 293), "set_tid_address": (218, 96),
    "exit": (60, 93), "exit_group": (231, 94), "getrandom": (318, 278), "uname": (63, 160), "sysinfo": (99, 179),
    "clock_gettime": (228, 113), "clock_getres": (229, 114), "clock_nanosleep": (230, 115), "nanosleep": (35, 101),
    "gettimeofday": (96, 169), "time": (201, None), "times": (100, 153), "getrusage": (98, 165),
    "getpid": (39, 172), "gettid": (186, 178), "getppid": (110, 173), "getuid": (102, 174), "geteuid": (107, 175),
    "getgid": (104, 176), "getegid": (108, 177), "getcwd": (79, 17), "getcpu": (309, 168), "getrlimit": (97, 163),
    "sched_yield": (24, 124), "sched_getaffinity": (204, 123),
    "openat": (257, 56), "open": (2, None), "getdents64": (217, 61), "readlink": (89, None), "readlinkat": (267, 78),
    "access": (21, None), "faccessat": (269, 48), "faccessat2": (439, 439), "fadvise64": (221, 223),
    "clone": (56, 220), "clone3": (435, 435), "kill": (62, 129), "tgkill": (234, 131), "fcntl": (72, 25),
    "ioctl": (16, 29), "prlimit64": (302, 261),
}  # fmt: skip
_JUDGED = frozenset(
    (
        "write",
        "writev",
        "openat",
        "open",
        "clone",
        "clone3",
        "kill",
        "tgkill",
        "fcntl",
        "ioctl",
        "prlimit64",
        "mmap",
        "mprotect",
    )
)
"""The names of system calls that are allowed only with certain arguments."""
_OF_READING = frozenset(
    ("getdents64", "readlink", "readlinkat", "access", "faccessat", "faccessat2", "fadvise64", "stat", "lstat")
)
"""The names of system calls that are only needed for reading files."""

_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENTS_AT = 0, 4, 16
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_A_THREAD = 0x00000100 | 0x00000200 | 0x00000400 | 0x00000800 | 0x00010000
"""The flags of ``clone`` for a thread: CLONE_VM, FS, FILES, SIGHAND and THREAD."""
_PLAINLY = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | (
    getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | 0o100000
)  # fmt: skip
"""The flags with which files may be opened, all for reading; the last is the kernel's O_LARGEFILE."""
_EXECUTABLE = 0x4
_FD_COMMANDS = (1, 2, 3)
"""The allowed commands of ``fcntl``, F_GETFD, F_SETFD and F_GETFL: none that sends signals, locks or duplicates."""
_SET_MODE_FILTER, _ALL_THREADS = 1, 1
_SECCOMP = {"x86_64": 317, "aarch64": 277}
_PR_SET_NO_NEW_PRIVS = 38

_Line = tuple[int, int, int, int]
"""A BPF instruction: code, jump if true, jump if false, constant."""


def restrict_calls(may_read: bool, writes: Iterable[int]) -> bool:
    """Restricts all threads of this process to the calls that computing needs, and to writing to the pipes ``writes``.

    With ``may_read`` files can be opened for reading, and modules loaded. False if the system has no such filters, or
    this processor is not supported.
    """
    machine = platform.machine()
    if machine not in _ARCHITECTURES or struct.calcsize("P") != 8:
        return False
    lines = _filter(machine, os.getpid(), may_read, tuple(writes))
    code = b"".join(struct.pack("HBBI", *line) for line in lines)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(lines), ctypes.addressof(buffer)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return bool(libc.syscall(_SECCOMP[machine], _SET_MODE_FILTER, _ALL_THREADS, program) == 0)


def _filter(machine: str, process: int, may_read: bool, writes: tuple[int, ...]) -> list[_Line]:
    """The whole filter, for the process with this id."""
    column = list(_ARCHITECTURES).index(machine)
    lines: list[_Line] = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT), (_EQUAL, 1, 0, _ARCHITECTURES[machine]), (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT), (_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL),
    ]  # fmt: skip
    for name, numbers in _NUMBERS.items():
        number = numbers[column]
        if number is None or (name in _OF_READING and not may_read):
            continue
        block = _judged(name, process, may_read, writes) if name in _JUDGED else [(_RETURN, 0, 0, _ALLOW)]
        lines += [(_EQUAL, 0, len(block), number), *block]
    return [*lines, _error(errno.EPERM)]


def _judged(name: str, process: int, may_read: bool, writes: tuple[int, ...]) -> list[_Line]:
    """The instructions for a call that is allowed depending on its arguments; they always end by allowing or refusing
    it.
    """
    match name:
        case "write" | "writev":
            return [*_argument(0), *_only(writes)]
        case "open" | "openat":
            if not may_read:
                return [_error(errno.EACCES)]
            # Its flags have no other bit set: and-ed with all others, nothing is left.
            return [*_argument(1 if name == "open" else 2), (_AND, 0, 0, ~_PLAINLY & 0xFFFFFFFF), *_only((0,))]
        case "clone":
            return [*_argument(0), (_AND, 0, 0, _A_THREAD), *_only((_A_THREAD,))]
        case "clone3":  # its flags lie behind a pointer; who is told that there is no such call takes clone
            return [_error(errno.ENOSYS)]
        case "kill" | "tgkill":
            return [*_argument(0), *_only((process,))]
        case "fcntl":
            return [*_argument(1), *_only(_FD_COMMANDS)]
        case "ioctl":
            return [_error(errno.ENOTTY)]
        case "prlimit64":  # of this process, and only asked for: no new limits
            nothing_new = [
                *_argument(2),
                (_EQUAL, 1, 0, 0),
                _error(errno.EPERM),
                *_argument(2, high=True),
                *_only((0,)),
            ]
            return [*_argument(0), (_EQUAL, 1, 0, 0), _error(errno.EPERM), *nothing_new]
        case _:  # mmap, mprotect: what only computes loads no further code
            if may_read:
                return [(_RETURN, 0, 0, _ALLOW)]
            return [*_argument(2), (_AND, 0, 0, _EXECUTABLE), *_only((0,))]


def _argument(place: int, high: bool = False) -> list[_Line]:
    """The instruction that loads the lower 32 bits of a call's argument, or with ``high`` the higher ones."""
    return [(_LOAD, 0, 0, _ARGUMENTS_AT + 8 * place + (4 if high else 0))]


def _only(values: Iterable[int]) -> list[_Line]:
    """Instructions that allow the call if the value loaded before is one of these, and refuse it otherwise."""
    lines: list[_Line] = []
    for value in values:
        lines += [(_EQUAL, 0, 1, value), (_RETURN, 0, 0, _ALLOW)]
    return [*lines, _error(errno.EPERM)]


def _error(number: int) -> _Line:
    return (_RETURN, 0, 0, _ERROR | number)
