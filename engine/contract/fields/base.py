"""The base classes of fields, and functions for their texts."""

from __future__ import annotations

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from engine.contract.numerals import format_real
from engine.contract.plain_json import read_json
from engine.contract.text import EMPTY, Refused, Text, shortened, side_by_side, untranslated

Effect = Literal["restart", "live", "view"]

MOST_PARTS = 3
"""The most parts of a composite value that are named when they change; more are only counted."""


@dataclass(frozen=True)
class VisibleWhen:
    """Shows a field in the form only while another field has, or contains, one of these values.

    With ``fewest``, a list of at least so many elements also counts.
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

    ``effect`` is what a change of it does: ``restart`` begins the run again, ``live`` is sent into the run, ``view``
    only changes what is drawn (the run never sees it). ``more`` puts the control under 'more'. ``on_stage`` fields have
    their control in the main picture, not in the form. ``beside``: the field adds information and leaves the run's
    results as they are, so a goal ignores it. ``looks``: a live field by which something else is looked at, while the
    run goes on as it would. ``momentary``: the field selects a moment of the run, and a preset resets it, because it
    starts another run. Values are plain and immutable (numbers, strings, tuples), so that parameter sets compare with
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
    looks: bool = False
    momentary: bool = False
    visible: VisibleWhen | None = None

    @property
    def steers(self) -> bool:
        """Whether a run goes on otherwise with another value."""
        return self.effect != "view" and not (self.beside or self.looks)

    @property
    def of_many(self) -> bool:
        """Whether a value has so many parts that they are changed on the stage rather than among a few controls."""
        return False

    @abstractmethod
    def check(self, value: Any) -> Any:
        """Returns ``value`` validated and normalised. Raises ``Refused`` if it is not allowed; its message does not
        name the parameter, which the caller adds.
        """

    def fit(self, value: Any, params: object) -> Any:
        """Returns a checked value adapted to other parameters of the same set, such as a matrix to its sizes."""
        return value

    def check_among(self, value: Any, params: object) -> None:  # noqa: B027 - most values agree with any others
        """Raises ``Refused`` if a valid value that a person has set does not go together with the other parameters.

        Without this check ``fit`` would silently replace the value.
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
        """The checked value of what a session stores."""
        return self.check(value)

    def to_json(self, value: Any) -> object:
        """The value as a session holds it; a tuple becomes a list."""
        return list(value) if isinstance(value, tuple) else value

    def told(self, value: Any) -> object:
        """The value as JSON where somebody reads it: what ``parse`` takes."""
        return self.to_json(value)

    def to_settings(self, value: Any) -> object:
        """The value as this computer's settings store it. Other than in a session, files in the learner's own folder
        need not be included.
        """
        return self.to_json(value)

    def from_settings(self, value: object) -> Any:
        """The checked value of what this computer's settings store."""
        return self.from_json(value)

    @abstractmethod
    def spell(self, value: Any) -> Text:
        """The value in words."""

    def spell_change(self, before: Any, after: Any) -> Text:
        """The difference between two values in words, as in 'learning rate 0.9 → 1.01'; of several numbers only those
        that differ.
        """
        return change_of(self.label, self.spell(before), self.spell(after))

    def count_changes(self, before: Any, after: Any) -> int:
        """How many differences ``spell_change`` tells of two values that differ."""
        return 1

    def describe(self) -> dict[str, object]:
        """What ``list --json`` prints of this kind besides name, kind and effect: minimum, maximum, choices, …"""
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
    """Joins several changes as one text, separated as the language requires."""
    return side_by_side(parts)


def parameter(default: Any, field: Field) -> Any:
    """A dataclass field with its declaration attached; used in the body of a ``Params`` subclass."""
    return dataclasses.field(default=default, metadata={"field": field})
