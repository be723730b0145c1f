"""What a chapter taught, in five sentences, each with the experiment that showed it: ``resources/summaries``.

A file, such as ``chapter_4.toml``, has ``[[sentence]]`` tables: ``experiment``, its words by language, and, where it
helps, ``place``: the target of a try (``engine.guides.tries``) that makes the main picture show what the sentence says.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from engine.contract.catalogue import RESOURCES
from engine.contract.language import known_languages
from engine.contract.text import Text, text_of
from engine.guides.tries import Try, parse_target

SENTENCES = 5


@dataclass(frozen=True)
class Taught:
    """One sentence, the experiment that showed it, and a try to apply when that experiment is opened, if any."""

    words: Text
    experiment: str
    place: Try | None


@cache
def summary_of(chapter: int) -> tuple[Taught, ...]:
    """The sentences of a chapter, in the order of the book."""
    path = RESOURCES / "summaries" / f"chapter_{chapter}.toml"
    records = tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]
    return tuple(
        Taught(
            text_of({language: record[language] for language in known_languages() if language in record}),
            record["experiment"],
            parse_target(record["place"]) if "place" in record else None,
        )
        for record in records
    )
