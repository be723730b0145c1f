"""What a process and the programs that it starts hold open, so that who waits hears when the last of them has ended."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

_held: list[Connection] = []


def hold(connection: Connection) -> None:
    """Keep one end of a pipe open until this process ends; nothing is ever sent through it."""
    _held.append(connection)


def passed_on() -> tuple[int, ...]:
    """The ends that a program started from here is to hold too; Windows hands none on."""
    return tuple(one.fileno() for one in _held) if os.name == "posix" else ()
