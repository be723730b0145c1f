"""The languages of the program, one record each: how they join words, their headings for a guide's sections, their
fonts.

English stands in the code. Every other language is a folder ``resources/languages/<id>/``: ``language.json`` has the
fields of ``Language``, the ``.po`` files map English templates, with a context where one is ambiguous, to translations;
``python3 -m tools`` compiles them to ``layerwise.mo``, which the program reads. Guides lie in
``resources/guide/<id>/``. A template without a translation is shown in English, and ``missing`` lists it.

A language that is a draft may always be used in files, but is offered to users only where the environment variable
``LAYERWISE_DRAFTS`` is set, for its translators and the tests.
"""

from __future__ import annotations

import json
import os
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gettext import NullTranslations

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "languages"
CATALOGUE = "layerwise.mo"
CHINESE = "zh_CN"
"""The id of Chinese. Its font shows the Chinese and Japanese characters in a text of any language."""
DRAFTS = "LAYERWISE_DRAFTS"
"""The environment variable that, if set, also offers the languages that are still drafts."""


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language: its ``id`` as in files and on the command line, and its ``name`` as its speakers call it.

    ``sign`` is the label of the button that switches to it, ``switch`` its tooltip; ``locale`` is the prefix of its
    locales, ``windows`` its id on Windows.

    ``headings`` are the titles of a guide's sections, ``guide_limit`` the maximum number of characters of a guide. List
    items are joined by ``enumeration``, the last one by ``conjunction``, or by ``last_of_many`` if there are more than
    two, changes by ``clause``, sentences by ``gap``; ``title_mark`` stands between the two parts of a title, ``stop``
    ends a sentence. ``letters`` and ``marks`` are ranges of characters that stand without spaces between them; empty
    where words have spaces. ``latin_gap`` stands between them and Latin letters. ``families`` are fonts, best first,
    ``writing_system`` is what Qt calls the script, ``font`` the file in ``resources/fonts`` for systems that have none
    of them. ``folder`` has its translations, None for English. ``is_draft``: its translation is not finished.
    """

    id: str
    name: str
    sign: str
    switch: str
    locale: str
    windows: int
    headings: Mapping[str, str]
    guide_limit: int = 1900
    enumeration: str = ", "
    conjunction: str = " and "
    last_of_many: str = ""
    clause: str = ", "
    gap: str = " "
    title_mark: str = ": "
    stop: str = "."
    letters: str = ""
    marks: str = ""
    latin_gap: str = " "
    families: tuple[str, ...] = ()
    writing_system: str = ""
    font: str = ""
    folder: Path | None = None
    is_draft: bool = False


ENGLISH = Language(
    id="en",
    name="English",
    sign="EN",
    switch="Switch to English",
    locale="en",
    windows=0x09,
    headings=MappingProxyType(
        {
            "question": "Question",
            "tries": "Try",
            "goals": "Goal",
            "see": "See",
            "pitfall": "Pitfall",
            "book": "In the book",
            "next": "Next",
        }
    ),
)


_known: dict[str, Language] = {ENGLISH.id: ENGLISH}
_missing: dict[str, set[str]] = {}
LANGUAGES: tuple[str, ...] = (ENGLISH.id,)
"""The ids of all languages that are offered, English first."""


def language_of(id: str) -> Language:
    """The ``Language`` record with an id; ValueError for an unknown id."""
    if id not in _known:
        raise ValueError(f"language {id!r}: must be one of {', '.join(_known)}")
    return _known[id]


def language_for(*locales: str) -> str:
    """The id of the language for the first locale, such as zh_TW.UTF-8, that has one; English if none has."""
    offered = [language_of(id) for id in LANGUAGES]
    fitting = (one.id for locale in locales for one in offered if locale.lower().startswith(one.locale))
    return next(fitting, ENGLISH.id)


@lru_cache(maxsize=16384)
def translated(language: str, message: str, context: str = "") -> str:
    """The translation of an English template into a language; if there is none, returns the template and records it as
    missing.
    """
    if language == ENGLISH.id:
        return message
    return _words_of(language).pgettext(context, message) if context else _words_of(language).gettext(message)


def translated_count(language: str, singular: str, plural: str, count: float, context: str = "") -> str:
    """The translation of a template into a language, in the plural form for ``count``."""
    if language == ENGLISH.id:
        return singular if count == 1 else plural
    words = _words_of(language)
    if context:
        return words.npgettext(context, singular, plural, int(count))
    return words.ngettext(singular, plural, int(count))


def missing(id: str) -> tuple[str, ...]:
    """The English templates for which a translation into a language was requested but not found."""
    return tuple(sorted(_missing.get(id, ())))


def read_language(folder: Path) -> Language:
    """Reads the language in a folder; ValueError if its ``language.json`` lacks a field or a heading."""
    try:
        said = json.loads((folder / "language.json").read_text(encoding="utf-8"))
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }
        made = Language(**(fields | {"id": folder.name, "folder": folder}))
    except (OSError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"language in {folder}: {error}") from error
    lacking = ENGLISH.headings.keys() - made.headings.keys()
    if lacking:
        raise ValueError(f"language in {folder}: no headings for {', '.join(sorted(lacking))}")
    return made


def offer(language: Language) -> None:
    """Registers a language. Must be called before other modules are imported, since many of them copy ``LANGUAGES``."""
    global LANGUAGES
    _known[language.id] = language
    if not language.is_draft or os.environ.get(DRAFTS):
        LANGUAGES = (*LANGUAGES, language.id)


def known_languages() -> tuple[str, ...]:
    """The ids of all languages in which files may contain texts, including drafts."""
    return tuple(_known)


def names_in(template: str) -> list[str]:
    """The distinct placeholder names in a template, in alphabetical order."""
    return sorted({name for _, name, _, _ in string.Formatter().parse(template) if name is not None})


@cache
def _words_of(language: str) -> NullTranslations:
    """The ``gettext`` translations of a language, loaded at first use."""
    from engine.contract.words_of_language import read_words  # only now: English has no need of gettext

    folder, noted = language_of(language).folder, _missing.setdefault(language, set())
    return read_words(folder / CATALOGUE if folder else None, noted)


for _folder in sorted(FOLDER.iterdir()) if FOLDER.is_dir() else ():
    if (_folder / "language.json").exists():
        offer(read_language(_folder))
