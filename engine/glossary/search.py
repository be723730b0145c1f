"""Terms by their ids, by what someone types to find them, and by where they are mentioned."""

from __future__ import annotations

import re
import unicodedata

from engine.contract.text.language import LANGUAGES, language_of
from engine.glossary.term import Term, terms


def term(term_id: str) -> Term:
    """The term with this id; raises ValueError when there is none."""
    if term_id not in terms():
        raise ValueError(f"glossary term {term_id!r}: there is no such term")
    return terms()[term_id]


def find(query: str, language: str) -> list[Term]:
    """The terms whose name or alias, in any language, contains ``query``, best first; all of them for an empty one.

    Case, width of the characters, spaces and hyphens make no difference. A whole name comes before the beginning of
    one and that before any other part; among equals, names of ``language`` come first, then shorter ones.
    """
    language_of(language)
    key = _key(query)
    if not key:
        return list(terms().values())
    entries = enumerate(terms().values())
    scored = [(score, place, entry) for place, entry in entries if (score := _score(entry, key, language))]
    return [entry for _, _, entry in sorted(scored, key=lambda item: item[:2])]


def mentioned(text: str, language: str) -> list[Term]:
    """The terms whose names in ``language`` stand in a text, the longest name first.

    A name within a longer one that stands there is not meant, as rate is not by learning rate; nor is a part of a word.
    """
    found: list[Term] = []
    rest = text.casefold()
    for entry in sorted(terms().values(), key=lambda one: -len(_name(one, language))):
        name = re.escape(_name(entry, language).casefold())
        shortened = re.sub(rf"(?<![a-z]){name}s?(?![a-z])", "\n", rest)
        if shortened != rest:
            found.append(entry)
        rest = shortened
    return found


def _score(entry: Term, key: str, language: str) -> tuple[int, int, int] | None:
    """The best match of ``key`` in the entry's names, less is better; None where it does not occur."""
    others = [one for one in LANGUAGES if one != language]
    ranked = [
        (_name(entry, language), 0),
        *((alias, 1) for alias in entry.aliases(language)),
        *((_name(entry, other), 2) for other in others),
        *((alias, 3) for other in others for alias in entry.aliases(other)),
    ]
    matches = []
    for written, standing in ranked:
        candidate = _key(written)
        if key in candidate:
            closeness = 0 if candidate == key else 1 if candidate.startswith(key) else 2
            matches.append((closeness, standing, len(candidate)))
    return min(matches, default=None)


def _name(entry: Term, language: str) -> str:
    return entry.name.render(language)


def _key(text: str) -> str:
    return re.sub(r"[\s\-‐‑–_·]+", "", unicodedata.normalize("NFKC", text).casefold())
