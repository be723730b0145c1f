"""Normalises typed formulas: γ or gamma, dW[1,0] or dw10, y(1 − y) or y*(1-y), to one grammar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from engine.calculus.expressions.functions import CHOOSING, FUNCTIONS

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "η": "eta", "μ": "mu", "σ": "sigma",
}  # fmt: skip
_NARROW = {0xFF01 + sign: 0x21 + sign for sign in range(94)}
"""Full-width characters with their ASCII equivalents; the normal form NFKC would also turn n² into n2."""
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_PLACE = re.compile(r"(?<=[a-z])\s*\[\s*(\d)\s*(?:,\s*(\d)\s*)?\]")
_SUBSCRIPT = re.compile(r"(?<=[a-z])_(?=[a-z0-9])")
_NEGATIVE_POWER = re.compile("⁻([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_ROOT = re.compile(r"√ *([a-z][a-z0-9]*|\d+)")
_WORD = re.compile(r"(?P<name>[a-z][a-z0-9_]*)|(?P<number>(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)|(?P<sign>\*\*|\S)")


def as_typed(text: str) -> str:
    """A formula or a symbol in lower-case Latin letters: γ·u becomes gamma·u, dW[1,0] and dw_10 become dw10."""
    letters = text.translate(_NARROW).lower()
    letters = _NEGATIVE_POWER.sub(lambda power: f"^(-{unicodedata.normalize('NFKC', power[1])})", letters)
    for letter, name in _GREEK.items():
        letters = letters.replace(letter, f" {name}")
    letters = letters.translate(_SUBSCRIPTS)
    letters = _SUBSCRIPT.sub("", _PLACE.sub(lambda place: f"{place[1]}{place[2] or ''} ", letters))
    return _ROOT.sub(r" sqrt(\1)", letters).replace("√", " sqrt").strip()


def with_products(text: str, names: Iterable[str] = ()) -> str:
    """Inserts multiplication signs that were omitted: y(1-y) becomes y*(1-y), and 2 x0 becomes 2*x0.

    ``names`` are names that may follow one another without a space, as in w0x0.
    """
    found: list[str] = []
    before = ""
    known = "|".join(sorted(names, key=len, reverse=True))
    if known:
        text = re.sub(rf"(?<![a-z0-9_])(?:{known}){{2,}}(?![a-z0-9_(])", lambda row: _parted(row[0], known), text)
    for word in _WORD.finditer(text):
        ends_a_value = before == ")" or bool(before and before[-1].isalnum() and before not in (*FUNCTIONS, *CHOOSING))
        if ends_a_value and (word["name"] or word["number"] or word[0] == "("):
            found.append("*")
        before = word[0]
        found.append(word[0])
    return "".join(found)


def _parted(row: str, known: str) -> str:
    return " ".join(re.findall(known, row))


def typed_as(name: str, text: str) -> str:
    """The spelling of a normalised name in the typed text, such as γ for gamma, or Y for y."""
    words = (word[0] for word in re.finditer(r"[^\W\d_][\w\[\],]*", text))
    return next((word for word in words if as_typed(word) == name), name)


def column_in(text: str, column: int) -> int:
    """The column in the typed text for a column of its normalised form, both counted from 1."""
    for count in range(1, len(text) + 1):
        if len(with_products(as_typed(text[:count]))) >= column:
            return count
    return len(text) + 1


def names_of(symbols: Iterable[str]) -> dict[str, str]:
    """The usual spelling of each symbol by its normalised name: γ by gamma."""
    return {as_typed(symbol): symbol for symbol in symbols}
