"""The terms of all chapters, read from ``resources/glossary`` at first use, and the search for them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from engine.contract.catalogue import RESOURCES
from engine.contract.language import LANGUAGES, known_languages, language_of
from engine.contract.text import Text, text_of


@dataclass(frozen=True)
class Term:
    """A glossary term: its id for links, its name and a one-sentence definition in each language, and other names by
    which it is found.
    """

    id: str
    name: Text
    definition: Text
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def aliases(self, language: str) -> tuple[str, ...]:
        """Other names of the term in a language, by which it is also found."""
        return self.names.get(language, ())


_lent: list[Callable[[], Mapping[str, Term]]] = []


def lend_terms(further: Callable[[], Mapping[str, Term]]) -> None:
    """Sets the function that returns further terms by id, such as those in packs."""
    _lent[:] = [further]


def further_terms() -> Mapping[str, Term]:
    """The terms by id that do not come with the program; none before ``lend_terms``."""
    return {term_id: one for further in _lent for term_id, one in further().items()}


def terms() -> Mapping[str, Term]:
    """All terms by id, the program's own first."""
    further = further_terms()
    return {**own_terms(), **further} if further else own_terms()


@cache
def own_terms() -> Mapping[str, Term]:
    """The program's own terms by id, in the order of the chapters."""
    found: dict[str, Term] = {}
    for path in sorted((RESOURCES / "glossary").glob("*.toml")):
        records = tomllib.loads(path.read_text(encoding="utf-8"))
        twice = found.keys() & records.keys()
        if twice:
            raise ValueError(f"{path.name}: {', '.join(sorted(twice))} is a term of another file too")
        found.update({term_id: _term(term_id, record) for term_id, record in records.items()})
    return found


def _term(term_id: str, record: Mapping[str, Any]) -> Term:
    """Makes a term from its TOML record, in which ``name`` is a single string if it is the same in all languages."""
    name, definition, aliases = record["name"], record["definition"], record.get("aliases", {})
    name = dict.fromkeys(known_languages(), name) if isinstance(name, str) else name
    return Term(
        term_id,
        text_of(name),
        text_of(definition),
        {language: tuple(others) for language, others in aliases.items()},
    )


def term(term_id: str) -> Term:
    """The glossary term with this id; ValueError if there is none."""
    if term_id not in terms():
        raise ValueError(f"glossary term {term_id!r}: there is no such term")
    return terms()[term_id]


def find(query: str, language: str) -> list[Term]:
    """The terms with a name or alias, in any language, that contains ``query``, best first; all terms for an empty
    query.

    Case, width of the characters, spaces and hyphens make no difference. A match of a whole name comes before the
    beginning of a name, and that before any other part; among equals, names of ``language`` come first, then shorter
    names.
    """
    language_of(language)
    key = _key(query)
    if not key:
        return list(terms().values())
    entries = enumerate(terms().values())
    scored = [(score, place, entry) for place, entry in entries if (score := _score(entry, key, language))]
    return [entry for _, _, entry in sorted(scored, key=lambda item: item[:2])]


class Mention(NamedTuple):
    """An occurrence of a term's name in a text: from the character ``start`` up to, but not including, ``end``."""

    term: Term
    start: int
    end: int


def mentions(text: str, language: str) -> list[Mention]:
    """Finds all occurrences of terms' names in ``language`` in a text; of overlapping names the longest counts.

    So "rate" is not found in "learning rate", and a name is not found within a longer word.
    """
    found: list[Mention] = []
    # Character by character: some become longer in lower case, which would shift all positions.
    rest = "".join(small if len(small := sign.casefold()) == 1 else sign for sign in text)
    for entry in sorted(terms().values(), key=lambda one: -len(_name(one, language))):
        name = re.escape(_name(entry, language).casefold())
        for match in re.finditer(rf"(?<![a-z]){name}s?(?![a-z])", rest):
            found.append(Mention(entry, *match.span()))
            rest = rest[: match.start()] + "\n" * len(match[0]) + rest[match.end() :]
    return found


def mentioned(text: str, language: str) -> list[Term]:
    """The distinct terms whose names in ``language`` occur in a text, the longest name first."""
    return list({one.term.id: one.term for one in mentions(text, language)}.values())


def _score(entry: Term, key: str, language: str) -> tuple[int, int, int] | None:
    """A sort key for how well ``key`` matches the term's names, lower is better; None if it does not occur in them."""
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
    from engine.search.words import HIRAGANA  # only now: nothing is looked for before the first picture

    return re.sub(r"[\s\-‐‑–_·]+", "", unicodedata.normalize("NFKC", text).casefold().translate(HIRAGANA))
