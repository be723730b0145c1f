"""A field for a function that a person types, such as x0^2/20 + x1^2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from engine.contract.fields.base import Field
from engine.contract.text import Refused, Text, shortened, untranslated


class Understood(Protocol):
    """The result of parsing a typed function; ``text`` is its normalised form."""

    text: str


@dataclass(frozen=True, kw_only=True)
class TypedExpression(Field):
    """A mathematical function as normalised text; ``understand`` parses it or raises ``Refused``.

    If the refusal has a ``column``, the form control puts the cursor there.
    """

    kind: ClassVar[str] = "expression"

    variables: tuple[str, ...]
    understand: Callable[[str, tuple[str, ...]], Understood]

    def check(self, value: object) -> str:
        if not isinstance(value, str):
            raise Refused(
                Text("“{value}” is not a function such as {example}.")(value=shortened(value), example=self.example())
            )
        return self.understand(value, self.variables).text

    def parse(self, text: str) -> str:
        return self.check(text)

    def example(self) -> str:
        return " + ".join(f"{name}^2" for name in self.variables)

    def spell(self, value: str) -> Text:
        return untranslated(value)

    def describe(self) -> dict[str, object]:
        return {"variables": list(self.variables)}

    def allowed(self) -> Text:
        return Text(
            "{variables}, numbers, + − * / ^ ( ), sin cos tan exp log sqrt abs tanh sigmoid relu min max, pi, e"
        )(variables=" ".join(self.variables))
