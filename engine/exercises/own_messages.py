"""The messages that only the process of the learner's code sends; like all of its messages, they travel as records."""

from __future__ import annotations

from dataclasses import dataclass

from engine.companion.messages import Message, Reply
from engine.contract.run import Change


@dataclass(frozen=True)
class Confined(Message):
    """Sent once, before the learner's code is compiled: the restrictions that the system imposes on the process."""

    held: tuple[str, ...]


@dataclass(frozen=True)
class Alive(Message):
    """A sign of life, sent a few times a second while the interpreter runs."""


@dataclass(frozen=True)
class OwnReply(Reply):
    """A reply for a run with the learner's code.

    Instead of ``run`` and ``params``, which the window knows, it has the journal of parameter changes, if it has
    changed, and the ids of the exercises whose code was called.
    """

    journal: tuple[Change, ...] | None
    called: tuple[str, ...]
