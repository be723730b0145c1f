"""Normalises typed characters, also from a Chinese keyboard, to those of the grammar, each with its column."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from engine.contract.text import Refused, Text, raised

_SIGNS = {
    "×": "*", "✕": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "÷": "/", "∕": "/",
    "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{HYPHEN}": "-",
    "。": ".", "、": ",", "【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")", "π": "pi",
}  # fmt: skip
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_POWER = re.compile(r"\^([0-9]+)(?![0-9.e])", re.ASCII)


class Character(NamedTuple):
    """A normalised character; ``column`` is its position in the typed text, from 1."""

    sign: str
    column: int


def characters_of(text: str) -> list[Character]:
    """Normalises ``text``: full-width forms become narrow, × ÷ · − their ASCII equivalents, x² becomes x^2.

    Letters become lower case. Any other character is kept, and later refused by the tokenizer.
    """
    found: list[Character] = []
    is_raised = False
    for column, typed in enumerate(text, start=1):
        if typed in _RAISED:
            # A raised number is one power, however many digits it has.
            signs = _RAISED[typed] if is_raised else "^" + _RAISED[typed]
            is_raised = True
        else:
            narrow = _SIGNS.get(typed) or unicodedata.normalize("NFKC", typed)
            signs = "".join(_SIGNS.get(sign, sign) for sign in narrow)
            is_raised = False
        found += [Character(sign, column) for sign in signs.lower()]
    return found


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """``text`` normalised, with single spaces between words and none at the ends."""
    return " ".join("".join(character.sign for character in characters_of(text)).split())


def for_people(text: str) -> str:
    """Formats a normalised function in book notation: x0²/20 + x1² − 2·x0."""
    powers = _POWER.sub(lambda match: raised(int(match[1])), text)
    return powers.replace("*", "·").replace("-", "\N{MINUS SIGN}")


class ExpressionRefused(Refused):
    """A refusal of a typed function with a position: ``column`` counts the typed characters from 1, ``reason`` is the
    message without the position.
    """

    def __init__(self, text: Text, column: int) -> None:
        super().__init__(Text("column {column}: {reason}.")(column=column, reason=text))
        self.column, self.reason = column, text
