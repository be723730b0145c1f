"""What a keyboard gives, a Chinese one too, as the plain signs of the grammar, each with the column it came from."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from engine.contract.text.numerals import raised

_SIGNS = {
    "×": "*", "✕": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "÷": "/", "∕": "/",
    "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{HYPHEN}": "-",
    "。": ".", "、": ",", "【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")", "π": "pi",
}  # fmt: skip
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
_POWER = re.compile(r"\^([0-9]+)(?![0-9.e])", re.ASCII)


class Character(NamedTuple):
    """One plain sign; ``column`` counts the typed characters from 1."""

    sign: str
    column: int


def characters_of(text: str) -> list[Character]:
    """The plain signs of ``text``: full-width forms made narrow, × ÷ · − turned into their twins, x² into x^2.

    Letters become small. What has no twin stays as it is, for the tokens to refuse.
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


def plain(text: str) -> str:
    """``text`` in plain signs, with single spaces between words and none at the ends."""
    return " ".join("".join(character.sign for character in characters_of(text)).split())


def for_people(text: str) -> str:
    """A function in plain signs as it is written in a book: x0²/20 + x1² − 2·x0."""
    powers = _POWER.sub(lambda match: raised(int(match[1])), text)
    return powers.replace("*", "·").replace("-", "\N{MINUS SIGN}")
