"""Text in both languages of the program, with its numbers still apart from the words.

A sentence is written once, in both languages, where it is used; it is rendered late, so that a frame that was kept
can be shown in the other language. The engine renders nothing by itself.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from numbers import Number
from types import MappingProxyType

from engine.contract import pickling  # noqa: F401 - values travel between processes

LANGUAGES = ("en", "zh_CN")


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
        return Text(self.en, self.zh, {**self.values, **values})

    def render(self, language: str) -> str:
        """The sentence in ``language``, one of ``LANGUAGES``; negative numbers carry a real minus sign."""
        if language not in LANGUAGES:
            raise ValueError(f"language {language!r}: must be one of {', '.join(LANGUAGES)}")
        template = self.zh if language == "zh_CN" else self.en
        return _Renderer(language).vformat(template, (), self.values)


def same(word: str) -> Text:
    """A word or symbol that is written alike in both languages, such as ``AND`` or ``w1``."""
    escaped = word.replace("{", "{{").replace("}", "}}")
    return Text(escaped, escaped)


def counted(count: int, english: str, chinese: str) -> Text:
    """So many of something: 1 step, 2 steps, 3 步; ``english`` is its singular, and its plural ends in s."""
    plural = "" if count == 1 else "s"
    return Text(f"{{count:,}} {english}{plural}", f"{{count}} {chinese}")(count=count)


def listed(parts: Sequence[Text | str]) -> Text:
    """One or more things in one sentence: 01, 10 and 11; 01、10 和 11."""
    names = [f"{{part{index}}}" for index in range(len(parts))]
    english, chinese = names[-1], names[-1]
    if len(names) > 1:
        english, chinese = f"{', '.join(names[:-1])} and {english}", f"{'、'.join(names[:-1])} 和 {chinese}"
    return Text(english, chinese)(**{f"part{index}": part for index, part in enumerate(parts)})


def as_written(number: str) -> str:
    """A number that Python has formatted, as people write it: −0.5, 1e−7 and 2e6, and a zero without a sign."""
    plain = _EXPONENT.sub(lambda match: f"e{match[1].strip('+')}{match[2]}", number)
    return (plain[1:] if _NEGATIVE_ZERO.fullmatch(plain) else plain).replace("-", "\N{MINUS SIGN}")


_EXPONENT = re.compile(r"e([+-])0*(\d)")
_NEGATIVE_ZERO = re.compile(r"-0(\.0*)?")
_CHINESE, _LATIN = "[\u4e00-\u9fff，。；：、？！（）“”《》]", "[A-Za-z0-9]"
_NO_SPACE = re.compile(f"(?<={_CHINESE}) (?={_CHINESE})")
_SPACE = re.compile(f"(?<=[\u4e00-\u9fff])(?={_LATIN})|(?<={_LATIN})(?=[\u4e00-\u9fff])")


class _Renderer(string.Formatter):
    """Puts values into a template; in Chinese, words that are put in keep their distance from Latin ones only."""

    def __init__(self, language: str) -> None:
        self._language = language

    def vformat(self, template: str, args: Sequence[object], values: Mapping[str, object]) -> str:
        text, words_before = "", False
        for literal, name, spec, _ in self.parse(template):
            text = self._beside(text, literal) if words_before else text + literal
            words_before = False
            if name is not None:
                words_before = isinstance(values[name], Text)
                value = self.format_field(values[name], spec or "")
                text = self._beside(text, value) if words_before else text + value
        return text

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, Text):
            return value.render(self._language)
        if isinstance(value, Number) and not isinstance(value, bool):
            return as_written(format(value, format_spec or ".6g" if isinstance(value, float) else format_spec))
        return format(value, format_spec)

    def _beside(self, left: str, right: str) -> str:
        """Two pieces of a sentence as one, with a space between Chinese and Latin and none between Chinese."""
        if self._language != "zh_CN" or not left or not right:
            return left + right
        seam = _SPACE.sub(" ", _NO_SPACE.sub("", left[-2:] + right[:2]))
        return left[:-2] + seam + right[2:]


@lru_cache(maxsize=4096)
def _check_same_names(en: str, zh: str) -> None:
    names = [sorted({name for _, name, _, _ in string.Formatter().parse(t) if name is not None}) for t in (en, zh)]
    if names[0] != names[1]:
        raise ValueError(f"the two languages name different values, {names[0]} and {names[1]}: {en!r} / {zh!r}")


EMPTY = Text("", "")
