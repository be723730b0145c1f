"""Ways in which a repair goes wrong, written as changes of its faulty lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.contract.text.language import ENGLISH
from engine.contract.text.text import Text
from engine.exercises.exercise import Mistake
from engine.sandbox.learner_code import compiled, made_by


class Mending:
    """What is made of ``faulty`` code that defines ``name``; ``given`` are the names that it may use."""

    def __init__(self, name: str, faulty: Text, given: Callable[[], Mapping[str, Any]] = dict) -> None:
        self._name, self._source, self._given = name, faulty.render(ENGLISH.id), given

    def none(self, hint: Text) -> Mistake:
        """The code as it is."""
        return self.wrong("unmended", hint)

    def wrong(self, mistake: str, hint: Text, *changes: tuple[str, str]) -> Mistake:
        """The code with some of its text replaced, which is still wrong; ValueError where there is no such text."""
        source = self._source
        for old, new in changes:
            if old not in source:
                raise ValueError(f"{self._name} has no {old!r}")
            source = source.replace(old, new)
        return Mistake(mistake, made_by(compiled(source), self._name, self._given()), hint)
