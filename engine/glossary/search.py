"""All terms in the order of the chapters, by their ids and by what someone types to find them."""

from __future__ import annotations

import re
import unicodedata

from engine.contract.language import LANGUAGES, language_of
from engine.glossary.backpropagation import BACKPROPAGATION
from engine.glossary.convolution import CONVOLUTION
from engine.glossary.descent import DESCENT
from engine.glossary.losses import LOSSES
from engine.glossary.networks import NETWORKS
from engine.glossary.perceptrons import PERCEPTRONS
from engine.glossary.techniques import TECHNIQUES
from engine.glossary.term import Term

TERMS: tuple[Term, ...] = (
    *PERCEPTRONS,
    *NETWORKS,
    *LOSSES,
    *DESCENT,
    *BACKPROPAGATION,
    *TECHNIQUES,
    *CONVOLUTION,
)

_BY_ID = {entry.id: entry for entry in TERMS}


def term(term_id: str) -> Term:
    """The term with this id; raises ValueError when there is none."""
    if term_id not in _BY_ID:
        raise ValueError(f"glossary term {term_id!r}: there is no such term")
    return _BY_ID[term_id]


def find(query: str, language: str) -> list[Term]:
    """The terms whose name or alias, in any language, contains ``query``, best first; all of them for an empty one.

    Case, width of the characters, spaces and hyphens make no difference. A whole name comes before the beginning of
    one and that before any other part; among equals, names of ``language`` come first, then shorter ones.
    """
    language_of(language)
    key = _key(query)
    if not key:
        return list(TERMS)
    scored = [(score, place, entry) for place, entry in enumerate(TERMS) if (score := _score(entry, key, language))]
    return [entry for _, _, entry in sorted(scored, key=lambda item: item[:2])]


def mentioned(text: str, language: str) -> list[Term]:
    """The terms whose names in ``language`` stand in a text, the longest name first.

    A name within a longer one that stands there is not meant, as rate is not by learning rate; nor is a part of a word.
    """
    found: list[Term] = []
    rest = text.casefold()
    for entry in sorted(TERMS, key=lambda one: -len(_name(one, language))):
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
