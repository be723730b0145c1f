"""A whole number in a range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.contract.fields.base import Ranged, range_text
from engine.contract.fields.real import check_real, parse_within
from engine.contract.text.refusal import Refused
from engine.contract.text.text import Text, as_written


@dataclass(frozen=True, kw_only=True)
class Integer(Ranged):
    """A whole number from ``minimum`` to ``maximum``, both included."""

    kind: ClassVar[str] = "integer"

    minimum: int
    maximum: int

    def check(self, value: object) -> int:
        return check_whole(value, self.minimum, self.maximum)

    def parse(self, text: str) -> int:
        return self.check(parse_within(text, self, whole=True))

    def spell(self, value: int) -> Text:
        return self.with_unit(as_written(str(value)))


def check_whole(value: object, minimum: float, maximum: float) -> int:
    """``value`` as a whole number within the closed range; ``Refused`` otherwise."""
    number = check_real(value, minimum, maximum)
    if number != int(number):
        raise Refused(
            Text("{value} is not a whole number from {range}.")(value=number, range=range_text(minimum, maximum))
        )
    return int(number)
