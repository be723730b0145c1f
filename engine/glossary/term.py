"""The terms of all chapters, read from ``resources/glossary`` when one is first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.contract.catalogue import RESOURCES
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


@cache
def terms() -> Mapping[str, Term]:
    """All terms by their ids, in the order of the chapters."""
    found: dict[str, Term] = {}
    for path in sorted((RESOURCES / "glossary").glob("*.toml")):
        records = tomllib.loads(path.read_text(encoding="utf-8"))
        twice = found.keys() & records.keys()
        if twice:
            raise ValueError(f"{path.name}: {', '.join(sorted(twice))} is a term of another file too")
        found.update({term_id: _term(term_id, record) for term_id, record in records.items()})
    return found


def _term(term_id: str, record: Mapping[str, Any]) -> Term:
    """``name`` is one string where it is written alike in both languages; no text of the glossary has a value."""
    name, definition, aliases = record["name"], record["definition"], record.get("aliases", {})
    name = {"en": name, "zh_CN": name} if isinstance(name, str) else name
    return Term(
        term_id,
        Text(name["en"], name["zh_CN"]),
        Text(definition["en"], definition["zh_CN"]),
        tuple(aliases.get("en", ())),
        tuple(aliases.get("zh_CN", ())),
    )
