"""Messages from the process of the learner's code, in addition to a companion's; all are sent as records."""

from __future__ import annotations

from dataclasses import dataclass

from engine.companion.messages import Message, Reply
from engine.contract.run import Change


@dataclass(frozen=True)
class Confined(Message):
    """Sent once, before any of the learner's code is read: the restrictions that the system imposes on it."""

    held: tuple[str, ...]


@dataclass(frozen=True)
class Alive(Message):
    """Sent a few times a second while the interpreter runs."""


@dataclass(frozen=True)
class OwnReply(Reply):
    """A reply for a run with the learner's code. Instead of ``run`` and ``params``, which the window knows, it has the
    journal, if it has changed, and the ids of the exercises whose code was called.
    """

    journal: tuple[Change, ...] | None
    called: tuple[str, ...]
