"""One of several named options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.contract.fields.base import Field
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, notation


@dataclass(frozen=True)
class Option:
    """A value as files and the command line spell it, and its name for people."""

    value: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of ``options``; the value is the option's ``value``."""

    kind: ClassVar[str] = "choice"

    options: tuple[Option, ...]

    def check(self, value: object) -> str:
        if not any(value == option.value for option in self.options):
            raise Refused(Text("“{value}” is not one of {allowed}.")(value=shortened(value), allowed=self.allowed()))
        return str(value)

    def parse(self, text: str) -> str:
        return self.check(text.strip())

    def offered(self, params: object) -> tuple[Option, ...]:
        """What there is to choose from beside the other parameters of a set: all of ``options``, or some of them."""
        return self.options

    def label_of(self, value: str) -> Text:
        """The name for people of one option."""
        return next(option.label for option in self.options if option.value == value)

    def spell(self, value: str) -> Text:
        return self.label_of(value)

    def describe(self) -> dict[str, object]:
        return {"choices": [option.value for option in self.options]}

    def allowed(self) -> Text:
        values = [option.value for option in self.options]
        return notation("{en}")(en=", ".join(values))
