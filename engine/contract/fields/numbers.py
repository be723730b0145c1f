"""Several real numbers whose count may change, such as the scores of two to ten classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.contract.fields.base import MOST_PARTS, Ranged, change_of, joined
from engine.contract.fields.integer import check_whole
from engine.contract.fields.real import check_real
from engine.contract.text.numerals import format_real
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, counted, listed, untranslated


@dataclass(frozen=True, kw_only=True)
class Numbers(Ranged):
    """A tuple of ``fewest`` to ``most`` finite reals, each from ``minimum`` to ``maximum``; a new one is ``fresh``.

    They are named ``prefix`` 1, 2, … where names are needed, as in z1, z2; ``first`` is the number of the first one.
    ``whole`` ones, such as counts, are whole numbers.
    """

    kind: ClassVar[str] = "numbers"

    prefix: str
    step: float
    fewest: int = 1
    most: int = 10
    fresh: float = 0.0
    first: int = 1
    whole: bool = False

    def check(self, value: object) -> tuple[float, ...]:
        if not isinstance(value, (list, tuple)) or not self.fewest <= len(value) <= self.most:
            raise Refused(
                Text("“{value}” is not a list of {fewest} to {most} numbers.")(
                    value=shortened(value), fewest=self.fewest, most=self.most
                )
            )
        check = check_whole if self.whole else check_real
        return tuple(check(part, self.minimum, self.maximum) for part in value)

    def name(self, index: int) -> str:
        """The name of the number at an index that counts from 0."""
        return f"{self.prefix}{index + self.first}"

    def added(self, value: tuple[float, ...], number: float | None = None) -> tuple[float, ...]:
        """One number more at the end, as far as there may be more."""
        return value if len(value) == self.most else (*value, self.fresh if number is None else number)

    def removed(self, value: tuple[float, ...], index: int) -> tuple[float, ...]:
        """One number less, as far as there may be fewer."""
        return value if len(value) == self.fewest else (*value[:index], *value[index + 1 :])

    def example(self) -> str:
        return "[" + ", ".join([repr(self.fresh)] * max(self.fewest, min(2, self.most))) + "]"

    def spell(self, value: tuple[float, ...]) -> Text:
        if self.whole:
            return listed([str(part) for part in value]) if value else Text("none")
        if len(value) == 1:
            return untranslated(format_real(value[0]))
        return untranslated("(" + ", ".join(format_real(part) for part in value) + ")")

    def spell_change(self, before: tuple[float, ...], after: tuple[float, ...]) -> Text:
        if len(before) != len(after):
            return self._count_change(before, after)
        places = [index for index in range(len(after)) if before[index] != after[index]]
        if len(places) > MOST_PARTS:
            return Text("{label}: {count} of the numbers")(label=self.label, count=len(places))
        return joined(
            [change_of(self.name(place), format_real(before[place]), format_real(after[place])) for place in places]
        )

    def _count_change(self, before: tuple[float, ...], after: tuple[float, ...]) -> Text:
        if len(after) == len(before) + 1 and after[:-1] == before:
            return Text("{name} added")(name=self.name(len(before)))
        removed = next((place for place in range(len(before)) if self.removed(before, place) == after), None)
        if removed is not None:
            return Text("{name} removed")(name=self.name(removed))
        return change_of(self.label, *(counted(len(value), "number") for value in (before, after)))

    def describe(self) -> dict[str, object]:
        return {**super().describe(), "fewest": self.fewest, "most": self.most}
