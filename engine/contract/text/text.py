"""Text in the languages of the program, with its numbers still apart from the words.

A sentence is written once, in English, where it is used, and rendered late, so that a frame that was kept can be shown
in another language. The other languages have their words in their folders, as gettext has them (``language``). The
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
from engine.contract.text.language import ENGLISH, Language, language_of, translated, translated_count
from engine.contract.text.language import LANGUAGES as LANGUAGES

_Mark = Literal["enumeration", "conjunction", "clause", "gap"]


@dataclass(frozen=True)
class Text:
    """An English template and the values that go into its ``{name}`` or ``{name:.3g}`` places.

    The values may be given later, and again and again: ``_STEP = Text("step {n}")``, ``_STEP(n=3)``. A value may be a
    number, a string or another ``Text``. ``context`` tells apart what English calls alike and other languages do not.
    """

    message: str
    context: str = field(default="", kw_only=True)
    values: Mapping[str, object] = field(default_factory=dict, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __hash__(self) -> int:
        return hash((self.message, self.context, tuple(self.values.items())))

    def __call__(self, **values: object) -> Text:
        """The same words with these numbers put in, beside those already there."""
        more = {**self.values, **values}
        # Most are plain, and made by the thousand: without asking for their fields.
        return (
            Text(self.message, context=self.context, values=more) if type(self) is Text else replace(self, values=more)
        )

    def render(self, language: str) -> str:
        """The sentence in ``language``, one of ``LANGUAGES``; negative numbers carry a real minus sign."""
        record = language_of(language)
        text, words_before = "", False
        for literal, name, spec in _pieces(self.template(record)):
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
        """The words in a language; the English ones where it has none."""
        return translated(language.id, self.message, self.context)


@dataclass(frozen=True)
class _Notation(Text):
    """What every language writes alike."""

    __hash__ = Text.__hash__  # a dataclass makes one of its fields otherwise, and values cannot be hashed

    def template(self, language: Language) -> str:
        return self.message


@dataclass(frozen=True)
class _Recorded(Text):
    """Words that stand beside one another in a file of data, by language; ``message`` are the English ones."""

    words: Mapping[str, str] = field(default_factory=dict, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "words", MappingProxyType(dict(self.words)))

    __hash__ = Text.__hash__

    def template(self, language: Language) -> str:
        return self.words[language.id] if language.id in self.words else super().template(language)


@dataclass(frozen=True)
class _Counted(Text):
    """A number and a word, whose form depends on the number; ``message`` is the singular."""

    plural: str = field(default="", kw_only=True)
    __hash__ = Text.__hash__

    def template(self, language: Language) -> str:
        count = self.values["count"]
        assert isinstance(count, (int, float))
        return translated_count(language.id, self.message, self.plural, count, self.context)


@dataclass(frozen=True)
class _Row(Text):
    """Things in a row, joined as the language has it."""

    marks: tuple[_Mark, _Mark] = field(default=("enumeration", "conjunction"), kw_only=True)
    __hash__ = Text.__hash__

    def template(self, language: Language) -> str:
        between, last = (getattr(language, mark) for mark in self.marks)
        names = [f"{{part{index}}}" for index in range(len(self.values))]
        return "".join(names) if len(names) < 2 else between.join(names[:-1]) + last + names[-1]


@dataclass(frozen=True)
class _Cut(Text):
    """A part of the template ``whole``: the title before its mark, the line behind it, or a sentence without a stop."""

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
    """A word or symbol that is written alike in all languages, such as ``AND`` or ``w1``; it has no values."""
    return _Notation(word.replace("{", "{{").replace("}", "}}"))


def notation(template: str) -> Text:
    """A template that is written alike in all languages, such as ``{name} = {value}``."""
    return _Notation(template)


def text_of(words: Mapping[str, str]) -> Text:
    """The template that a file of data has for each language; KeyError where it has no English one."""
    return _Recorded(words[ENGLISH.id], words=words)


def counted(count: int, word: str, *, context: str = "") -> Text:
    """So many of something: 1 step, 2 steps; ``word`` is the English singular, whose plural ends in s."""
    singular, plural = counting(word)
    return _Counted(singular, context=context, values={"count": count}, plural=plural)


def counting(word: str) -> tuple[str, str]:
    """The English templates for one of something and for several."""
    return f"{{count:,}} {word}", f"{{count:,}} {word}s"


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
    return _joined(parts, "gap", "gap")


def title_of(text: Text) -> Text:
    """The first part of a title, before its colon."""
    return _cut(text, "title")


def line_of(text: Text) -> Text:
    """The second part of a title, behind its colon; empty where there is none."""
    return _cut(text, "line")


def without_stop(text: Text) -> Text:
    """A sentence as the end of another one."""
    return _cut(text, "sentence")


def _joined(parts: Sequence[Text | str], between: _Mark, last: _Mark) -> Text:
    return _Row("", values={f"part{index}": part for index, part in enumerate(parts)}, marks=(between, last))


def _cut(text: Text, part: Literal["title", "line", "sentence"]) -> Text:
    return _Cut("", values=text.values, whole=text, part=part)


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


EMPTY = untranslated("")
