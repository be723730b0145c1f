"""The glossary terms of a pack: files like those in ``resources/glossary``, which are not trusted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from engine.contract.language import LANGUAGES
from engine.contract.text import Refused, Text, shortened, untranslated
from engine.glossary import Term, own_terms
from engine.lessons.answers import LONGEST_LINE, LONGEST_TITLE, read_words

_ID = re.compile(r"[a-z][a-z0-9_]{0,40}", re.ASCII)
_KEYS = ("name", "definition", "aliases")
_MOST_ALIASES = 20
_NO_TOML = Text("it is no TOML: {reason}.")
_BAD_ID = Text("“{id}” is no id of a term; it is written in small letters, digits and _.")
_OURS = Text("there is a term “{id}” already.")
_NO_TERM = Text("the term “{id}” is no table of {known}.")
_OF_TERM = Text("the term “{id}”: {reason}")
_NO_ALIASES = Text("aliases are lists of names by language, at most {most}.")
_NAME, _DEFINITION, _ALIAS = untranslated("name"), untranslated("definition"), untranslated("aliases")


def terms_in(text: str) -> Mapping[str, Term]:
    """Parses the terms in a file, by id; ``Refused`` names one that is invalid, or has the id of a built-in one."""
    try:
        records = tomllib.loads(text)
    except (RecursionError, ValueError) as error:  # a number of too many digits too
        raise Refused(_NO_TOML(reason=shortened(str(error)))) from None
    return {term_id: _term(term_id, record) for term_id, record in records.items()}


def _term(term_id: str, record: object) -> Term:
    said = shortened(term_id)
    if not _ID.fullmatch(term_id):
        raise Refused(_BAD_ID(id=said))
    if term_id in own_terms():
        raise Refused(_OURS(id=said))
    if not isinstance(record, dict) or not record.keys() <= {*_KEYS}:
        raise Refused(_NO_TERM(id=said, known=", ".join(_KEYS)))
    try:
        name = read_words(record.get("name"), _NAME, LONGEST_TITLE)
        definition = read_words(record.get("definition"), _DEFINITION, LONGEST_LINE)
        return Term(term_id, name.text, definition.text, _aliases(record.get("aliases", {})))
    except Refused as refusal:
        raise Refused(_OF_TERM(id=said, reason=refusal.text)) from None


def _aliases(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not value.keys() <= {*LANGUAGES}:
        raise Refused(_NO_ALIASES(most=_MOST_ALIASES))
    found = {}
    for language, names in value.items():
        if not isinstance(names, list) or len(names) > _MOST_ALIASES:
            raise Refused(_NO_ALIASES(most=_MOST_ALIASES))
        found[language] = tuple(read_words(one, _ALIAS, LONGEST_TITLE).render(language) for one in names)
    return found
