"""Fields with named options (choose one, choose several) and a switch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.contract.fields.base import Field
from engine.contract.text import Refused, Text, enumerated, notation, shortened, untranslated


@dataclass(frozen=True)
class Option:
    """An option: ``value`` is its name in files and on the command line, ``label`` its name for people."""

    value: str
    label: Text


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """A choice of one of ``options``; the field's value is the ``value`` of the chosen option."""

    kind: ClassVar[str] = "choice"

    options: tuple[Option, ...]

    def check(self, value: object) -> str:
        if not any(value == option.value for option in self.options):
            raise Refused(Text("“{value}” is not one of {allowed}.")(value=shortened(value), allowed=self.allowed()))
        return str(value)

    def parse(self, text: str) -> str:
        return self.check(text.strip())

    def offered(self, params: object) -> tuple[Option, ...]:
        """Those of the ``options`` that are available together with the other parameters ``params``."""
        return self.options

    def label_of(self, value: str) -> Text:
        """The label of the option with this ``value``."""
        return next(option.label for option in self.options if option.value == value)

    def spell(self, value: str) -> Text:
        return self.label_of(value)

    def describe(self) -> dict[str, object]:
        return {"choices": [option.value for option in self.options]}

    def allowed(self) -> Text:
        values = [option.value for option in self.options]
        return notation("{en}")(en=", ".join(values))


@dataclass(frozen=True, kw_only=True)
class Choices(Field):
    """A choice of several ``options``: a tuple of their values, each at most once and in their order; at least
    ``fewest`` of them.

    The command line takes a JSON list, or names separated by commas. A single name stands for a list of one.
    """

    kind: ClassVar[str] = "choices"

    options: tuple[Option, ...]
    fewest: int = 1

    @property
    def of_many(self) -> bool:
        return len(self.options) > 4

    def check(self, value: object) -> tuple[str, ...]:
        chosen = (value,) if isinstance(value, str) else value
        if not isinstance(chosen, (list, tuple)):
            raise Refused(
                Text("“{value}” is not a list of names from {allowed}.")(value=shortened(value), allowed=self.allowed())
            )
        known = [option.value for option in self.options]
        for one in chosen:
            if not isinstance(one, str) or one not in known:
                raise Refused(Text("“{value}” is not one of {allowed}.")(value=shortened(one), allowed=self.allowed()))
        found = tuple(one for one in known if one in chosen)
        if len(found) < self.fewest:
            raise Refused(
                Text("{count} chosen: at least {fewest} of {allowed}.")(
                    count=len(found), fewest=self.fewest, allowed=self.allowed()
                )
            )
        return found

    def offered(self, params: object) -> tuple[Option, ...]:
        """Those of the ``options`` that are available together with the other parameters ``params``."""
        return self.options

    def parse(self, text: str) -> tuple[str, ...]:
        text = text.strip()
        if text.startswith("["):
            return self.check(super().parse(text))
        return self.check(tuple(part.strip() for part in text.split(",")))

    def example(self) -> str:
        return f'["{self.options[0].value}"]'

    def label_of(self, value: str) -> Text:
        """The label of the option with this ``value``."""
        return next(option.label for option in self.options if option.value == value)

    def spell(self, value: tuple[str, ...]) -> Text:
        if not value:
            return Text("none", context="no option chosen")
        return enumerated([self.label_of(one) for one in value])

    def describe(self) -> dict[str, object]:
        return {"choices": [option.value for option in self.options], "fewest": self.fewest}

    def allowed(self) -> Text:
        return untranslated(", ".join(option.value for option in self.options))


_SPELLINGS = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}


@dataclass(frozen=True, kw_only=True)
class Switch(Field):
    """A parameter that is true or false; the command line also takes on/off, yes/no and 1/0."""

    kind: ClassVar[str] = "switch"

    def check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise Refused(_refusal(value))
        return value

    def parse(self, text: str) -> bool:
        try:
            return _SPELLINGS[text.strip().lower()]
        except KeyError:
            raise Refused(_refusal(text)) from None

    def spell(self, value: bool) -> Text:
        return Text("on") if value else Text("off")

    def describe(self) -> dict[str, object]:
        return {"choices": [False, True]}

    def allowed(self) -> Text:
        return untranslated("true, false")


def _refusal(value: object) -> Text:
    return Text("“{value}” is not one of true, false.")(value=shortened(value))
