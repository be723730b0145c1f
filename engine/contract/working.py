"""Arithmetic with the numbers put in, kept as data so that a test can redo the sum."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.contract.numerals import format_real
from engine.contract.text import EMPTY, Text

_AFTER_PLUS = re.compile(r"\+ −")
_AFTER_MINUS = re.compile(r"− −")
_LEADING = re.compile(r"^−(−[\w.]+)")
_AFTER_TIMES = re.compile(r"([·×÷/]\s?)−([\w.]+)")


@dataclass(frozen=True)
class Line:
    """``left`` = ``expression`` with its ``{names}`` replaced by ``values`` = ``result``.

    The expression uses + − · / ^ ( ), sqrt, exp, ln, step, sigmoid and numbers; ``note`` says in words why.
    """

    left: str
    expression: str
    values: Mapping[str, float] = field(default_factory=dict)
    result: float = 0.0
    note: Text = EMPTY

    def formula(self) -> str:
        """The expression with its letters, as in w1·x1 + b."""
        return self.expression.replace("{", "").replace("}", "")

    def arithmetic(self) -> str:
        """The expression with its numbers put in, signs tidied: 0.5·1 − 0.2."""
        shown = {name: format_real(value) for name, value in self.values.items()}
        text = string.Formatter().vformat(self.expression, (), shown)
        text = _LEADING.sub(r"−(\1)", text)
        text = _AFTER_MINUS.sub("+ ", _AFTER_PLUS.sub("− ", text))
        return _AFTER_TIMES.sub(r"\1(−\2)", text)

    def result_text(self) -> str:
        """The result for people."""
        return format_real(self.result)
