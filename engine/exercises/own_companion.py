"""Starts and talks to the process that plays runs with the learner's code; messages from it are not trusted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter
from typing import Any

from engine.companion.companion import Companion
from engine.companion.frame_transport import Unpacker, address_of, content_of
from engine.companion.messages import Message, Reply
from engine.companion.remote_player import RemotePlayer
from engine.contract.experiment import Experiment
from engine.contract.fields.file import File
from engine.contract.params import Params, fields_of
from engine.contract.run import MOST_UPDATES, LearnerCode, Run
from engine.contract.text import Refused, Text
from engine.exercises.at_work import MEMORY, Confined, OwnReply, serve_written
from engine.playing import Lost
from engine.sandbox.confinement import expected
from engine.sandbox.memory_watch import MemoryWatch
from engine.sandbox.records import LARGEST, Distrusted, RecordUnpacker

_PATIENCE = 1.0
"""Seconds that the process may go on computing once nobody waits for its answer."""
_SILENCE = 5.0
"""Seconds without a message after which the process is ended: its interpreter must be blocked or stopped."""
_ENDED = Text("The process of your code has ended: perhaps it took too much memory, or a call never came to an end.")


class OwnUnpacker(Unpacker):
    """Deserialises messages of records; ``Distrusted`` before anything but a class of the engine is instantiated."""

    def __init__(self) -> None:
        super().__init__()
        self._records = RecordUnpacker()

    def unpack(self, parcel: bytes) -> Any:
        message = self._records.unpack(content_of(parcel))
        if not isinstance(message, Message) or message.number != address_of(parcel):
            raise Distrusted("no message")
        return message


class OwnCompanion(Companion):
    """A companion process that plays runs with the learner's code, ``written``, instead of the engine's.

    Answers that cannot be right are rejected. The process may read the ``files``. ``lacks`` are the restrictions that
    this system could not impose on it, known before the code is compiled.
    """

    unpacker_type = OwnUnpacker
    longest_parcel = LARGEST

    def __init__(
        self, condition: threading.Condition, written: tuple[LearnerCode, ...], files: tuple[str, ...] = ()
    ) -> None:
        self.written, self.files = written, files
        self.lacks: frozenset[str] = frozenset()
        super().__init__(condition, serve_written, written, files)
        self._memory = MemoryWatch(self.process.pid or 0, MEMORY)

    def note(self, message: Message) -> None:
        if isinstance(message, Confined):
            self.lacks = expected() - set(message.held)

    def close(self) -> None:
        """Kills the process: it has nothing to finish, and cannot be relied on to end by itself."""
        self._memory.end()
        self.end()
        super().close()

    @property
    def is_silent(self) -> bool:
        """Whether no message came for so long that the process must be blocked; it normally sends signs of life."""
        return self._is_ready and perf_counter() - self.heard_at > _SILENCE


class OwnPlayer(RemotePlayer):
    """Plays a run in an ``OwnCompanion``; if that process ends, which can happen at any time, ``Refused`` says so.

    ``is_wanted()`` returns whether somebody still waits for an answer. If nobody does, the process is ended soon; so it
    is if it is silent for too long.
    """

    def __init__(
        self, companion: OwnCompanion, experiment: Experiment[Any, Any], run: Run, is_wanted: Callable[[], bool]
    ) -> None:
        self._is_wanted, self._own = is_wanted, companion
        try:
            super().__init__(companion, experiment, run)
        except Lost:
            raise Refused(_ENDED) from None

    def _heard(self, until: Callable[[], bool]) -> Message | None:
        own = self._own
        asked = perf_counter()
        while True:
            with own.condition:
                came = own.condition.wait_for(lambda: own.has_heard(self._number) or until(), _PATIENCE)
            # What is waited for begins now: before it was asked, nothing had to be said.
            if not came and (not self._is_wanted() or (own.is_silent and perf_counter() - asked > _SILENCE)):
                own.end()
            if came or own.is_lost:
                try:
                    return super()._heard(until)
                except Lost:
                    raise Refused(_ENDED) from None

    def _stand(self, reply: Reply) -> None:
        """Updates this player's state from a reply; one that cannot be right ends the process."""
        if not isinstance(reply, OwnReply) or not self._can_be(reply):
            self._own.end()
            raise Refused(_ENDED)
        called = tuple(replace(one, called=one.called or one.exercise in reply.called) for one in self.run.written)
        if any(one.called is not other.called for one, other in zip(called, self.run.written, strict=True)):
            self.run = replace(self.run, written=called)
        if reply.journal is not None:
            self.run = replace(self.run, journal=reply.journal)
        super()._stand(replace(reply, run=None, params=None))
        if reply.journal is not None:
            self.params = self.run.params_at(self.update)

    def _can_be(self, reply: OwnReply) -> bool:
        answer, journal = reply.answer, reply.journal
        if answer.frame is not None and type(answer.frame) is not self.experiment.frame_type:
            return False
        if len(answer.counts) != len(self.experiment.units) or not 0 <= answer.update <= MOST_UPDATES:
            return False
        try:
            return journal is None or all(
                self.experiment.checked_change(one.path, one.value) == one.value for one in journal
            )
        except Refused:
            return False


def files_of(params: Params) -> tuple[str, ...]:
    """The paths of the learner's own files that a run with these parameters reads."""
    values = [getattr(params, name) for name, field in fields_of(type(params)).items() if isinstance(field, File)]
    return tuple(sorted(value for value in values if value))
