"""What the process of the learner's code says beside what a companion says; all of it travels as records."""

from __future__ import annotations

from dataclasses import dataclass

from engine.companion.messages import Message, Reply
from engine.contract.run.run import Change


@dataclass(frozen=True)
class Confined(Message):
    """Said once, before any of the learner's code is read: what the system keeps away from it."""

    held: tuple[str, ...]


@dataclass(frozen=True)
class Alive(Message):
    """Said a few times a second as long as the interpreter runs."""


@dataclass(frozen=True)
class OwnReply(Reply):
    """Instead of ``run`` and ``params``, which the window knows itself, the journal where it has changed, and the
    exercises whose code was called."""

    journal: tuple[Change, ...] | None
    called: tuple[str, ...]
