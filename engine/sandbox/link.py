"""Questions and answers between two processes, over a pipe each way; while one side waits, it answers the other's."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from typing import Any

from engine.sandbox.values import LARGEST_MESSAGE, Exchange, Malformed

_DEEPEST = 40
"""So many questions may be open within one another."""


class Closed(Exception):
    """The other side has ended, or its pipe has."""


class Link(ABC):
    """One end. Messages are a length of four bytes and what ``Exchange`` makes of them; the sides take turns."""

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes = reads, writes
        self.exchange = Exchange(self, lambda _: True)
        self._depth = 0

    def ask(self, what: str, number: int, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Have an object of the other side called, or asked for an attribute; what it raised is raised here."""
        self.send({"ask": what, "on": -number, "given": given, "named": tuple(named.items())})
        return self.answer()

    def answer(self) -> Any:
        """The answer to what was asked last; what the other side asks meanwhile is answered first."""
        while True:
            message = self.receive()
            if "ask" not in message:
                return self.taken(message)
            self._depth += 1
            try:
                if self._depth > _DEEPEST:
                    raise Malformed("so many questions within one another")
                self.send(self.served(message))
            finally:
                self._depth -= 1

    def carried_out(self, message: dict[str, Any]) -> dict[str, Any]:
        """What a question asks for, done: its answer, and the dictionaries that came along as they are now."""
        match message:
            case {"ask": "call", "on": number, "given": tuple(given), "named": tuple(named)}:
                by_name = dict(named)
                value = self.exchange.object_of(number)(*given, **by_name)
                return {
                    "value": value,
                    "also": tuple(one for one in (*given, *by_name.values()) if isinstance(one, dict)),
                }
            case {"ask": "get", "on": number, "given": (str(name),)}:
                return {"value": self.attribute(self.exchange.object_of(number), name)}
        raise Malformed("a question")

    def attribute(self, of: Any, name: str) -> Any:
        """What the other side gets of an object of this one."""
        return getattr(of, name)

    @abstractmethod
    def served(self, message: dict[str, Any]) -> dict[str, Any]:
        """The answer to a question; what it raises is part of the answer."""

    @abstractmethod
    def taken(self, message: dict[str, Any]) -> Any:
        """The value in an answer, or raise what was raised there."""

    def send(self, message: dict[str, Any]) -> None:
        """``Closed`` if there is nobody to hear it."""
        data = self.exchange.packed(message)
        if len(data) > LARGEST_MESSAGE:
            raise Malformed("a message that is too long")
        parcel = memoryview(len(data).to_bytes(4, "little") + data)
        try:
            while parcel:
                parcel = parcel[os.write(self._writes, parcel) :]
        except OSError:
            raise Closed from None

    def receive(self) -> dict[str, Any]:
        """The next message; ``Malformed`` for what is none, ``Closed`` where there is none."""
        length = int.from_bytes(self._bytes(4), "little")
        if length > LARGEST_MESSAGE:
            raise Malformed("a message that is too long")
        return self.exchange.unpacked(self._bytes(length))

    def wait_for_bytes(self) -> None:  # noqa: B027 - where nothing else is to be done, reading waits by itself
        """Called before the pipe is read; ``Closed`` where nothing will come."""

    def _bytes(self, count: int) -> bytes:
        parts = []
        while count:
            self.wait_for_bytes()
            try:
                part = os.read(self._reads, min(count, 2**20))
            except OSError:
                raise Closed from None
            if not part:
                raise Closed
            parts.append(part)
            count -= len(part)
        return b"".join(parts)
