"""Fields of numbers: one real, one integer, a list of variable length, and vectors."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import ClassVar, Literal

from engine.contract.fields.base import MOST_PARTS, Ranged, change_of, joined, range_text
from engine.contract.numerals import Ambiguous, format_real, parse_real
from engine.contract.text import Refused, Text, as_written, counted, listed, shortened, untranslated


@dataclass(frozen=True, kw_only=True)
class Real(Ranged):
    """A finite real number from ``minimum`` to ``maximum``, both included; ``step`` is the increment of its control.

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
    """Parses a number given in a field's unit, without checking the range. ``Refused``, with the allowed range in the
    message, if the text is not a number; if it can be read as two different numbers, the message shows both.
    """
    try:
        return parse_real(text, field.unit, whole)
    except Ambiguous:
        raise
    except Refused:
        raise Refused(_not_a_number(text, field.minimum, field.maximum)) from None


def check_real(value: object, minimum: float, maximum: float) -> float:
    """Returns ``value`` as a float within the closed range; raises ``Refused`` otherwise."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= sys.float_info.max:
        raise Refused(_not_a_number(value, minimum, maximum))
    if not minimum <= value <= maximum:
        raise Refused(Text("{value} is outside {range}.")(value=format_real(value), range=range_text(minimum, maximum)))
    return float(value) + 0.0  # adding 0 turns −0 into 0


def _not_a_number(value: object, minimum: float, maximum: float) -> Text:
    return Text("“{value}” is not a number from {range}.")(value=shortened(value), range=range_text(minimum, maximum))


@dataclass(frozen=True, kw_only=True)
class Integer(Ranged):
    """An integer from ``minimum`` to ``maximum``, both included.

    Files store the value plus ``more_in_files``. This keeps older files valid in which maps and filters were counted
    from 1.
    """

    kind: ClassVar[str] = "integer"

    minimum: int
    maximum: int
    more_in_files: int = 0

    def check(self, value: object) -> int:
        return check_whole(value, self.minimum, self.maximum)

    def parse(self, text: str) -> int:
        return self.check(parse_within(text, self, whole=True))

    def from_json(self, value: object) -> int:
        more = self.more_in_files
        return check_whole(value, self.minimum + more, self.maximum + more) - more

    def to_json(self, value: int) -> int:
        return value + self.more_in_files

    def told(self, value: int) -> int:
        return value

    def spell(self, value: int) -> Text:
        return self.with_unit(as_written(str(value)))


def check_whole(value: object, minimum: float, maximum: float) -> int:
    """Returns ``value`` as an int within the closed range; raises ``Refused`` otherwise."""
    number = check_real(value, minimum, maximum)
    if number != int(number):
        raise Refused(
            Text("{value} is not a whole number from {range}.")(value=number, range=range_text(minimum, maximum))
        )
    return int(number)


@dataclass(frozen=True, kw_only=True)
class Numbers(Ranged):
    """A tuple of ``fewest`` to ``most`` finite reals, each from ``minimum`` to ``maximum``; a newly added element is
    ``fresh``.

    Elements are named by ``prefix`` and a count that begins at ``first``, as in z1, z2. With ``whole`` all are
    integers.
    """

    kind: ClassVar[str] = "numbers"

    prefix: str
    step: float
    fewest: int = 1
    most: int = 10
    fresh: float = 0.0
    first: int = 1
    whole: bool = False

    @property
    def of_many(self) -> bool:
        return True

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
        """The name of the element at ``index``, which counts from 0."""
        return f"{self.prefix}{index + self.first}"

    def added(self, value: tuple[float, ...], number: float | None = None) -> tuple[float, ...]:
        """``value`` with ``number`` (by default ``fresh``) appended, unless it already has the maximum length."""
        return value if len(value) == self.most else (*value, self.fresh if number is None else number)

    def removed(self, value: tuple[float, ...], index: int) -> tuple[float, ...]:
        """``value`` without the element at ``index``, unless it already has the minimum length."""
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
        if self.whole:  # few, and told as they stand: 3, 2 → 3
            return change_of(self.label, self.spell(before), self.spell(after))
        if len(before) != len(after):
            return self._count_change(before, after)
        places = [index for index in range(len(after)) if before[index] != after[index]]
        if len(places) > MOST_PARTS:
            return Text("{label}: {count} of the numbers")(label=self.label, count=len(places))
        return joined(
            [change_of(self.name(place), format_real(before[place]), format_real(after[place])) for place in places]
        )

    def count_changes(self, before: tuple[float, ...], after: tuple[float, ...]) -> int:
        if self.whole or len(before) != len(after):
            return 1
        return sum(old != new for old, new in zip(before, after, strict=True))

    def _count_change(self, before: tuple[float, ...], after: tuple[float, ...]) -> Text:
        if len(after) == len(before) + 1 and after[:-1] == before:
            return Text("{name} added")(name=self.name(len(before)))
        removed = next((place for place in range(len(before)) if self.removed(before, place) == after), None)
        if removed is not None:
            return Text("{name} removed")(name=self.name(removed))
        return change_of(self.label, *(counted(len(value), "number") for value in (before, after)))

    def describe(self) -> dict[str, object]:
        return {**super().describe(), "fewest": self.fewest, "most": self.most}


@dataclass(frozen=True, kw_only=True)
class Vector(Ranged):
    """A tuple of finite reals, one per name in ``components``, each from ``minimum`` to ``maximum``."""

    kind: ClassVar[str] = "vector"

    first: ClassVar[int] = 0

    components: tuple[str, ...]
    step: float

    def check(self, value: object) -> tuple[float, ...]:
        if not isinstance(value, (list, tuple)) or len(value) != len(self.components):
            raise Refused(
                Text("“{value}” is not a list of {count} numbers ({names}).")(
                    value=shortened(value), count=len(self.components), names=", ".join(self.components)
                )
            )
        return tuple(check_real(part, self.minimum, self.maximum) for part in value)

    def example(self) -> str:
        return "[" + ", ".join(["0.5"] * len(self.components)) + "]"

    def spell(self, value: tuple[float, ...]) -> Text:
        return untranslated("(" + ", ".join(format_real(part) for part in value) + ")")

    def spell_change(self, before: tuple[float, ...], after: tuple[float, ...]) -> Text:
        changes = joined(
            [
                change_of(name, format_real(old), format_real(new))
                for name, old, new in zip(self.components, before, after, strict=True)
                if old != new
            ]
        )
        return Text("{label}: {changes}")(label=self.label, changes=changes)

    def count_changes(self, before: tuple[float, ...], after: tuple[float, ...]) -> int:
        return sum(old != new for old, new in zip(before, after, strict=True))

    def describe(self) -> dict[str, object]:
        return {"components": list(self.components), **super().describe()}
