"""Parsing of numbers as people type them, on Chinese keyboards too, and formatting of numbers for people."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable

import numpy as np

from engine.contract.text import Refused, Text, as_written, shortened, with_power

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+(?:[eE][+-]?[0-9]+)?)", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?", re.ASCII)
_MOST_DECIMALS = 6
_BAR = "\N{FRACTION SLASH}"
_PERCENT = "%"
_NOT_A_NUMBER = Text("“{text}” is not a number such as 0.5, 1/3 or 20%.")
_TOO_LARGE = Text("“{text}” is larger than any number that is computed with here (about 1.8·10³⁰⁸).")
_AMBIGUOUS = Text("“{text}” may mean {thousands} or {decimal}. Leave the comma out, or write a point.")
_ROUNDING = 1e-14
"""The largest rounding error of a sum, relative to its largest term."""
NONE = "–"
"""The symbol for a missing number."""
_TYPED = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-", "ー": "-", "×": "*", "÷": "/", "。": ".", "、": ","}
)


def normalized(text: str) -> str:
    """``text`` without spaces at its ends and with ASCII equivalents: full-width forms (by NFKC), typographic minus
    signs, × and ÷ are replaced.
    """
    return unicodedata.normalize("NFKC", text).translate(_TYPED).strip()


class Ambiguous(Refused):
    """Raised for a typed number that can be read as two different numbers, such as 1,000."""


def parse_real(text: str, unit: str = "", whole: bool = False) -> float:
    """Parses a real number: with commas as in 1,234,567 or a decimal comma as in 0,8; a fraction such as 1/2 or ½; or a
    percentage: 20% is 0.2, but 20 if the ``unit`` is % itself.

    ``Refused`` for anything else, such as words, nan, digits of other scripts, or 1e999, which is infinite.
    ``Ambiguous`` for 1,000, which may mean one or a thousand, unless a ``whole`` number is expected.
    """
    typed = normalized(text)
    plain = typed.removesuffix(_PERCENT)
    over, bar, under = plain.replace(_BAR, "/").partition("/")
    # NFKC turns 1½ into 11⁄2, which nobody means.
    mixed = re.search(r"\d\s*[¼-¾⅐-⅞]", text)
    numbers = [part.strip() for part in ((over, under) if bar else (over,))]
    is_short = len(over) + len(under) <= 40
    # A Chinese comma only separates list items, since Chinese uses a decimal point.
    if is_short and not any(mark in text for mark in "，、"):
        numbers = [_without_commas(number, whole) for number in numbers]
    if not is_short or mixed or not all(_NUMBER.fullmatch(number) for number in numbers):
        raise Refused(_NOT_A_NUMBER(text=shortened(text)))
    top, bottom = float(numbers[0]), float(numbers[-1]) if bar else 1.0
    if bottom == 0 or (bar and plain != typed):
        raise Refused(_NOT_A_NUMBER(text=shortened(text)))
    number = top / bottom / (100.0 if plain != typed and unit != _PERCENT else 1.0)
    if not math.isfinite(number):
        raise Refused(_TOO_LARGE(text=shortened(text)))
    return number


def _without_commas(number: str, whole: bool) -> str:
    """The number as text with a point instead of a decimal comma and without thousands separators."""
    decimal = _DECIMAL_COMMA.fullmatch(number)
    if not _THOUSANDS.fullmatch(number):
        return number if decimal is None else f"{decimal[1]}.{decimal[2]}"
    together = number.replace(",", "")
    if decimal is not None and not whole:
        raise Ambiguous(
            _AMBIGUOUS(text=number, thousands=as_written(together), decimal=as_written(f"{decimal[1]}.{decimal[2]}"))
        )
    return together


def format_real(value: float, digits: int = 6) -> str:
    """Formats a number so that it can be typed back in, with at most ``digits`` significant digits, a typographic minus
    sign and no negative zero. Use ``in_powers`` for numbers of any size that are only read.
    """
    return as_written(format(value, f".{digits}g"))


def fixed_digits(value: float, digits: int = 3) -> str:
    """Formats a number with exactly ``digits`` significant digits, trailing zeros included; a dash for nan."""
    return NONE if math.isnan(value) else with_power(format(value, f"#.{digits}g").removesuffix("."))


def format_alike(values: Iterable[float], digits: int = 3) -> list[str]:
    """Formats a group of numbers with equally many decimals, so many that the largest one has ``digits`` significant
    digits.

    If that would show a nonzero number as 0, or a number is too large for it, each number is formatted by itself.
    """
    numbers = [float(value) for value in values]
    sizes = [abs(number) for number in numbers if number and math.isfinite(number)]
    decimals = digits - 1 - math.floor(math.log10(max(sizes))) if sizes else -1
    if any(not math.isfinite(number) for number in numbers) or not 0 <= decimals <= _MOST_DECIMALS:
        return [in_powers(number, digits) for number in numbers]
    if any(size <= 0.5 * 10.0**-decimals for size in sizes):
        return [in_powers(number, digits) for number in numbers]
    texts = [as_written(f"{number:.{decimals}f}") for number in numbers]
    # Trailing zeros that all of them have are removed.
    while "." in texts[0] and all(text.endswith(("0", ".")) for text in texts):
        texts = [text[:-1] for text in texts]
    return texts


def in_powers(value: float, digits: int = 3) -> str:
    """Formats a number of any size: like ``format_real``, with an exponent as 1.04×10⁻⁷ or 10⁻⁷; ∞ for an overflow and
    a dash for nan.
    """
    if math.isnan(value):
        return NONE
    if math.isinf(value):
        return "∞" if value > 0 else "\N{MINUS SIGN}∞"
    return with_power(f"{value:.{digits}g}")


def format_short(value: float, digits: int = 3) -> str:
    """Formats a number of any size briefly: without decimals if large, with a power of ten if huge or tiny."""
    if 10.0**digits - 0.5 <= abs(value) < 999_999.5:
        return format_real(round(value))
    return in_powers(float(value), digits)


def bracketed(values: Iterable[float | np.ndarray], digits: int = 3) -> str:
    """Formats coordinates or a vector: (0.5, −2)."""
    return "(" + ", ".join(format_short(float(value), digits) for value in values) + ")"


def finite_or_none(value: float | np.ndarray) -> float | None:
    """The value as a float; None for nan and infinities."""
    return float(value) if math.isfinite(value) else None


def percent(share: float, decimals: int = 0) -> str:
    """Formats a share from 0 to 1 as a percentage: 75%. A share near 0 or 1 is never rounded to 0% or 100%: <1%,
    99.9%.
    """
    if math.isnan(share):
        return NONE
    least = 10.0**-decimals
    value = 100.0 * share
    if 0 < value < least / 2:
        return f"<{least:.{decimals}f}%"
    if 100 - least / 2 <= value < 100:
        decimals = max(decimals, 1)
        # Rounded like all others, but never to 100%: 99.96% becomes 99.9%.
        value = min(value, 100 - 10.0**-decimals)
    return f"{value:.{decimals}f}%"


def tidy(value: float, low: float, high: float, decimals: int = 2) -> float:
    """Rounds a dragged value to ``decimals``, clips it to ``low`` … ``high``, and never returns −0."""
    return min(max(round(float(value), decimals), low), high) + 0.0


def rounded_down(length: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above ``length``, with a tiny tolerance."""
    power = 10.0 ** math.floor(math.log10(length))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= length * (1 + 1e-7))


def rounded_up(length: float, factors: Iterable[float] = (1, 2, 5, 10)) -> float:
    """The smallest of the ``factors`` times a power of ten that is at least ``length``; the last factor must be 10."""
    power = 10.0 ** math.floor(math.log10(length))
    return next(factor * power for factor in factors if factor * power >= length)


def without_rounding(values: np.ndarray | float, beside: np.ndarray | float) -> np.ndarray:
    """The values with rounding errors set to 0, so that 6.41×10⁻¹⁷ is shown as 0.

    A rounding error is a value that is tiny compared with ``beside``, the size of the terms from which it was computed:
    one size for all values, or an array with one for each.
    """
    return np.where(np.abs(values) <= _ROUNDING * np.abs(beside), 0.0, values)


_UNITS = (
    (1e-3, 1e-6, Text("{value} µs")),
    (1.0, 1e-3, Text("{value} ms")),
    (120.0, 1.0, Text("{value} s")),
    (7200.0, 60.0, Text("{value} minutes")),
    (172_800.0, 3600.0, Text("{value} hours")),
    (float("inf"), 86_400.0, Text("{value} days")),
)


def duration(seconds: float, digits: int = 2) -> Text:
    """Formats a time with a unit and two significant digits: 16 s, 1.8 days; pass one digit for a measured time, whose
    second digit would fluctuate.
    """
    value, _, words = _in_its_unit(seconds, digits)
    return words(value=f"{value:.0f}" if value >= 10 else format_real(value, 2))


def as_told(seconds: float, digits: int = 2) -> float:
    """The number of seconds as ``duration`` rounds it, for further calculation in the same sentence."""
    value, unit, _ = _in_its_unit(seconds, digits)
    return value * unit


def _in_its_unit(seconds: float, digits: int) -> tuple[float, float, Text]:
    """A time in the unit that fits it, rounded to ``digits`` significant digits; the unit in seconds; and its words."""
    unit, words = next((unit, words) for limit, unit, words in _UNITS if seconds < limit)
    return float(f"{seconds / unit:.{digits}g}"), unit, words
