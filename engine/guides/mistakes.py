"""Common mistakes of learners, each treated by a guide or a repair exercise: ``resources/mistakes.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from engine.contract.catalogue import RESOURCES
from engine.contract.language import known_languages
from engine.contract.text import Text, text_of


@dataclass(frozen=True)
class Mistake:
    """A common mistake: ``text`` describes it and what is right instead; ``chapter`` deals with it."""

    id: str
    chapter: int
    text: Text


@cache
def mistakes() -> tuple[Mistake, ...]:
    """All mistakes, in the order of the chapters."""
    with (RESOURCES / "mistakes.toml").open("rb") as file:
        records = tomllib.load(file)["mistake"]
    return tuple(
        Mistake(
            record["id"],
            record["chapter"],
            text_of({language: _escaped(record[language]) for language in known_languages() if language in record}),
        )
        for record in records
    )


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
