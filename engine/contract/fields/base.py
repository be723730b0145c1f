"""The base classes of parameter fields, and functions that put their values and changes in words."""

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
"""The maximum number of elements of a composite value that are named when they change; of more only the count is given.
"""


@dataclass(frozen=True)
class VisibleWhen:
    """Shows a field in the form only while another field has, or contains, one of these values.

    With ``fewest``, the field is also shown while the other one is a list of at least that many elements.
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

    ``effect`` says what a change of the value does: ``restart`` begins the run again, ``live`` is sent into the run,
    ``view`` only changes what is drawn (the run never sees it). ``more`` puts the control under 'more'. ``on_stage``
    fields have their control in the main picture, not in the form. ``beside``: the field adds information and leaves
    the run's results as they are, so a goal ignores it. ``looks``: a live field that selects what is displayed, without
    any effect on how the run continues. ``momentary``: the field selects a moment of the run, and a preset resets it,
    because it starts another run. Values are plain and immutable (numbers, strings, tuples), so that parameter sets
    compare with ``==``.
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
        """Whether another value changes how the run continues, rather than only what is displayed."""
        return self.effect != "view" and not (self.beside or self.looks)

    @property
    def of_many(self) -> bool:
        """Whether a value has so many elements that it is edited in the main picture rather than with form controls."""
        return False

    @abstractmethod
    def check(self, value: Any) -> Any:
        """Returns ``value`` validated and normalised. Raises ``Refused`` if it is not allowed; its message does not
        name the parameter, which the caller adds.
        """

    def fit(self, value: Any, params: object) -> Any:
        """Returns a checked value adapted to the other parameters ``params``, such as a matrix to the sizes given
        there.
        """
        return value

    def check_among(self, value: Any, params: object) -> None:  # noqa: B027 - most values agree with any others
        """Raises ``Refused`` if a valid value that a person has set is not compatible with the other parameters.

        Without this check ``fit`` would silently replace the value.
        """

    def with_unit(self, number: str) -> Text:
        """A formatted number followed by the unit: 3 ms, but 20% and 45°."""
        gap = "" if self.unit in ("", "%", "°") else " "
        return untranslated(f"{number}{gap}{self.unit}")

    def parse(self, text: str) -> Any:
        """Parses and checks a value from ``text`` typed on the command line or in an input box; JSON for composite
        values.
        """
        try:
            value = read_json(text)
        except ValueError:
            raise Refused(
                Text("“{value}” is not JSON such as {example}.")(value=shortened(text), example=self.example())
            ) from None
        return self.from_json(value)

    def example(self) -> str:
        """An example of an accepted text, for error messages of composite kinds."""
        return ""

    def from_json(self, value: object) -> Any:
        """Checks and returns the value that a session stores as JSON."""
        return self.check(value)

    def to_json(self, value: Any) -> object:
        """The value as JSON for a session; a tuple becomes a list."""
        return list(value) if isinstance(value, tuple) else value

    def told(self, value: Any) -> object:
        """The value as JSON for a reader, in the form that ``parse`` accepts."""
        return self.to_json(value)

    def to_settings(self, value: Any) -> object:
        """The value as JSON for the settings on this computer. Unlike in a session, files in the learner's own folder
        need not be included.
        """
        return self.to_json(value)

    def from_settings(self, value: object) -> Any:
        """Checks and returns the value that the settings on this computer store as JSON."""
        return self.from_json(value)

    @abstractmethod
    def spell(self, value: Any) -> Text:
        """The value in words, for people."""

    def spell_change(self, before: Any, after: Any) -> Text:
        """The change from one value to another in words, as in 'learning rate 0.9 → 1.01'; of a composite value only
        the elements that differ.
        """
        return change_of(self.label, self.spell(before), self.spell(after))

    def count_changes(self, before: Any, after: Any) -> int:
        """The number of single changes that ``spell_change`` describes for two different values."""
        return 1

    def describe(self) -> dict[str, object]:
        """Details of the field for ``list --json`` besides name, kind and effect: minimum, maximum, choices, …"""
        return {}

    def allowed(self) -> Text:
        """The allowed values in words, for help texts and error messages."""
        return EMPTY


@dataclass(frozen=True, kw_only=True)
class Ranged(Field):
    """A field whose value is one number or several, each from ``minimum`` to ``maximum``, both included."""

    minimum: float
    maximum: float

    def describe(self) -> dict[str, object]:
        return {"minimum": self.minimum, "maximum": self.maximum}

    def allowed(self) -> Text:
        return range_text(self.minimum, self.maximum)


def range_text(minimum: float, maximum: float) -> Text:
    """A range including both ends in words."""
    return Text("{low} to {high}")(low=format_real(minimum), high=format_real(maximum))


def change_of(label: Text | str, before: Text | str, after: Text | str) -> Text:
    """A change of a labelled value in words: 'w1 0.5 → 0.7'."""
    return Text("{label} {before} → {after}")(label=label, before=before, after=after)


def joined(parts: Sequence[Text]) -> Text:
    """Joins several changes in words into one text, separated as the language requires."""
    return side_by_side(parts)


def parameter(default: Any, field: Field) -> Any:
    """A dataclass field with its declaration attached; used in the body of a ``Params`` subclass."""
    return dataclasses.field(default=default, metadata={"field": field})
