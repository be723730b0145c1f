"""Calls between two processes over a pipe each way; while one side waits for an answer, it serves the other's calls."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from typing import Any

from engine.sandbox.values import LARGEST_MESSAGE, Exchange, Malformed

_DEEPEST = 40
"""The maximum nesting of calls between the two processes."""


class Closed(Exception):
    """Raised if the other process, or its pipe, has ended."""


class Link(ABC):
    """One end of the link between two processes, which take turns.

    A message is its length in four bytes, followed by the output of ``Exchange``.
    """

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes = reads, writes
        self.exchange = Exchange(self, lambda _: True)
        self._depth = 0

    def ask(self, what: str, number: int, given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Calls an object of the other process, or reads an attribute of it, and returns the result.

        ``what`` is "call" or "get", ``number`` identifies the object, and ``given`` and ``named`` are the arguments. An
        exception that is raised there is raised here again.
        """
        self.send({"ask": what, "on": -number, "given": given, "named": tuple(named.items())})
        return self.answer()

    def answer(self) -> Any:
        """Waits for the answer to the last call and returns its value; meanwhile serves calls by the other process."""
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
        """Executes a call by the other process.

        Returns its result, and the present contents of the dictionaries that were passed.
        """
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
        """Returns an attribute of an object of this process to the other one."""
        return getattr(of, name)

    @abstractmethod
    def served(self, message: dict[str, Any]) -> dict[str, Any]:
        """Executes a call by the other process and returns the message to answer it with; an exception becomes part of
        it.
        """

    @abstractmethod
    def taken(self, message: dict[str, Any]) -> Any:
        """Returns the value in an answer, or raises the exception in it."""

    def send(self, message: dict[str, Any]) -> None:
        """Sends a message; ``Closed`` if the other process has ended."""
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
        """Receives a message; ``Malformed`` if it is invalid, ``Closed`` at the pipe's end."""
        length = int.from_bytes(self._bytes(4), "little")
        if length > LARGEST_MESSAGE:
            raise Malformed("a message that is too long")
        return self.exchange.unpacked(self._bytes(length))

    def wait_for_bytes(self) -> None:  # noqa: B027 - where nothing else is to be done, reading waits by itself
        """Hook called before the pipe is read; raises ``Closed`` if no data will come any more."""

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
