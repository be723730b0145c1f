"""Translatable text: templates and their values, kept apart until they are rendered.

A sentence is written once, in English, where it is used, and rendered late, so that a stored frame can be shown in
another language. Translations lie in the languages' folders as gettext catalogues (see ``language``). The engine itself
renders nothing.
"""

from __future__ import annotations

import copyreg
import re
import string
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from numbers import Number
from types import MappingProxyType
from typing import Any, Literal

from engine.contract.language import ENGLISH, Language, language_of, translated, translated_count
from engine.contract.language import LANGUAGES as LANGUAGES

_ReadOnly = MappingProxyType[Any, Any]


def _parts(mapping: _ReadOnly) -> tuple[Callable[..., _ReadOnly], tuple[dict[Any, Any]]]:
    return _read_only, (dict(mapping),)


def _read_only(values: dict[Any, Any]) -> _ReadOnly:
    return MappingProxyType(values)


copyreg.pickle(MappingProxyType, _parts)


_Mark = Literal["enumeration", "conjunction", "clause", "gap"]


_ARTICLE = " a "
_VOWEL_FIRST = re.compile(r"8|1[18](?!\d)")
"""Matches numbers that begin with a vowel when read out in English, before which "a" becomes "an": 8, 80, 11, 18."""


@dataclass(frozen=True)
class Text:
    """An English template and the values that fill its ``{name}`` or ``{name:.3g}`` placeholders.

    The values may be given later, and as often as needed: ``_STEP = Text("step {n}")``, ``_STEP(n=3)``. A value may be
    a number, a string or another ``Text``. ``context`` distinguishes templates that are equal in English but need
    different translations.
    """

    message: str
    context: str = field(default="", kw_only=True)
    values: Mapping[str, object] = field(default_factory=dict, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __hash__(self) -> int:
        return hash((self.message, self.context, tuple(self.values.items())))

    def __call__(self, **values: object) -> Text:
        """A copy of the template with ``values`` added to those it already has."""
        more = {**self.values, **values}
        # Most are plain Text objects, made by the thousand: faster than ``replace``, which inspects all fields.
        return (
            Text(self.message, context=self.context, values=more) if type(self) is Text else replace(self, values=more)
        )

    def render(self, language: str) -> str:
        """The text in ``language``, one of ``LANGUAGES``; negative numbers have a typographic minus sign."""
        record = language_of(language)
        text, words_before = "", False
        for literal, name, spec in _pieces(self.template(record)):
            text = _beside(text, literal, record) if words_before and record.letters else text + literal
            words_before = False
            if name is None:
                continue
            value = self.values[name]
            if isinstance(value, Text):
                # In Chinese only inserted texts get a space between them and Latin letters.
                words_before, put_in = True, value.render(language)
            elif isinstance(value, Number) and not isinstance(value, bool):
                put_in = with_power(format(value, spec or ".6g" if isinstance(value, float) else spec))
            else:
                put_in = format(value, spec)
            if record is ENGLISH and literal.endswith(_ARTICLE) and _VOWEL_FIRST.match(put_in):
                text = text.removesuffix(" ") + "n "
            text = _beside(text, put_in, record) if words_before and record.letters else text + put_in
        return text

    def template(self, language: Language) -> str:
        """The template translated into a language; the English one if there is no translation."""
        return translated(language.id, self.message, self.context)


@dataclass(frozen=True)
class _Notation(Text):
    """A template that is not translated, since it is the same in every language."""

    __hash__ = Text.__hash__  # a dataclass makes one of its fields otherwise, and values cannot be hashed

    def template(self, language: Language) -> str:
        return self.message


@dataclass(frozen=True)
class _Recorded(Text):
    """A template whose translations come from a data file: ``words`` by language id; ``message`` is the English one."""

    words: Mapping[str, str] = field(default_factory=dict, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "words", MappingProxyType(dict(self.words)))

    __hash__ = Text.__hash__

    def template(self, language: Language) -> str:
        return self.words[language.id] if language.id in self.words else super().template(language)


@dataclass(frozen=True)
class _Counted(Text):
    """A number with a noun in singular or plural; ``message`` is the template for the singular."""

    plural: str = field(default="", kw_only=True)
    __hash__ = Text.__hash__

    def template(self, language: Language) -> str:
        count = self.values["count"]
        assert isinstance(count, (int, float))
        return translated_count(language.id, self.message, self.plural, count, self.context)


@dataclass(frozen=True)
class _Row(Text):
    """A list of texts joined with the separators of the language."""

    marks: tuple[_Mark, _Mark] = field(default=("enumeration", "conjunction"), kw_only=True)
    __hash__ = Text.__hash__

    def template(self, language: Language) -> str:
        between, last = (getattr(language, mark) for mark in self.marks)
        names = [f"{{part{index}}}" for index in range(len(self.values))]
        if self.marks[1] == "conjunction" and len(names) > 2:
            last = language.last_of_many or last
        return "".join(names) if len(names) < 2 else between.join(names[:-1]) + last + names[-1]


@dataclass(frozen=True)
class _Cut(Text):
    """A part of the template of another text, ``whole``: a title before or after its colon, or a sentence without its
    full stop.
    """

    whole: Text | None = field(default=None, kw_only=True)
    part: Literal["title", "line", "sentence"] = field(default="sentence", kw_only=True)
    __hash__ = Text.__hash__

    def template(self, language: Language) -> str:
        assert self.whole is not None
        template = self.whole.template(language)
        if self.part == "sentence":
            return template.removesuffix(language.stop)
        before, _, behind = template.partition(language.title_mark)
        return before if self.part == "title" else behind


def untranslated(word: str) -> Text:
    """A text for a word or symbol that is the same in all languages, such as ``AND`` or ``w1``; it has no values."""
    return _Notation(word.replace("{", "{{").replace("}", "}}"))


def notation(template: str) -> Text:
    """A template that is the same in all languages, such as ``{name} = {value}``."""
    return _Notation(template)


def text_of(words: Mapping[str, str]) -> Text:
    """A text from translations in a data file, by language id; KeyError if there is no English one."""
    return _Recorded(words[ENGLISH.id], words=words)


def counted(count: int, word: str, *, context: str = "") -> Text:
    """A number with a noun: 1 step, 2 steps; ``word`` is the English singular, whose plural ends in s."""
    singular, plural = counting(word)
    return _Counted(singular, context=context, values={"count": count}, plural=plural)


def counting(word: str) -> tuple[str, str]:
    """The English templates for a number with a noun, in singular and plural."""
    return f"{{count:,}} {word}", f"{{count:,}} {word}s"


def listed(parts: Sequence[Text | str]) -> Text:
    """Joins texts as a list in a sentence: 01, 10 and 11; 01、10 和 11."""
    return _joined(parts, "enumeration", "conjunction")


def side_by_side(parts: Sequence[Text | str]) -> Text:
    """Joins changes or clauses with the language's separator: b = 1, c = 2; b = 1，c = 2."""
    return _joined(parts, "clause", "clause")


def enumerated(parts: Sequence[Text | str]) -> Text:
    """Joins texts by the language's commas: 01, 10, 11; 01、10、11."""
    return _joined(parts, "enumeration", "enumeration")


def sentences(parts: Sequence[Text | str]) -> Text:
    """Joins whole sentences into one text, separated as the language requires."""
    return _joined(parts, "gap", "gap")


def title_of(text: Text) -> Text:
    """The text before the colon of a two-part title."""
    return _cut(text, "title")


def line_of(text: Text) -> Text:
    """The text after the colon of a two-part title; empty if there is none."""
    return _cut(text, "line")


def without_stop(text: Text) -> Text:
    """A sentence without its full stop, for the end of another sentence."""
    return _cut(text, "sentence")


def _joined(parts: Sequence[Text | str], between: _Mark, last: _Mark) -> Text:
    return _Row("", values={f"part{index}": part for index, part in enumerate(parts)}, marks=(between, last))


def _cut(text: Text, part: Literal["title", "line", "sentence"]) -> Text:
    return _Cut("", values=text.values, whole=text, part=part)


def as_written(number: str) -> str:
    """Rewrites a number formatted by Python as people type it: −0.5, 1e−7 and 2e6, and a zero without a sign."""
    plain = _EXPONENT.sub(lambda match: f"e{match[1].strip('+')}{match[2]}", number)
    return (plain[1:] if _NEGATIVE_ZERO.fullmatch(plain) else plain).replace("-", "\N{MINUS SIGN}")


def with_power(number: str) -> str:
    """Rewrites a number formatted by Python for reading in a sentence or a table: −0.5, 10⁻⁷ and 2.5×10⁶."""
    front, e, power = number.partition("e")
    if not e:
        return as_written(number)
    power = "10" + raised(int(power))
    return power if front == "1" else f"{as_written(front)}×{power}"


def raised(number: int) -> str:
    """Formats an integer as superscript digits, such as ⁻⁴ in 10⁻⁴."""
    return str(number).translate(_RAISED)


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_EXPONENT = re.compile(r"e([+-])0*(\d)")
_NEGATIVE_ZERO = re.compile(r"-0(\.0*)?")
_LATIN = "[A-Za-z0-9]"


@lru_cache(maxsize=8)
def _seams(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Two patterns for places where texts are joined: a superfluous space, and a position where a space is missing."""
    letters, marks = language_of(language).letters, language_of(language).marks
    any_of_it = f"[{letters}{marks}]"
    beside = f"(?<=[{letters}])(?={_LATIN})|(?<={_LATIN})(?=[{letters}])"
    return re.compile(f"(?<={any_of_it}) (?={any_of_it})"), re.compile(beside)


@lru_cache(maxsize=4096)
def _pieces(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """Splits a template into (literal text, placeholder's name, format); at the end the name may be None."""
    return tuple((literal, name, spec or "") for literal, name, spec, _ in string.Formatter().parse(template))


def _beside(left: str, right: str, language: Language) -> str:
    """Joins two pieces of text: the language's ``latin_gap`` is put between its own letters and Latin ones, and spaces
    between its own letters are removed.
    """
    if not left or not right:
        return left + right
    needless, needed = _seams(language.id)
    seam = needed.sub(language.latin_gap, needless.sub("", left[-2:] + right[:2]))
    return left[:-2] + seam + right[2:]


EMPTY = untranslated("")


class Refused(ValueError):
    """Raised for input that cannot be used. Its ``text`` is one translatable sentence that says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.render("en"))
        self.text = text

    def __reduce__(self) -> tuple[object, ...]:
        return Refused, (self.text,)


def shortened(value: object, limit: int = 60) -> str:
    """A value as text for a message, cut to ``limit`` characters; characters that are not printable are replaced."""
    text = value if isinstance(value, str) else repr(value)
    return _printed(text if len(text) <= limit else text[: limit - 1] + "…")


def path_words(path: object) -> str:
    """A path as text for a message; a long one is shortened to its beginning and end."""
    text = str(path)
    return _printed(text if len(text) <= 300 else f"{text[:100]}…{text[-199:]}")


def _printed(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() else " " if sign.isspace() else "\N{REPLACEMENT CHARACTER}" for sign in text
    )
