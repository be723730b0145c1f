"""A pipe held open by a process and by the programs that it starts; it closes when the last of them has ended."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

_held: list[Connection] = []


def hold(connection: Connection) -> None:
    """Keep one end of the pipe open until this process ends; nothing is ever sent through it."""
    _held.append(connection)


def passed_on() -> tuple[int, ...]:
    """The file descriptors that a started program is to inherit; empty on Windows, where none can be passed on."""
    return tuple(one.fileno() for one in _held) if os.name == "posix" else ()
