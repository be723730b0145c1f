"""The second line of defence: a Python audit hook that refuses operations that no exercise needs.

It does not look at stack frames, since no caller is trusted: everything outside a short allow-list is refused.
Untrusted code has many ways around a hook; the system's restrictions still hold then.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

_HARMLESS = frozenset((
    "compile", "exec", "marshal.loads", "code.__new__", "function.__new__", "builtins.id", "array.__new__",
    "object.__getattr__", "object.__setattr__", "object.__delattr__", "sys._getframe", "sys._getframemodulename",
    "sys._current_frames", "sys.unraisablehook", "sys.excepthook", "pickle.find_class", "time.sleep",
    "cpython.PyInterpreterState_Clear", "cpython._PySys_ClearAuditHooks", "cpython.remote_debugger_script",
))  # fmt: skip
_OF_THREADS = frozenset(("_thread.start_new_thread", "_thread.start_joinable_thread"))
_MODULES = (".py", ".pyc", ".so", ".pyd", ".dll", ".dylib")


class Forbidden(Exception):
    """Raised for an operation that no exercise needs; the message names the module, file or process concerned."""


def forbid(readable: Sequence[str] = (), own_threads: bool = False) -> None:
    """Installs an audit hook that refuses everything but computing; it cannot be removed.

    Only files below the folders ``readable`` can be read and imported. Threads can be started only with
    ``own_threads``.
    """
    prefixes = tuple(os.path.join(os.path.realpath(one), "") for one in readable)
    files = frozenset(os.path.realpath(one) for one in readable)

    def is_readable(path: Any) -> bool:
        # Of this very type: what only behaves like text may say another name the next time it is asked.
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if type(path) is not str:
            return False
        real = os.path.realpath(path)
        return real in files or real.startswith(prefixes)

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        if event in _HARMLESS or (own_threads and event in _OF_THREADS):
            return
        if event == "import":
            if prefixes:
                return  # the file that it comes from is asked about next
            raise Forbidden(f"import {args[0]}"[:100])
        if event == "open":
            path, mode, flags = (*args, None, 0)[:3]
            writes = isinstance(flags, int) and flags & (
                os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
            )
            if type(path) is int:  # it is open already, which was asked about then
                return
            if prefixes and mode in (None, "r", "rb") and not writes and is_readable(path):
                return
            raise Forbidden(_named(path))
        if event in ("os.listdir", "os.scandir", "ctypes.dlopen") and prefixes and args and is_readable(args[0]):
            return
        raise Forbidden(event)

    sys.addaudithook(refuse)


def _named(path: Any) -> str:
    """The name of a refused file in the error message: a module's name, or for any other file the requested path."""
    if type(path) is str and path.endswith(_MODULES):
        return f"import {os.path.basename(path).partition('.')[0]}"
    return f"open({path!r})"[:100] if type(path) in (str, bytes) else "open()"
