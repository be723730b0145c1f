"""A real number in a range, on a linear or logarithmic scale."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import ClassVar, Literal

from engine.contract.fields.base import Ranged, range_text
from engine.contract.text.numerals import Ambiguous, format_real, parse_real
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text


@dataclass(frozen=True, kw_only=True)
class Real(Ranged):
    """A finite real number from ``minimum`` to ``maximum``, both included; ``step`` is one notch of its control.

    On a ``log`` scale ``step`` is a factor, such as 1.1, and ``minimum`` must be positive.
    """

    kind: ClassVar[str] = "real"

    step: float
    scale: Literal["linear", "log"] = "linear"

    def check(self, value: object) -> float:
        return check_real(value, self.minimum, self.maximum)

    def parse(self, text: str) -> float:
        return self.check(parse_within(text, self))

    def spell(self, value: float) -> Text:
        return self.with_unit(format_real(value))

    def describe(self) -> dict[str, object]:
        return {**super().describe(), "scale": self.scale}


def parse_within(text: str, field: Ranged, whole: bool = False) -> float:
    """The number in a field's unit that ``text`` spells; ``Refused``, naming the range, for anything else, and both
    numbers where it may be either. The range is not checked.
    """
    try:
        return parse_real(text, field.unit, whole)
    except Ambiguous:
        raise
    except Refused:
        raise Refused(_not_a_number(text, field.minimum, field.maximum)) from None


def check_real(value: object, minimum: float, maximum: float) -> float:
    """``value`` as a float within the closed range; ``Refused`` otherwise."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= sys.float_info.max:
        raise Refused(_not_a_number(value, minimum, maximum))
    if not minimum <= value <= maximum:
        raise Refused(Text("{value} is outside {range}.")(value=format_real(value), range=range_text(minimum, maximum)))
    return float(value) + 0.0  # adding 0 turns −0 into 0


def _not_a_number(value: object, minimum: float, maximum: float) -> Text:
    return Text("“{value}” is not a number from {range}.")(value=shortened(value), range=range_text(minimum, maximum))
