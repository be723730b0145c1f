"""Numbers as people type them, on Chinese keyboards too, and as the program writes them."""

from __future__ import annotations

import re
import unicodedata

from engine.contract.refusal import Refused, shortened
from engine.contract.text import Text, with_minus

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_TYPED = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-", "×": "*", "÷": "/", "。": ".", "、": ","}
)


def normalized(text: str) -> str:
    """``text`` with full-width forms (NFKC), typographic minus signs, × and ÷ turned into their ASCII twins."""
    return unicodedata.normalize("NFKC", text).translate(_TYPED).strip()


def parse_real(text: str) -> float:
    """The real number that ``text`` spells; Refused for anything else, such as words, nan or other scripts' digits."""
    plain = normalized(text)
    if len(plain) > 40 or not _NUMBER.fullmatch(plain):
        raise Refused(
            Text("“{text}” is not a number.", "“{text}”不是一个数。").with_values(text=shortened(text))
        )
    return float(plain)


def format_real(value: float, digits: int = 6) -> str:
    """A number for people: at most ``digits`` significant digits, a real minus sign, and no negative zero."""
    text = format(value, f".{digits}g")
    return with_minus("0" if text == "-0" else text)


def raised(number: int) -> str:
    """A whole number as an exponent is written: 10⁻⁴."""
    return str(number).translate(_RAISED)
