"""What a term of the glossary consists of."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.language import language_of
from engine.contract.text import Text


@dataclass(frozen=True)
class Term:
    """A term: its id for links, its name and one accurate sentence in both languages, and other names to find it by."""

    id: str
    name: Text
    definition: Text
    aliases_en: tuple[str, ...] = ()
    aliases_zh: tuple[str, ...] = ()

    def aliases(self, language: str) -> tuple[str, ...]:
        """Other names in a language; those of a further one are not kept."""
        return {"en": self.aliases_en, "zh": self.aliases_zh}.get(language_of(language).column, ())
