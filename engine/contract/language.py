"""The languages of the program, one record each: how they join words, what they call a guide's sections, their fonts.

English and Chinese are written where they are used, side by side in a ``Text``. A further one is a folder
``resources/languages/<id>/``: ``language.toml`` says what is said here of the two, ``words.toml`` has the words, each
under its English ones, so that no sentence's line is edited; guides lie in ``resources/guide/<id>/``. What has no words
yet is shown in English, and ``missing`` tells it; ``python3 -m tools.words ID`` lists all of it.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "languages"


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language: its ``id`` as in files and on the command line, and its ``name`` as those who speak it call it.

    ``sign`` stands on the button that asks for it, ``switch`` is that button's tip. ``locale`` is how a locale that
    means it begins, ``windows`` the number of it there. ``column`` names the field of ``Text`` that holds its words,
    "" where they come from ``words``: templates by English templates, several where a count asks for several forms.

    ``headings`` are a guide's sections, ``guide_limit`` how many characters one may have. Things are joined by
    ``enumeration``, the last one by ``conjunction``, changes by ``clause``; ``title_mark`` parts a title from its line,
    ``stop`` ends a sentence. ``letters`` and ``marks`` are ranges of characters that stand without spaces between them,
    and with one beside Latin letters; empty where words have spaces. ``plural`` says which form counts from 2 on take:
    "s" the second, "" the first. ``families`` are fonts, best first, ``writing_system`` is what Qt calls the script.
    """

    id: str
    name: str
    sign: str
    switch: str
    locale: str
    windows: int
    headings: Mapping[str, str]
    column: Literal["en", "zh", ""] = ""
    guide_limit: int = 1900
    enumeration: str = ", "
    conjunction: str = " and "
    clause: str = ", "
    title_mark: str = ": "
    stop: str = "."
    letters: str = ""
    marks: str = ""
    plural: Literal["s", ""] = "s"
    families: tuple[str, ...] = ()
    writing_system: str = ""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def form(self, count: float) -> int:
        """Which form a word takes with a count: 0, or 1 for a plural."""
        return 1 if self.plural and count != 1 else 0


ENGLISH = Language(
    id="en",
    name="English",
    sign="EN",
    switch="Switch to English",
    locale="en",
    windows=0x09,
    column="en",
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
CHINESE = Language(
    id="zh_CN",
    name="中文",
    sign="中",
    switch="切换到中文",
    locale="zh",
    windows=0x04,
    column="zh",
    headings=MappingProxyType(
        {
            "question": "问题",
            "tries": "试一试",
            "goals": "挑战",
            "see": "看一看",
            "pitfall": "常见误区",
            "book": "书中位置",
            "next": "接下来",
        }
    ),
    guide_limit=840,
    enumeration="、",
    conjunction=" 和 ",
    clause="，",
    title_mark="：",
    stop="。",
    letters="\u4e00-\u9fff",
    marks="，。；：、？！（）“”《》",
    plural="",
    families=(
        "Microsoft YaHei UI",
        "Microsoft YaHei",
        "PingFang SC",
        "Hiragino Sans GB",
        "Noto Sans CJK SC",
        "Noto Sans SC",
        "Source Han Sans SC",
        "Source Han Sans CN",
        "WenQuanYi Micro Hei",
        "WenQuanYi Zen Hei",
    ),
    writing_system="SimplifiedChinese",
)

_known: dict[str, Language] = {one.id: one for one in (ENGLISH, CHINESE)}
_missing: dict[str, set[str]] = {}
LANGUAGES: tuple[str, ...] = tuple(_known)
"""The ids of all languages, English first."""


def language_of(id: str) -> Language:
    """The record of a language; ValueError for an unknown one."""
    if id not in _known:
        raise ValueError(f"language {id!r}: must be one of {', '.join(_known)}")
    return _known[id]


def language_for(locale: str) -> str:
    """The id of the language that a locale such as zh_TW.UTF-8 means; English for one that is not spoken here."""
    return next((one.id for one in _known.values() if locale.lower().startswith(one.locale)), ENGLISH.id)


def translated(language: Language, english: str, chinese: str = "", form: int = 0) -> str:
    """A template in a language of the folder; the English one, which is noted as missing, where it has no words.

    Where English has one word for two things that Chinese tells apart, the key may be both, as in "step | 步".
    """
    forms = language.words.get(f"{english} | {chinese}") or language.words.get(english, ())
    if not forms:
        _missing.setdefault(language.id, set()).add(english)
        return english
    return forms[min(form, len(forms) - 1)]


def missing(id: str) -> tuple[str, ...]:
    """The English templates that were wanted in a language so far and had no words in it."""
    return tuple(sorted(_missing.get(id, ())))


def read_language(folder: Path) -> Language:
    """The language that a folder describes; ValueError where its files do not say what a record needs."""
    import tomllib  # only now: the start of the program reads its texts, and mostly there is no such folder

    try:
        said = tomllib.loads((folder / "language.toml").read_text(encoding="utf-8"))
        words = tomllib.loads((folder / "words.toml").read_text(encoding="utf-8"))
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }
        made = Language(**(fields | {"id": folder.name, "column": "", "words": _checked(words)}))
    except (OSError, TypeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"language in {folder}: {error}") from error
    lacking = ENGLISH.headings.keys() - made.headings.keys()
    if lacking:
        raise ValueError(f"language in {folder}: no headings for {', '.join(sorted(lacking))}")
    return made


def offer(language: Language) -> None:
    """Have a further language from now on; before anything else is imported, since many keep ``LANGUAGES``."""
    global LANGUAGES
    _known[language.id] = language
    LANGUAGES = tuple(_known)


def names_in(template: str) -> list[str]:
    """The names of the values that a template takes, in order."""
    return sorted({name for _, name, _, _ in string.Formatter().parse(template) if name is not None})


def _checked(words: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """The words with their forms; ValueError where they name other values than the English ones."""
    found = {}
    for english, given in words.items():
        forms = (given,) if isinstance(given, str) else tuple(given)
        for template in forms:
            if names_in(template) != names_in(english):
                raise ValueError(f"{english!r} and {template!r} name different values")
        found[english] = forms
    return MappingProxyType(found)


for _folder in sorted(_FOLDER.iterdir()) if _FOLDER.is_dir() else ():
    offer(read_language(_folder))
