"""Several of many named options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from engine.contract.fields.base import Field
from engine.contract.fields.choice import Option
from engine.contract.text.refusal import Refused, shortened
from engine.contract.text.text import Text, enumerated, untranslated


@dataclass(frozen=True, kw_only=True)
class Choices(Field):
    """A tuple of values of ``options``, each once and in their order; at least ``fewest`` of them.

    The command line takes a JSON list, or names with commas between them. A single name stands for a list of one.
    """

    kind: ClassVar[str] = "choices"

    options: tuple[Option, ...]
    fewest: int = 1

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
        """What there is to choose from beside the other parameters of a set: all of ``options``, or some of them."""
        return self.options

    def parse(self, text: str) -> tuple[str, ...]:
        text = text.strip()
        if text.startswith("["):
            return self.check(super().parse(text))
        return self.check(tuple(part.strip() for part in text.split(",")))

    def example(self) -> str:
        return f'["{self.options[0].value}"]'

    def label_of(self, value: str) -> Text:
        """The name for people of one option."""
        return next(option.label for option in self.options if option.value == value)

    def spell(self, value: tuple[str, ...]) -> Text:
        if not value:
            return Text("none", context="no option chosen")
        return enumerated([self.label_of(one) for one in value])

    def describe(self) -> dict[str, object]:
        return {"choices": [option.value for option in self.options], "fewest": self.fewest}

    def allowed(self) -> Text:
        return untranslated(", ".join(option.value for option in self.options))
