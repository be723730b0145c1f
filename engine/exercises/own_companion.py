"""The window's side of a process that plays with the learner's code: it believes little of what it hears."""

from __future__ import annotations

import dataclasses
import enum
import importlib
import threading
from collections.abc import Callable
from typing import Any

from engine.companion.companion import Companion
from engine.companion.messages import Message
from engine.companion.parcels import NamedUnpickler, Unpacker
from engine.companion.remote_player import RemotePlayer
from engine.contract.experiment import Experiment
from engine.contract.refusal import Refused
from engine.contract.run import Run
from engine.contract.text import Text
from engine.contract.written import Written
from engine.exercises.at_work import serve_written
from engine.playing.plays import Lost

_PATIENCE = 1.0
"""Seconds that it may go on once nobody wants its answer any more."""
_NUMPY = frozenset(
    [("numpy", "ndarray"), ("numpy", "dtype")]
    + [(f"numpy.{core}.multiarray", name) for core in ("core", "_core") for name in ("_reconstruct", "scalar")]
    + [(f"numpy.{core}.numeric", "_frombuffer") for core in ("core", "_core")]
)
_PLAIN = frozenset({
    ("engine.contract.pickling", "_read_only"), ("builtins", "frozenset"), ("builtins", "set"), ("builtins", "complex"),
    ("collections", "OrderedDict"),
})  # fmt: skip
_ENDED = Text(
    "The process of your code has ended: perhaps it took too much memory, or a call never came to an end.",
    "运行你的代码的进程结束了：可能占了太多内存，也可能有一次调用没有结束。",
)


class Distrusted(Exception):
    """A pickle names something that no frame holds."""


class _CarefulUnpickler(NamedUnpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _NUMPY or (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith("engine.") and name.isidentifier():
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, enum.Enum)):
                return found
        raise Distrusted(f"{module}.{name}")


class CarefulUnpacker(Unpacker):
    """Reads frames and what is said beside them: records of the engine, arrays of plain types, and plain values.

    ``Distrusted`` for anything else, before it is made.
    """

    unpickler = _CarefulUnpickler


class OwnCompanion(Companion):
    """Plays with ``written`` in place of the engine's own code; its answers are read with care."""

    unpacker_type = CarefulUnpacker

    def __init__(self, condition: threading.Condition, written: tuple[Written, ...]) -> None:
        self.written = written
        super().__init__(condition, serve_written, written)


class OwnPlayer(RemotePlayer):
    """A run that is played there: it can end at any time, and then says so in a sentence.

    ``is_wanted`` tells whether anybody waits for it still; where nobody does, an answer that does not come ends the
    process.
    """

    def __init__(
        self, companion: OwnCompanion, experiment: Experiment[Any, Any], run: Run, is_wanted: Callable[[], bool]
    ) -> None:
        self._is_wanted = is_wanted
        try:
            super().__init__(companion, experiment, run)
        except Lost:
            raise Refused(_ENDED) from None

    def _heard(self, until: Callable[[], bool]) -> Message | None:
        condition = self._companion.condition
        while True:
            with condition:
                came = condition.wait_for(lambda: self._companion.has_heard(self._number) or until(), _PATIENCE)
            if not came and not self._is_wanted():
                self._companion.end()
            if came or self._companion.is_lost:
                try:
                    return super()._heard(until)
                except Lost:
                    raise Refused(_ENDED) from None
