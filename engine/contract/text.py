"""Text in the languages of the program, with its numbers still apart from the words.

A sentence is written once, in English and Chinese, where it is used; it is rendered late, so that a frame that was kept
can be shown in another language. A further language has its words from its folder (``engine.contract.language``). The
engine renders nothing by itself.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from numbers import Number
from types import MappingProxyType
from typing import Literal

from engine.contract import pickling  # noqa: F401 - values travel between processes
from engine.contract.language import CHINESE, ENGLISH, Language, language_of, names_in, translated
from engine.contract.language import LANGUAGES as LANGUAGES


@dataclass(frozen=True)
class Text:
    """One template per language and the values that go into its ``{name}`` or ``{name:.3g}`` places.

    The values may be given later, and again and again: ``_STEP = Text("step {n}", "第 {n} 步")``, ``_STEP(n=3)``.

    Both templates use the same names (ValueError otherwise). A value may be a number, a string or another ``Text``.
    """

    en: str
    zh: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_same_names(self.en, self.zh)
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __hash__(self) -> int:
        return hash((self.en, self.zh, tuple(self.values.items())))

    def __call__(self, **values: object) -> Text:
        """The same words with these numbers put in, beside those already there."""
        more = {**self.values, **values}
        # Most are plain, and made by the thousand: without asking for their fields.
        return Text(self.en, self.zh, more) if type(self) is Text else replace(self, values=more)

    def render(self, language: str) -> str:
        """The sentence in ``language``, one of ``LANGUAGES``; negative numbers carry a real minus sign."""
        record = language_of(language)
        template = getattr(self, record.column) if record.column else self.template(record)
        text, words_before = "", False
        for literal, name, spec in _pieces(template):
            text = _beside(text, literal, record) if words_before and record.letters else text + literal
            words_before = False
            if name is None:
                continue
            value = self.values[name]
            if isinstance(value, Text):
                # In Chinese only words that are put in keep their distance from Latin ones.
                words_before, put_in = True, value.render(language)
                text = _beside(text, put_in, record) if record.letters else text + put_in
            elif isinstance(value, Number) and not isinstance(value, bool):
                text += as_written(format(value, spec or ".6g" if isinstance(value, float) else spec))
            else:
                text += format(value, spec)
        return text

    def template(self, language: Language) -> str:
        """The words in a further language; the English ones where both are alike, or where it has none."""
        return self.en if self.en == self.zh else translated(language, self.en, self.zh)


@dataclass(frozen=True)
class _Counted(Text):
    """A number and a word, whose form in a further language depends on the number; it is under its ``singular``."""

    singular: str = ""
    __hash__ = Text.__hash__  # a dataclass makes one of its fields otherwise, and values cannot be hashed

    def template(self, language: Language) -> str:
        count = self.values["count"]
        form = language.form(count) if isinstance(count, (int, float)) else 0
        return translated(language, self.singular, self.zh, form)


@dataclass(frozen=True)
class _Row(Text):
    """Things in a row, joined as the language has it."""

    marks: tuple[Literal["enumeration", "conjunction", "clause"], ...] = ("enumeration", "conjunction")
    __hash__ = Text.__hash__

    def template(self, language: Language) -> str:
        return _row(len(self.values), *(getattr(language, mark) for mark in self.marks))


@dataclass(frozen=True)
class _Cut(Text):
    """A part of the template ``whole``: the title before its mark, the line behind it, or a sentence without a stop."""

    whole: Text | None = None
    part: Literal["title", "line", "sentence"] = "sentence"
    __hash__ = Text.__hash__

    def template(self, language: Language) -> str:
        assert self.whole is not None
        return _part(self.whole.template(language), self.part, language)


def same(word: str) -> Text:
    """A word or symbol that is written alike in both languages, such as ``AND`` or ``w1``."""
    escaped = word.replace("{", "{{").replace("}", "}}")
    return Text(escaped, escaped)


def counted(count: int, english: str, chinese: str) -> Text:
    """So many of something: 1 step, 2 steps, 3 步; ``english`` is its singular, and its plural ends in s."""
    singular = f"{{count:,}} {english}"
    return _Counted(singular + "s" * ENGLISH.form(count), f"{{count}} {chinese}", {"count": count}, singular)


def listed(parts: Sequence[Text | str]) -> Text:
    """One or more things in one sentence: 01, 10 and 11; 01、10 和 11."""
    return _joined(parts, "enumeration", "conjunction")


def side_by_side(parts: Sequence[Text | str]) -> Text:
    """One or more changes, or sentences that are none by themselves: b = 1, c = 2; b = 1，c = 2."""
    return _joined(parts, "clause", "clause")


def enumerated(parts: Sequence[Text | str]) -> Text:
    """One or more things in a row: 01, 10, 11; 01、10、11."""
    return _joined(parts, "enumeration", "enumeration")


def sentences(parts: Sequence[Text | str]) -> Text:
    """One or more whole sentences, one after the other."""
    names = [f"part{index}" for index in range(len(parts))]
    english, chinese = (mark.join(f"{{{name}}}" for name in names) for mark in (" ", ""))
    return Text(english, chinese)(**dict(zip(names, parts, strict=True)))


def title_of(text: Text) -> Text:
    """The first part of a title, before its colon."""
    return _cut(text, "title")


def line_of(text: Text) -> Text:
    """The second part of a title, behind its colon; empty where there is none."""
    return _cut(text, "line")


def without_stop(text: Text) -> Text:
    """A sentence as the end of another one."""
    return _cut(text, "sentence")


def _joined(parts: Sequence[Text | str], *marks: Literal["enumeration", "conjunction", "clause"]) -> Text:
    english, chinese = [
        _row(len(parts), *[getattr(language, mark) for mark in marks]) for language in (ENGLISH, CHINESE)
    ]
    return _Row(english, chinese, {f"part{index}": part for index, part in enumerate(parts)}, marks)


def _row(count: int, between: str, last: str) -> str:
    names = [f"{{part{index}}}" for index in range(count)]
    return names[0] if count == 1 else between.join(names[:-1]) + last + names[-1]


def _cut(text: Text, part: Literal["title", "line", "sentence"]) -> Text:
    english, chinese = _part(text.en, part, ENGLISH), _part(text.zh, part, CHINESE)
    return _Cut(english, chinese, text.values, text, part)


def _part(template: str, part: Literal["title", "line", "sentence"], language: Language) -> str:
    if part == "sentence":
        return template.removesuffix(language.stop)
    before, _, behind = template.partition(language.title_mark)
    return before if part == "title" else behind


def as_written(number: str) -> str:
    """A number that Python has formatted, as people write it: −0.5, 1e−7 and 2e6, and a zero without a sign."""
    plain = _EXPONENT.sub(lambda match: f"e{match[1].strip('+')}{match[2]}", number)
    return (plain[1:] if _NEGATIVE_ZERO.fullmatch(plain) else plain).replace("-", "\N{MINUS SIGN}")


_EXPONENT = re.compile(r"e([+-])0*(\d)")
_NEGATIVE_ZERO = re.compile(r"-0(\.0*)?")
_LATIN = "[A-Za-z0-9]"


@lru_cache(maxsize=8)
def _seams(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Where two pieces of a sentence have a space that does not belong there, and where one is missing."""
    letters, marks = language_of(language).letters, language_of(language).marks
    any_of_it = f"[{letters}{marks}]"
    beside = f"(?<=[{letters}])(?={_LATIN})|(?<={_LATIN})(?=[{letters}])"
    return re.compile(f"(?<={any_of_it}) (?={any_of_it})"), re.compile(beside)


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """A template as words, the name of the value behind them, and how that is written; the name may be missing."""
    return tuple((literal, name, spec or "") for literal, name, spec, _ in string.Formatter().parse(template))


def _beside(left: str, right: str, language: Language) -> str:
    """Two pieces of a sentence as one, with a space between Chinese and Latin and none between Chinese."""
    if not left or not right:
        return left + right
    needless, needed = _seams(language.id)
    seam = needed.sub(" ", needless.sub("", left[-2:] + right[:2]))
    return left[:-2] + seam + right[2:]


@lru_cache(maxsize=4096)
def _check_same_names(en: str, zh: str) -> None:
    names = [names_in(template) for template in (en, zh)]
    if names[0] != names[1]:
        raise ValueError(f"the two languages name different values, {names[0]} and {names[1]}: {en!r} / {zh!r}")


EMPTY = Text("", "")
