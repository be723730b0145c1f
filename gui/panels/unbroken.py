"""Formulas in prose, in which no line ends: their spaces become no-break spaces."""

from __future__ import annotations

import re

_SPACE = "\N{NO-BREAK SPACE}"
_LONGEST = 26
"""Characters of a formula that are kept on one line; a longer one may end a line before an equals sign."""
_SIGNS = "=≈<>≤≥+·×⊙∘/→\N{MINUS SIGN}"
_MINUS = "\N{MINUS SIGN}"
_FUNCTION = r"(?:log|ln|exp|sin|cos|tan|tanh|sqrt)"
_OF = rf"{_FUNCTION}(?:\([^()]*\)| (?=[A-Za-z0-9]\b|[0-9]))"
_NAME = r"(?:[A-Za-z]{1,2}|[α-ωΓΔΘϵ∂∇∞][A-Za-z]?)[0-9₀-₉′ᵀ]*(?:\([^()]*\)|\[[^\[\]]*\])?"
_NUMBER = r"[0-9][0-9,.]*%?"
_PRODUCT = rf"[\^·/⊙](?:{_OF}|{_MINUS}|√|\()*(?:{_NAME}|{_NUMBER})\)*|[²³⁴⁻⁰-⁹]"
_OPERAND = rf"[(|]*(?:{_OF}|Σ |[{_MINUS}∂Δ∇√½])*(?:{_NAME}|{_NUMBER})(?:{_PRODUCT})*[)|]*"
_FORMULA = re.compile(rf"(?<![\w.])(?:{_OPERAND})(?: [{_SIGNS}] (?:{_OPERAND}))*(?!\w)")


def unbroken(text: str) -> str:
    """``text`` with no place for a line to end within a formula, such as −Σ t·log y or (y − t) / N."""
    return _FORMULA.sub(lambda match: _kept(match[0]), text)


def _kept(formula: str) -> str:
    if len(formula) <= _LONGEST:
        return formula.replace(" ", _SPACE)
    return " =".join(part.replace(" ", _SPACE) for part in formula.split(" ="))
