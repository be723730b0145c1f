"""Linux: restricts which files this thread, and those that it starts, can open, by Landlock (``man 7 landlock``)."""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
"""The numbers of Landlock's three system calls, which are the same on every processor."""
_ASK_VERSION = 1
_BENEATH_A_PATH = 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILE_RIGHTS = ((1, 13), (2, 14), (3, 15), (5, 16))
"""Pairs (kernel's Landlock version, number of access rights for files from that version on)."""
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6
_BOTH = 3
"""The two bits of network rights (bind, connect), and of scopes (abstract sockets, signals to other processes)."""
_PR_SET_NO_NEW_PRIVS = 38


def restrict_files(readable: Iterable[str]) -> bool:
    """Allows this thread only to read ``readable``, which are files, and folders with all that is below them.

    Where the kernel can, it also forbids network and signals to other processes. False if the kernel has no Landlock.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    rights = max(count for since, count in _FILE_RIGHTS if version >= since)
    handled = struct.pack(
        "QQQ", (1 << rights) - 1, _BOTH if version >= _NETWORK_SINCE else 0, _BOTH if version >= _SCOPES_SINCE else 0
    )
    size = 24 if version >= _SCOPES_SINCE else 16 if version >= _NETWORK_SINCE else 8
    rules = libc.syscall(_CREATE, handled, size, 0)
    if rules < 0:
        return False
    try:
        for path in readable:
            _allow_reading(libc, rules, path)
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            return False
        return bool(libc.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow_reading(libc: ctypes.CDLL, rules: int, path: str) -> None:
    """Adds a path to the rules; one that does not exist is skipped, since it cannot be read later either."""
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        rights = _READ_FILE | (_READ_FOLDER if stat.S_ISDIR(os.fstat(place).st_mode) else 0)
        libc.syscall(_ADD_RULE, rules, _BENEATH_A_PATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
