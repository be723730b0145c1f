"""Wrong repairs of faulty code, written as textual changes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.contract.language import ENGLISH
from engine.contract.text import Text
from engine.exercises.exercise import Mistake
from engine.sandbox.learner_code import compiled, made_by


class Mending:
    """Makes the known mistakes of a repair exercise, that is, repairs that do not work.

    ``faulty`` is the source with the fault, which defines ``name``; ``given`` returns the names that it may use.
    """

    def __init__(self, name: str, faulty: Text, given: Callable[[], Mapping[str, Any]] = dict) -> None:
        self._name, self._source, self._given = name, faulty.render(ENGLISH.id), given

    def none(self, hint: Text) -> Mistake:
        """The mistake of repairing nothing: the faulty code without any change."""
        return self.wrong("unmended", hint)

    def wrong(self, mistake: str, hint: Text, *changes: tuple[str, str]) -> Mistake:
        """A wrong repair: the faulty code after textual ``changes`` (old, new) that do not mend it.

        Raises ValueError if an old text does not occur in the code.
        """
        source = self._source
        for old, new in changes:
            if old not in source:
                raise ValueError(f"{self._name} has no {old!r}")
            source = source.replace(old, new)
        return Mistake(mistake, made_by(compiled(source), self._name, self._given()), hint)
