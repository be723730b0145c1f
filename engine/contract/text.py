"""Text in both languages of the program, with its numbers still apart from the words.

A sentence is written once, in both languages, where it is used; it is rendered late, so that a frame that was kept
can be shown in the other language. The engine renders nothing by itself.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from numbers import Number
from types import MappingProxyType

from engine.contract import pickling  # noqa: F401 - values travel between processes

LANGUAGES = ("en", "zh_CN")


@dataclass(frozen=True)
class Text:
    """One template per language and the values that go into its ``{name}`` or ``{name:.3g}`` places.

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

    def with_values(self, **values: object) -> Text:
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


def with_minus(number: str) -> str:
    """A formatted number with the typographic minus sign in place of the hyphen."""
    return number.replace("-", "\N{MINUS SIGN}")


class _Renderer(string.Formatter):
    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, Text):
            return value.render(self._language)
        if isinstance(value, Number) and not isinstance(value, bool):
            return with_minus(format(value, format_spec or ".6g" if isinstance(value, float) else format_spec))
        return format(value, format_spec)


@lru_cache(maxsize=4096)
def _check_same_names(en: str, zh: str) -> None:
    names = [sorted({name for _, name, _, _ in string.Formatter().parse(t) if name is not None}) for t in (en, zh)]
    if names[0] != names[1]:
        raise ValueError(f"the two languages name different values, {names[0]} and {names[1]}: {en!r} / {zh!r}")


EMPTY = Text("", "")
