"""Numbers as people type them, on Chinese keyboards too, and as the program writes them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable

import numpy as np

from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, as_written

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"([+-]?[0-9]+),([0-9]+(?:[eE][+-]?[0-9]+)?)", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?", re.ASCII)
_MOST_DECIMALS = 6
_BAR = "\N{FRACTION SLASH}"
_PERCENT = "%"
_NOT_A_NUMBER = Text("“{text}” is not a number such as 0.5, 1/3 or 20%.")
_AMBIGUOUS = Text("“{text}” may mean {thousands} or {decimal}. Leave the comma out, or write a point.")
_ROUNDING = 1e-14
"""How large what is left of a sum by rounding is at most, beside its largest term."""
NONE = "–"
"""What stands for a number where there is none."""
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_TYPED = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-", "×": "*", "÷": "/", "。": ".", "、": ","}
)


def normalized(text: str) -> str:
    """``text`` with full-width forms (NFKC), typographic minus signs, × and ÷ turned into their ASCII twins."""
    return unicodedata.normalize("NFKC", text).translate(_TYPED).strip()


class Ambiguous(Refused):
    """What may be read as either of two numbers."""


def parse_real(text: str, unit: str = "", whole: bool = False) -> float:
    """The real number that ``text`` spells: a fraction such as 1/2 or ½, a percentage such as 20%, which is 0.2 unless
    the ``unit`` is % itself, with commas as in 1,234,567 or with a decimal comma as 0,8.

    Refused for anything else, such as words, nan or other scripts' digits; ``Ambiguous`` 1,000, which is one or a
    thousand, unless a ``whole`` number is meant.
    """
    typed = normalized(text)
    plain = typed.removesuffix(_PERCENT)
    over, bar, under = plain.replace(_BAR, "/").partition("/")
    # NFKC makes 11⁄2 of 1½, which nobody means.
    mixed = re.search(r"\d\s*[¼-¾⅐-⅞]", text)
    numbers = [part.strip() for part in ((over, under) if bar else (over,))]
    is_short = len(over) + len(under) <= 40
    # Where a point is a decimal sign, as in Chinese, a comma only ever lists.
    if is_short and not any(mark in text for mark in "，、"):
        numbers = [_without_commas(number, whole) for number in numbers]
    if not is_short or mixed or not all(_NUMBER.fullmatch(number) for number in numbers):
        raise Refused(_NOT_A_NUMBER(text=shortened(text)))
    top, bottom = float(numbers[0]), float(numbers[-1]) if bar else 1.0
    if bottom == 0 or (bar and plain != typed):
        raise Refused(_NOT_A_NUMBER(text=shortened(text)))
    return top / bottom / (100.0 if plain != typed and unit != _PERCENT else 1.0)


def _without_commas(number: str, whole: bool) -> str:
    """A number with a point for its decimal comma, and without commas between its thousands."""
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
    """A number for people: at most ``digits`` significant digits, a real minus sign, and no negative zero."""
    return as_written(format(value, f".{digits}g"))


def fixed_digits(value: float, digits: int = 3) -> str:
    """A number for people with ``digits`` significant digits, zeros at its end too, a dash where there is none."""
    return NONE if math.isnan(value) else as_written(format(value, f"#.{digits}g").removesuffix("."))


def format_alike(values: Iterable[float], digits: int = 3) -> list[str]:
    """Numbers of one kind that stand together, all with as many decimals as it takes to give the largest ``digits``.

    Where that would show a number that is not 0 as 0, or one is too large for it, each is written for itself.
    """
    numbers = [float(value) for value in values]
    sizes = [abs(number) for number in numbers if number and math.isfinite(number)]
    decimals = digits - 1 - math.floor(math.log10(max(sizes))) if sizes else -1
    if any(not math.isfinite(number) for number in numbers) or not 0 <= decimals <= _MOST_DECIMALS:
        return [format_real(number, digits) for number in numbers]
    if any(size <= 0.5 * 10.0**-decimals for size in sizes):
        return [format_real(number, digits) for number in numbers]
    texts = [as_written(f"{number:.{decimals}f}") for number in numbers]
    # Zeros that end all of them say nothing.
    while "." in texts[0] and all(text.endswith(("0", ".")) for text in texts):
        texts = [text[:-1] for text in texts]
    return texts


def in_powers(value: float, digits: int = 3) -> str:
    """A number of any size for people: what ``format_real`` would write with an e as 1.04×10⁻⁷ or 10⁻⁷; ∞ and a dash
    where it went beyond all numbers or there is none.
    """
    if math.isnan(value):
        return NONE
    if math.isinf(value):
        return "∞" if value > 0 else "\N{MINUS SIGN}∞"
    front, e, power = f"{value:.{digits}g}".partition("e")
    if not e:
        return as_written(front)
    power = "10" + raised(int(power))
    return power if front == "1" else f"{as_written(front)}×{power}"


def format_short(value: float, digits: int = 3) -> str:
    """A number of any size in few signs: whole where it is large, in powers of ten where it is larger still or tiny."""
    if 10.0**digits - 0.5 <= abs(value) < 999_999.5:
        return format_real(round(value))
    return in_powers(float(value), digits)


def bracketed(values: Iterable[float | np.ndarray], digits: int = 3) -> str:
    """A place, a direction or a row of numbers: (0.5, −2)."""
    return "(" + ", ".join(format_short(float(value), digits) for value in values) + ")"


def finite_or_none(value: float | np.ndarray) -> float | None:
    """A number as a frame keeps it where there may be none: None for nan and for what is infinite."""
    return float(value) if math.isfinite(value) else None


def percent(share: float, decimals: int = 0) -> str:
    """A share from 0 to 1 as a percentage: 75%. What is not quite 0 or 1 does not read so: <1%, 99.9%."""
    if math.isnan(share):
        return NONE
    least = 10.0**-decimals
    value = 100.0 * share
    if 0 < value < least / 2:
        return f"<{least:.{decimals}f}%"
    if 100 - least / 2 <= value < 100:
        decimals = max(decimals, 1)
        # Rounded as all others, but never to all: 99.96% is told as 99.9%.
        value = min(value, 100 - 10.0**-decimals)
    return f"{value:.{decimals}f}%"


def tidy(value: float, low: float, high: float, decimals: int = 2) -> float:
    """A dragged value as one would type it: rounded, kept from ``low`` to ``high``, and never −0."""
    return min(max(round(float(value), decimals), low), high) + 0.0


def rounded_down(length: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above a length, but for a hair."""
    power = 10.0 ** math.floor(math.log10(length))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= length * (1 + 1e-7))


def rounded_up(length: float, factors: Iterable[float] = (1, 2, 5, 10)) -> float:
    """The smallest of the ``factors`` times a power of ten that is not below a length; the last of them is 10."""
    power = 10.0 ** math.floor(math.log10(length))
    return next(factor * power for factor in factors if factor * power >= length)


def without_rounding(values: np.ndarray | float, beside: np.ndarray | float) -> np.ndarray:
    """The numbers with 0 for those that lie within rounding of it: that are tiny ``beside`` the size of the terms they
    were made of, given for all or for each. What cancels is 0 for people, where a computer finds 6.41×10⁻¹⁷.
    """
    return np.where(np.abs(values) <= _ROUNDING * np.abs(beside), 0.0, values)


def raised(number: int) -> str:
    """A whole number as an exponent is written: 10⁻⁴."""
    return str(number).translate(_RAISED)
