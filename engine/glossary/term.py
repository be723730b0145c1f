"""The terms of all chapters, read from ``resources/glossary`` when one is first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from engine.contract.catalogue import RESOURCES
from engine.contract.text.text import Text, text_of


@dataclass(frozen=True)
class Term:
    """A term: its id for links, its name and one accurate sentence in both languages, and other names to find it by."""

    id: str
    name: Text
    definition: Text
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def aliases(self, language: str) -> tuple[str, ...]:
        """Other names in a language."""
        return self.names.get(language, ())


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
        text_of(name),
        text_of(definition),
        {language: tuple(others) for language, others in aliases.items()},
    )
