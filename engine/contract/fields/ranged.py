"""What fields of numbers have in common: the range in which each number lies."""

from __future__ import annotations

from dataclasses import dataclass

from engine.contract.fields.base import Field
from engine.contract.numerals import format_real
from engine.contract.text import Text


@dataclass(frozen=True, kw_only=True)
class Ranged(Field):
    """A field whose numbers, one or several, all lie from ``minimum`` to ``maximum``, both included."""

    minimum: float
    maximum: float

    def describe(self) -> dict[str, object]:
        return {"minimum": self.minimum, "maximum": self.maximum}

    def allowed(self) -> Text:
        return range_text(self.minimum, self.maximum)


def range_text(minimum: float, maximum: float) -> Text:
    """A closed range in words."""
    return Text("{low} to {high}", "{low} 到 {high}")(low=format_real(minimum), high=format_real(maximum))
