"""Worked calculations, stored as data so that tests can recompute them."""

from __future__ import annotations

import math
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from engine.contract.numerals import format_real
from engine.contract.text import EMPTY, Text

_MINUS = "\N{MINUS SIGN}"
_OTHER_SIGN = {"+ ": f"{_MINUS} ", f"{_MINUS} ": "+ "}
# After these a number may begin with its own minus sign.
_OPEN = ("(", ", ")
_DIGITS, _ALL_DIGITS = 6, 17


@dataclass(frozen=True)
class WorkingStep:
    """One line of a worked calculation: ``left`` (a symbol) = ``expression``, with its ``{names}`` replaced by
    ``values``, = ``result``.

    The expression uses + − · / ^ ( ), sqrt, exp, ln, sin, cos, tan, tanh, max, min, abs, step, sign, sigmoid and
    numbers; ``note`` gives the reason in words. ``digits`` is the number of significant digits with which each number
    is shown; a difference of nearly equal numbers needs more.
    """

    left: str
    expression: str
    values: Mapping[str, float] = field(default_factory=dict)
    result: float = 0.0
    note: Text = EMPTY
    digits: int = _DIGITS

    @classmethod
    def over(
        cls,
        left: str,
        whole: str,
        term: str,
        series: Mapping[str, Sequence[float] | np.ndarray],
        result: float,
        note: Text = EMPTY,
        *,
        first: int = 1,
        **others: float,
    ) -> WorkingStep:
        """A step whose expression is a sum, or a maximum, over the elements of one or more ``series`` of equal length,
        numbered from ``first``.

        The … of ``whole`` stands for the ``term`` of each element, with commas between them in ``max(…)``; ``others``
        are the values that all of them share: ``WorkingStep.over("s", "…", "exp({a} − {c})", {"a": a}, s, c=c)``.
        """
        values = dict(others)
        terms = []
        for number, members in enumerate(zip(*series.values(), strict=True), start=first):
            numbered = {name: f"{name}{number}" for name in series}
            values |= {numbered[name]: float(member) for name, member in zip(series, members, strict=True)}
            one = term
            for name, shown in numbered.items():
                one = one.replace(f"{{{name}}}", f"{{{shown}}}")
            terms.append(one)
        # The max of one number is the number itself; Python's max needs at least two arguments.
        alone = whole == "max(…)" and len(terms) == 1
        joined = (", " if "max(…)" in whole else " + ").join(terms)
        return cls(left, joined if alone else whole.replace("…", joined), values, result, note)

    def formula(self) -> str:
        """The expression with its symbols instead of numbers, as in w1·x1 + b."""
        return self.expression.replace("{", "").replace("}", "")

    def arithmetic(self) -> str:
        """The expression with its numbers inserted and plus and minus simplified: 0.5·1 − 0.2."""
        pieces = list(string.Formatter().parse(self.expression))
        text = ""
        for place, (before, name, _, _) in enumerate(pieces):
            text += before
            if name is not None:
                after = pieces[place + 1][0] if place + 1 < len(pieces) else ""
                text = _joined(text, format_real(self.values[name], self.digits), after)
        return text

    def brief(self, digits: int) -> str:
        """The expression with its numbers inserted, each rounded to ``digits`` significant digits, for use in a
        sentence.
        """
        numbers = {name: float(format(value, f".{digits}g")) for name, value in self.values.items()}
        return replace(self, values=numbers).arithmetic()

    def result_text(self) -> str:
        """The result formatted for people."""
        return format_real(self.result)


def digits_of_difference(one: float, other: float) -> int:
    """The number of digits with which two numbers must be shown so that a reader can compute their difference to four
    digits.
    """
    largest, apart = max(abs(one), abs(other)), abs(one - other)
    if not 0 < apart < largest < math.inf:
        return _DIGITS
    return min(max(_DIGITS, 5 + math.ceil(math.log10(largest) - math.log10(apart))), _ALL_DIGITS)


def _joined(text: str, number: str, after: str) -> str:
    """Appends a formatted number to ``text``. A negative number changes the plus or minus before it, or is put in
    brackets.
    """
    if not number.startswith(_MINUS):
        return text + number
    is_power = after.startswith("^")
    if text[-2:] in _OTHER_SIGN and not is_power:
        return text[:-2] + _OTHER_SIGN[text[-2:]] + number[1:]
    alone = not text or text.endswith(_OPEN)
    return f"{text}{number}" if alone and not is_power else f"{text}({number})"
