"""What every kind of field declares and can do."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from engine.contract.plain_json import read_json
from engine.contract.text.numerals import format_real
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import EMPTY, Text, side_by_side, untranslated

Effect = Literal["restart", "live", "view"]

MOST_PARTS = 3
"""So many parts of a composite value are named when they change; more are counted."""


@dataclass(frozen=True)
class VisibleWhen:
    """Shows a field only while another field of the same experiment has, or has among others, one of these values.

    With ``fewest`` any list of so many parts will do as well.
    """

    field: str
    values: tuple[object, ...]
    fewest: int | None = None

    def holds(self, params: object) -> bool:
        """Whether the field is to be shown for ``params``."""
        value = getattr(params, self.field)
        if value in self.values:
            return True
        if not isinstance(value, tuple):
            return False
        return any(part in self.values for part in value) or (self.fewest is not None and len(value) >= self.fewest)


@dataclass(frozen=True, kw_only=True)
class Field(ABC):
    """One parameter of an experiment, declared once.

    ``effect``: ``restart`` begins the run again, ``live`` is sent into the run, ``view`` only changes what is shown
    (the run never sees it). ``more`` puts the control under 'more'. ``on_stage`` fields have their control on the
    stage itself, not in the form. ``beside``: what the run computes stays as it is, and something is told beside it; a
    goal does not mind. ``momentary``: a moment of the run that is looked at, which a preset sets back, because it asks
    for another run. Values are plain and immutable (numbers, strings, tuples), so that parameter sets compare with
    ``==``.
    """

    kind: ClassVar[str]

    label: Text
    help: Text = EMPTY
    effect: Effect = "restart"
    unit: str = ""
    more: bool = False
    on_stage: bool = False
    beside: bool = False
    momentary: bool = False
    visible: VisibleWhen | None = None

    @abstractmethod
    def check(self, value: Any) -> Any:
        """``value`` in its one proper form; ``Refused`` without the parameter's name if it is not allowed."""

    def fit(self, value: Any, params: object) -> Any:
        """A checked value made to agree with other parameters of the same set, such as a matrix with its sizes."""
        return value

    def check_among(self, value: Any, params: object) -> None:  # noqa: B027 - most values agree with any others
        """``Refused`` where a checked value that was asked for by itself cannot stand among the other parameters.

        ``fit`` would replace it without a word.
        """

    def with_unit(self, number: str) -> Text:
        """A number with the unit behind it: 3 ms, but 20% and 45°."""
        gap = "" if self.unit in ("", "%", "°") else " "
        return untranslated(f"{number}{gap}{self.unit}")

    def parse(self, text: str) -> Any:
        """The value that ``text`` spells on the command line or in an input box; JSON for composite values."""
        try:
            value = read_json(text)
        except ValueError:
            raise Refused(
                Text("“{value}” is not JSON such as {example}.")(value=shortened(text), example=self.example())
            ) from None
        return self.from_json(value)

    def example(self) -> str:
        """A short spelling that would be accepted, for error messages of composite kinds."""
        return ""

    def from_json(self, value: object) -> Any:
        """The checked value of what a session holds."""
        return self.check(value)

    def to_json(self, value: Any) -> object:
        """The value as a session holds it; a tuple becomes a list."""
        return list(value) if isinstance(value, tuple) else value

    def to_settings(self, value: Any) -> object:
        """The value as this computer's settings hold it, which need not carry what lies in the learner's own folder."""
        return self.to_json(value)

    def from_settings(self, value: object) -> Any:
        """The checked value of what this computer's settings hold."""
        return self.from_json(value)

    @abstractmethod
    def spell(self, value: Any) -> Text:
        """The value in words."""

    def spell_change(self, before: Any, after: Any) -> Text:
        """What differs between two values, as in 'learning rate 0.9 → 1.01'; of several numbers, those that do."""
        return change_of(self.label, self.spell(before), self.spell(after))

    def describe(self) -> dict[str, object]:
        """What ``list --json`` tells of this kind beside name, kind and effect: minimum, maximum, choices, …"""
        return {}

    def allowed(self) -> Text:
        """What is allowed, in words, for help texts and errors."""
        return EMPTY


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
    return Text("{low} to {high}")(low=format_real(minimum), high=format_real(maximum))


def change_of(label: Text | str, before: Text | str, after: Text | str) -> Text:
    """A change from one spelled value to another: 'w1 0.5 → 0.7'."""
    return Text("{label} {before} → {after}")(label=label, before=before, after=after)


def joined(parts: Sequence[Text]) -> Text:
    """Several changes in a row."""
    return side_by_side(parts)


def parameter(default: Any, field: Field) -> Any:
    """A dataclass field with its declaration attached; used in the body of a ``Params`` subclass."""
    return dataclasses.field(default=default, metadata={"field": field})
