"""The untrusted side of the link: runs a source and serves calls of what it defines."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from engine.sandbox.learner_code import Fault, Unusable, compiled, fault_of, made_by, printable
from engine.sandbox.link import Closed, Link
from engine.sandbox.values import Malformed
from engine.sandbox.whole_file import whole_of

_MOST_WARNINGS, _LONGEST = 20, 200


class ServedCode(Link):
    """Runs a learner's source and serves calls of what it defines.

    ``printed.taken`` returns the text printed since its last call.
    """

    def __init__(self, reads: int, writes: int, printed: Any) -> None:
        super().__init__(reads, writes)
        self._printed: Callable[[], str] = printed.taken
        self._warned: list[str] = []

    def serve(self) -> None:
        """Serves calls until the calling process has ended."""
        try:
            while True:
                message = self.receive()
                if "forget" in message:
                    self.exchange.forget()
                else:
                    self.send(self.served(message))
        except (Closed, Malformed):
            return

    def note_warning(self, message: Any, *further: Any, **named: Any) -> None:
        """Stores a warning of the learner's code; replaces ``warnings.showwarning``."""
        if len(self._warned) < _MOST_WARNINGS:
            self._warned.append(printable(f"{message}"[:_LONGEST]))

    def served(self, message: dict[str, Any]) -> dict[str, Any]:
        given = None
        try:
            answer = self._made(message) if message.get("ask") == "make" else self.carried_out(message)
        except (Closed, Malformed):
            raise
        except Unusable as unusable:
            answer = self._faulty(unusable.fault)
        except BaseException as error:  # whatever foreign code raises
            given = getattr(error, "_given", None)
            answer = self._faulty(fault_of(error))
        warned, self._warned = self._warned, []
        return {**answer, "given": given if type(given) is int else None, "printed": self._printed(),
                "warned": tuple(warned)}  # fmt: skip

    def taken(self, message: dict[str, Any]) -> Any:
        if "error" not in message:
            return message.get("value")
        # Of the same type as there, where it is one of Python's own, so that it can be caught.
        name, words, number = message["error"]
        kind = getattr(builtins, name, RuntimeError)
        error = kind(words) if isinstance(kind, type) and issubclass(kind, Exception) else RuntimeError(words)
        vars(error)["_given"] = number
        raise error

    def _made(self, message: dict[str, Any]) -> dict[str, Any]:
        source, exercise, name = (str(message[key]) for key in ("source", "exercise", "name"))
        given = dict(message["scope"])
        if not name:
            return {"value": whole_of(source, str(message["before"]), exercise, given)}
        return {"value": made_by(compiled(source, exercise), name, given, source)}

    def _faulty(self, fault: Fault) -> dict[str, Any]:
        return {"fault": (fault.kind, fault.line, fault.column, fault.words, fault.caller)}
