"""Wrong repairs, written as textual changes of the faulty code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.contract.language import ENGLISH
from engine.contract.text import Text
from engine.exercises.exercise import Mistake
from engine.sandbox.learner_code import compiled, made_by


class Mending:
    """Makes mistakes for a repair exercise: wrong repairs of the ``faulty`` code that defines ``name``; ``given`` are
    the names that the code may use.
    """

    def __init__(self, name: str, faulty: Text, given: Callable[[], Mapping[str, Any]] = dict) -> None:
        self._name, self._source, self._given = name, faulty.render(ENGLISH.id), given

    def none(self, hint: Text) -> Mistake:
        """The faulty code without any change, as a mistake."""
        return self.wrong("unmended", hint)

    def wrong(self, mistake: str, hint: Text, *changes: tuple[str, str]) -> Mistake:
        """The faulty code after some textual ``changes`` (old, new) that do not repair it, as a mistake; ValueError if
        an old text is not in it.
        """
        source = self._source
        for old, new in changes:
            if old not in source:
                raise ValueError(f"{self._name} has no {old!r}")
            source = source.replace(old, new)
        return Mistake(mistake, made_by(compiled(source), self._name, self._given()), hint)
