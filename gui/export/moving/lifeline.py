"""A pipe held open by a process and the programs it starts, to detect when the last of them has ended."""

from __future__ import annotations

import os
from multiprocessing.connection import Connection

_held: list[Connection] = []


def hold(connection: Connection) -> None:
    """Keep one end of a pipe open until this process ends; nothing is ever sent through it."""
    _held.append(connection)


def passed_on() -> tuple[int, ...]:
    """The file descriptors that a child program is to inherit; empty on Windows, which passes none on."""
    return tuple(one.fileno() for one in _held) if os.name == "posix" else ()
